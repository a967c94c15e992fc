//! Get an origin.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::origin::Origin;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Gets an origin. ImageKit calls this API a beta.
///
/// The answer holds no credential.
///
/// `GET /v1/accounts/origins/{id}` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/origins/get-origin)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::accounts::origins::GetOrigin;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetOrigin::new("origin_1");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/accounts/origins/origin_1");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"id": "origin_1", "name": "US S3 Storage", "type": "S3", "bucket": "product-images",
///         "prefix": "raw-assets", "includeCanonicalHeader": false}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.name, "US S3 Storage");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_origin")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetOrigin {
    /// The origin.
    pub id: String,
}

impl GetOrigin {
    /// The origin `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for GetOrigin {
    type Output = Origin;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("id", &self.id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Origin, DecodeError> {
        decode::json(response)
    }
}

impl Documented for GetOrigin {
    const OPERATION: &'static Operation = &Operation::new(
        "get-origin",
        Method::GET,
        "/v1/accounts/origins/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/account-management-api/origins/get-origin",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"id":"a"}"#,
        r#"{"id": "origin_1", "name": "US S3 Storage", "type": "S3", "bucket": "product-images",
        "prefix": "raw-assets", "includeCanonicalHeader": false}"#,
    );
}
