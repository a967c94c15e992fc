//! List origins.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::origin::Origin;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Lists all origins of the account. ImageKit calls this API a beta.
///
/// The answer holds no credential.
///
/// `GET /v1/accounts/origins` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/origins/list-origins)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::accounts::origins::ListOrigins;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = ListOrigins::new();
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/accounts/origins");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"[{"id": "origin_1", "name": "US S3 Storage", "type": "S3", "bucket": "product-images",
///          "prefix": "raw-assets", "includeCanonicalHeader": false}]"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?[0].name, "US S3 Storage");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "list_origins")]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListOrigins {}

impl ListOrigins {
    /// All origins.
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
        r#"[{"id": "origin_1", "name": "US S3 Storage", "type": "S3", "bucket": "product-images",
         "prefix": "raw-assets", "includeCanonicalHeader": false}]"#,
    );
}
