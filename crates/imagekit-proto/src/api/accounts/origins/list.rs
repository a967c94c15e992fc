//! List origins.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::origin::Origin;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Lists all origins of the account, without their credentials. This API is in beta.
///
/// `GET /v1/accounts/origins` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/origins/list-origins)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::accounts::origins::ListOrigins;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// for origin in client.send(ListOrigins::new())? {
///     println!("{}: {}", origin.id, origin.name);
/// }
/// assert_eq!(client.request_line(), "GET https://api.imagekit.io/v1/accounts/origins");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "list_origins")]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListOrigins {}

impl ListOrigins {
    /// Creates the request.
    pub fn new() -> Self {
        Self {}
    }
}

impl Endpoint for ListOrigins {
    type Output = Vec<Origin>;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Vec<Origin>, DecodeError> {
        decode::json(response)
    }
}

impl Documented for ListOrigins {
    const OPERATION: &'static Operation = &Operation::new(
        "list-origins",
        Method::GET,
        "/v1/accounts/origins",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/account-management-api/origins/list-origins",
    );

    const SAMPLE: Sample = Sample::new(
        "{}",
        r#"[{"id": "origin-id-1", "name": "US S3 Storage", "type": "S3", "bucket": "product-images",
            "prefix": "raw-assets", "useIAMRole": false, "includeCanonicalHeader": false}]"#,
    );
}
