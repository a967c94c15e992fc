//! List URL endpoints.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::url_endpoint::UrlEndpoint;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Lists all URL endpoints of the account, the default one included. This API is in beta.
///
/// `GET /v1/accounts/url-endpoints` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/list-url-endpoints)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::ListUrlEndpoints;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// for endpoint in client.send(ListUrlEndpoints::new())? {
///     println!("{:?}: {:?}", endpoint.url_prefix, endpoint.origins);
/// }
/// assert_eq!(client.request_line(), "GET https://api.imagekit.io/v1/accounts/url-endpoints");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "list_url_endpoints")]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListUrlEndpoints {}

impl ListUrlEndpoints {
    /// Creates the request.
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
        r#"[{"id": "default", "description": "Default endpoint", "urlPrefix": "", "origins": []},
           {"id": "url-endpoint-id-2", "description": "Product images", "urlPrefix": "product-images",
            "origins": ["origin-id-1", "origin-id-2"], "urlRewriter": {"type": "IMGIX"}}]"#,
    );
}
