//! Get a saved extension.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::saved_extension::SavedExtension;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Returns a saved extension.
///
/// `GET /v1/saved-extensions/{id}` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/get-extension)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::saved_extensions::GetSavedExtension;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let saved = client.send(GetSavedExtension::new("ext_abc123"))?;
/// assert_eq!(saved.name, "Tag cars");
/// assert_eq!(client.request_line(), "GET https://api.imagekit.io/v1/saved-extensions/ext_abc123");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_extension")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetSavedExtension {
    /// Id of the saved extension.
    pub id: String,
}

impl GetSavedExtension {
    /// Creates a request for the saved extension `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for GetSavedExtension {
    type Output = SavedExtension;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("id", &self.id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<SavedExtension, DecodeError> {
        decode::json(response)
    }
}

impl Documented for GetSavedExtension {
    const OPERATION: &'static Operation = &Operation::new(
        "get-extension",
        Method::GET,
        "/v1/saved-extensions/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/get-extension",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"id": "ext_abc123"}"#,
        r#"{"id": "ext_abc123", "name": "Tag cars", "description": "Tags the cars in a photo",
           "config": {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 10},
           "createdAt": "2026-01-15T10:30:00.000Z", "updatedAt": "2026-01-15T10:30:00.000Z"}"#,
    );
}
