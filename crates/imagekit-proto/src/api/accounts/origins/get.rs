//! Get an origin.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::origin::Origin;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Returns an origin, without its credentials. This API is in beta.
///
/// `GET /v1/accounts/origins/{id}` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/origins/get-origin)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::accounts::origins::GetOrigin;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let origin = client.send(GetOrigin::new("origin-id-1"))?;
/// assert_eq!(origin.name, "US S3 Storage");
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/accounts/origins/origin-id-1"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_origin")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetOrigin {
    /// Id of the origin.
    pub id: String,
}

impl GetOrigin {
    /// Creates a request for the origin `id`.
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
        r#"{"id": "origin-id-1"}"#,
        r#"{"id": "origin-id-1", "name": "US S3 Storage", "type": "S3", "bucket": "product-images",
           "prefix": "raw-assets", "useIAMRole": false, "includeCanonicalHeader": false}"#,
    );
}
