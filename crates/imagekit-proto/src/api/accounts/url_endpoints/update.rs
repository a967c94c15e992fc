//! Update a URL endpoint.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::settings::UrlEndpointSettings;
use super::url_endpoint::UrlEndpoint;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Replaces the settings of a URL endpoint. This API is in beta.
///
/// `PUT /v1/accounts/url-endpoints/{id}` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/update-url-endpoint)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// A setting that is not given gets its default. To keep the others, get the endpoint first.
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::{
///     UpdateUrlEndpoint, UrlEndpointSettings, UrlRewriter,
/// };
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let settings = UrlEndpointSettings::new("Product images")
///     .url_prefix("product-images")
///     .origins(["origin-id-1", "origin-id-2"])
///     .url_rewriter(UrlRewriter::imgix());
/// let endpoint = client.send(UpdateUrlEndpoint::new("url-endpoint-id-2", settings))?;
/// assert_eq!(endpoint.origins, ["origin-id-1", "origin-id-2"]);
/// assert_eq!(
///     client.request_line(),
///     "PUT https://api.imagekit.io/v1/accounts/url-endpoints/url-endpoint-id-2"
/// );
/// assert_eq!(
///     client.json(),
///     serde_json::json!({
///         "description": "Product images",
///         "urlPrefix": "product-images",
///         "origins": ["origin-id-1", "origin-id-2"],
///         "urlRewriter": {"type": "IMGIX"},
///     })
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "update_url_endpoint")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateUrlEndpoint {
    /// Id of the URL endpoint.
    pub id: String,
    /// The new settings.
    #[serde(flatten)]
    pub settings: UrlEndpointSettings,
}

impl UpdateUrlEndpoint {
    /// Replaces the settings of the URL endpoint `id`.
    pub fn new(id: impl Into<String>, settings: UrlEndpointSettings) -> Self {
        Self { id: id.into(), settings }
    }
}

impl Endpoint for UpdateUrlEndpoint {
    type Output = UrlEndpoint;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        self.settings.check(cx)?;
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
        r#"{"id": "url-endpoint-id-2", "description": "Product images", "urlPrefix": "product-images",
           "origins": ["origin-id-1", "origin-id-2"], "urlRewriter": {"type": "IMGIX"}}"#,
        r#"{"id": "url-endpoint-id-2", "description": "Product images", "urlPrefix": "product-images",
           "origins": ["origin-id-1", "origin-id-2"], "urlRewriter": {"type": "IMGIX"}}"#,
    );
}
