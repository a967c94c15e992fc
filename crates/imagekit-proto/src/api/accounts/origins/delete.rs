//! Delete an origin.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Deletes an origin. This API is in beta.
///
/// `DELETE /v1/accounts/origins/{id}` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/origins/delete-origin)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ImageKit rejects the request while a URL endpoint uses the origin.
///
/// ```
/// use imagekit_proto::api::accounts::origins::DeleteOrigin;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// client.send(DeleteOrigin::new("origin-id-1"))?;
/// assert_eq!(
///     client.request_line(),
///     "DELETE https://api.imagekit.io/v1/accounts/origins/origin-id-1"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete_origin")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteOrigin {
    /// Id of the origin.
    pub id: String,
}

impl DeleteOrigin {
    /// Creates a request for the origin `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for DeleteOrigin {
    type Output = ();

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("id", &self.id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<(), DecodeError> {
        decode::empty(response)
    }
}

impl Documented for DeleteOrigin {
    const OPERATION: &'static Operation = &Operation::new(
        "delete-origin",
        Method::DELETE,
        "/v1/accounts/origins/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/account-management-api/origins/delete-origin",
    );

    const SAMPLE: Sample = Sample::no_content(r#"{"id": "origin-id-1"}"#);
}
