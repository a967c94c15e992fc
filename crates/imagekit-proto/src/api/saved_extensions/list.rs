//! List saved extensions.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::saved_extension::SavedExtension;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Lists all saved extensions of the account.
///
/// `GET /v1/saved-extensions` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/list-extensions)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::saved_extensions::ListSavedExtensions;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// for saved in client.send(ListSavedExtensions::new())? {
///     println!("{}: {}", saved.id, saved.name);
/// }
/// assert_eq!(client.request_line(), "GET https://api.imagekit.io/v1/saved-extensions");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "list_extensions")]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListSavedExtensions {}

impl ListSavedExtensions {
    /// Creates the request.
    pub fn new() -> Self {
        Self {}
    }
}

impl Endpoint for ListSavedExtensions {
    type Output = Vec<SavedExtension>;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Vec<SavedExtension>, DecodeError> {
        decode::json(response)
    }
}

impl Documented for ListSavedExtensions {
    const OPERATION: &'static Operation = &Operation::new(
        "list-extensions",
        Method::GET,
        "/v1/saved-extensions",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/list-extensions",
    );

    const SAMPLE: Sample = Sample::new(
        "{}",
        r#"[{"id": "ext_abc123", "name": "Tag cars", "description": "Tags the cars in a photo",
            "config": {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 10},
            "createdAt": "2026-01-15T10:30:00.000Z", "updatedAt": "2026-01-15T10:30:00.000Z"}]"#,
    );
}
