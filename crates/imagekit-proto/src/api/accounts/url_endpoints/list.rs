//! List URL endpoints.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::url_endpoint::UrlEndpoint;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Lists all URL endpoints of the account. ImageKit calls this API a beta.
///
/// The default one, which ImageKit made with the account, is among them.
///
/// `GET /v1/accounts/url-endpoints` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/list-url-endpoints)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::ListUrlEndpoints;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = ListUrlEndpoints::new();
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/accounts/url-endpoints");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"[{"id": "endpoint_1", "description": "Product images", "urlPrefix": "product-images",
///          "origins": ["origin_1"]}]"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?[0].url_prefix.as_deref(), Some("product-images"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "list_url_endpoints")]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListUrlEndpoints {}

impl ListUrlEndpoints {
    /// All URL endpoints.
    pub fn new() -> Self {
        Self {}
    }
}

impl Endpoint for ListUrlEndpoints {
    type Output = Vec<UrlEndpoint>;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Vec<UrlEndpoint>, DecodeError> {
        decode::json(response)
    }
}

impl Documented for ListUrlEndpoints {
    const OPERATION: &'static Operation = &Operation::new(
        "list-url-endpoints",
        Method::GET,
        "/v1/accounts/url-endpoints",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/list-url-endpoints",
    );

    const SAMPLE: Sample = Sample::new(
        "{}",
        r#"[{"id": "endpoint_1", "description": "Product images", "urlPrefix": "product-images",
         "origins": ["origin_1"]}]"#,
    );
}
