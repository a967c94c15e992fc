//! Update a URL endpoint.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::check_origins;
use super::rewriter::UrlRewriter;
use super::url_endpoint::UrlEndpoint;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::types::Extra;
use crate::wire::Body;

/// Replaces the settings of a URL endpoint. ImageKit calls this API a beta.
///
/// What is not set takes its default: read the endpoint first to keep what it has.
///
/// `PUT /v1/accounts/url-endpoints/{id}` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/update-url-endpoint)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::{UpdateUrlEndpoint, UrlRewriter};
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = UpdateUrlEndpoint::new("endpoint_1", "Product images")
///     .url_prefix("product-images")
///     .origins(["origin_1", "origin_2"])
///     .url_rewriter(UrlRewriter::imgix());
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "PUT");
/// assert_eq!(request.uri().path(), "/v1/accounts/url-endpoints/endpoint_1");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(
///     body,
///     serde_json::json!({
///         "description": "Product images",
///         "urlPrefix": "product-images",
///         "origins": ["origin_1", "origin_2"],
///         "urlRewriter": {"type": "IMGIX"},
///     })
/// );
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"id": "endpoint_1", "description": "Product images", "urlPrefix": "product-images",
///         "origins": ["origin_1", "origin_2"], "urlRewriter": {"type": "IMGIX"}}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.origins, ["origin_1", "origin_2"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "update_url_endpoint")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateUrlEndpoint {
    /// The URL endpoint.
    pub id: String,
    /// What it is for; 1 to 1,000 characters.
    pub description: String,
    /// Its place behind the account's base URL: letters, digits and hyphens, 100 at most. Empty
    /// for the default endpoint alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url_prefix: Option<String>,
    /// The origins to look into when a file is not in the media library, in this order; 10 at
    /// most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origins: Option<Vec<String>>,
    /// The service whose URLs it understands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url_rewriter: Option<UrlRewriter>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl UpdateUrlEndpoint {
    /// Gives the URL endpoint `id` this description, and defaults otherwise.
    pub fn new(id: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            description: description.into(),
            url_prefix: None,
            origins: None,
            url_rewriter: None,
            extra: Extra::new(),
        }
    }

    /// Sets its place behind the account's base URL.
    pub fn url_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.url_prefix = Some(prefix.into());
        self
    }

    /// Sets the origins, by their ids, in the order in which they are looked into.
    pub fn origins<T: Into<String>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        self.origins = Some(ids.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the service whose URLs it understands.
    pub fn url_rewriter(mut self, rewriter: impl Into<UrlRewriter>) -> Self {
        self.url_rewriter = Some(rewriter.into());
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for UpdateUrlEndpoint {
    type Output = UrlEndpoint;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check_origins(cx, self.origins.as_deref())?;
        cx.request(Self::OPERATION).param("id", &self.id)?.json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<UrlEndpoint, DecodeError> {
        decode::json(response)
    }
}

impl Documented for UpdateUrlEndpoint {
    const OPERATION: &'static Operation = &Operation::new(
        "update-url-endpoint",
        Method::PUT,
        "/v1/accounts/url-endpoints/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/update-url-endpoint",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"id":"a","description":"b"}"#,
        r#"{"id": "endpoint_1", "description": "Product images", "urlPrefix": "product-images",
        "origins": ["origin_1", "origin_2"], "urlRewriter": {"type": "IMGIX"}}"#,
    );
}
