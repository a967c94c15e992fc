//! Delete a saved extension.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Deletes a saved extension.
///
/// `DELETE /v1/saved-extensions/{id}` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/delete-extension)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::saved_extensions::DeleteSavedExtension;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// client.send(DeleteSavedExtension::new("ext_abc123"))?;
/// assert_eq!(
///     client.request_line(),
///     "DELETE https://api.imagekit.io/v1/saved-extensions/ext_abc123"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete_extension")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteSavedExtension {
    /// Id of the saved extension.
    pub id: String,
}

impl DeleteSavedExtension {
    /// Creates a request for the saved extension `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for DeleteSavedExtension {
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

impl Documented for DeleteSavedExtension {
    const OPERATION: &'static Operation = &Operation::new(
        "delete-extension",
        Method::DELETE,
        "/v1/saved-extensions/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/delete-extension",
    );

    const SAMPLE: Sample = Sample::no_content(r#"{"id": "ext_abc123"}"#);
}
