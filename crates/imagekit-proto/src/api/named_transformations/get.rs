//! Get a named transformation.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::named_transformation::NamedTransformation;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Returns a named transformation.
///
/// `GET /v1/named-transformations/{id}` · [documentation](https://imagekit.io/docs/transformations#named-transformations)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::named_transformations::GetNamedTransformation;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let named = client.send(GetNamedTransformation::new("6bZ9x2ZUx"))?;
/// assert_eq!(named.transformation, "w-150,h-150");
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/named-transformations/6bZ9x2ZUx"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_named_transformation")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetNamedTransformation {
    /// Id of the named transformation.
    pub id: String,
}

impl GetNamedTransformation {
    /// Creates a request for the named transformation `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for GetNamedTransformation {
    type Output = NamedTransformation;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("id", &self.id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<NamedTransformation, DecodeError> {
        decode::json(response)
    }
}

impl Documented for GetNamedTransformation {
    const OPERATION: &'static Operation = &Operation::new(
        "get-named-transformation",
        Method::GET,
        "/v1/named-transformations/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/transformations#named-transformations",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"id": "6bZ9x2ZUx"}"#,
        r#"{"id": "6bZ9x2ZUx", "name": "small_thumbnail", "transformation": "w-150,h-150",
           "enabled": true, "createdAt": "2026-08-15T10:30:00.000Z"}"#,
    );
}
