//! Get a URL endpoint.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::url_endpoint::UrlEndpoint;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Gets a URL endpoint. ImageKit calls this API a beta.
///
/// The id of the default one, which ImageKit made with the account, is `default`.
///
/// `GET /v1/accounts/url-endpoints/{id}` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/get-url-endpoint)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::GetUrlEndpoint;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetUrlEndpoint::new("endpoint_1");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/accounts/url-endpoints/endpoint_1");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"id": "endpoint_1", "description": "Product images", "urlPrefix": "product-images",
///         "origins": ["origin_1"]}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.url_prefix.as_deref(), Some("product-images"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_url_endpoint")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetUrlEndpoint {
    /// The URL endpoint.
    pub id: String,
}

impl GetUrlEndpoint {
    /// The URL endpoint `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for GetUrlEndpoint {
    type Output = UrlEndpoint;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("id", &self.id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<UrlEndpoint, DecodeError> {
        decode::json(response)
    }
}

impl Documented for GetUrlEndpoint {
    const OPERATION: &'static Operation = &Operation::new(
        "get-url-endpoint",
        Method::GET,
        "/v1/accounts/url-endpoints/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/get-url-endpoint",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"id":"a"}"#,
        r#"{"id": "endpoint_1", "description": "Product images", "urlPrefix": "product-images",
        "origins": ["origin_1"]}"#,
    );
}
