//! List named transformations.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::named_transformation::NamedTransformation;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Lists all named transformations of the account, in one response.
///
/// `GET /v1/named-transformations` · [documentation](https://imagekit.io/docs/transformations#named-transformations)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::named_transformations::ListNamedTransformations;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// for named in client.send(ListNamedTransformations::new())? {
///     println!("{}: {}", named.name, named.transformation);
/// }
/// assert_eq!(client.request_line(), "GET https://api.imagekit.io/v1/named-transformations");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "list_named_transformations")]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListNamedTransformations {}

impl ListNamedTransformations {
    /// Creates the request.
    pub fn new() -> Self {
        Self {}
    }
}

impl Endpoint for ListNamedTransformations {
    type Output = Vec<NamedTransformation>;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Vec<NamedTransformation>, DecodeError> {
        decode::json(response)
    }
}

impl Documented for ListNamedTransformations {
    const OPERATION: &'static Operation = &Operation::new(
        "list-named-transformations",
        Method::GET,
        "/v1/named-transformations",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/transformations#named-transformations",
    );

    const SAMPLE: Sample = Sample::new(
        "{}",
        r#"[{"id": "6bZ9x2ZUx", "name": "small_thumbnail", "transformation": "w-150,h-150",
            "enabled": true, "createdAt": "2026-08-15T10:30:00.000Z"}]"#,
    );
}
