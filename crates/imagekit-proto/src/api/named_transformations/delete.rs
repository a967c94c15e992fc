//! Delete a named transformation.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Deletes a named transformation.
///
/// `DELETE /v1/named-transformations/{id}` · [documentation](https://imagekit.io/docs/transformations#named-transformations)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ImageKit rejects the request (409) while the pre- or post-transformation of an upload uses it.
///
/// ```
/// use imagekit_proto::api::named_transformations::DeleteNamedTransformation;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// client.send(DeleteNamedTransformation::new("6bZ9x2ZUx"))?;
/// assert_eq!(
///     client.request_line(),
///     "DELETE https://api.imagekit.io/v1/named-transformations/6bZ9x2ZUx"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete_named_transformation")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteNamedTransformation {
    /// Id of the named transformation.
    pub id: String,
}

impl DeleteNamedTransformation {
    /// Creates a request for the named transformation `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for DeleteNamedTransformation {
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

impl Documented for DeleteNamedTransformation {
    const OPERATION: &'static Operation = &Operation::new(
        "delete-named-transformation",
        Method::DELETE,
        "/v1/named-transformations/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/transformations#named-transformations",
    );

    const SAMPLE: Sample = Sample::no_content(r#"{"id": "6bZ9x2ZUx"}"#);
}
