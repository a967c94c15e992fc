//! Get a URL endpoint.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::url_endpoint::UrlEndpoint;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Returns a URL endpoint. This API is in beta.
///
/// `GET /v1/accounts/url-endpoints/{id}` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/get-url-endpoint)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// The id of the account's default endpoint is `default`.
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::GetUrlEndpoint;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let endpoint = client.send(GetUrlEndpoint::new("url-endpoint-id-2"))?;
/// assert_eq!(endpoint.url_prefix.as_deref(), Some("product-images"));
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/accounts/url-endpoints/url-endpoint-id-2"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_url_endpoint")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetUrlEndpoint {
    /// Id of the URL endpoint.
    pub id: String,
}

impl GetUrlEndpoint {
    /// Creates a request for the URL endpoint `id`.
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
        r#"{"id": "url-endpoint-id-2"}"#,
        r#"{"id": "url-endpoint-id-2", "description": "Product images", "urlPrefix": "product-images",
           "origins": ["origin-id-1", "origin-id-2"], "urlRewriter": {"type": "IMGIX"}}"#,
    );
}
