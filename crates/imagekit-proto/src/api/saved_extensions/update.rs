//! Update a saved extension.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::files::Extension;
use super::check;
use super::saved_extension::SavedExtension;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::types::Extra;
use crate::wire::Body;

/// Updates a saved extension. A field that is not set keeps its value.
///
/// `PATCH /v1/saved-extensions/{id}` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/update-extension)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::saved_extensions::UpdateSavedExtension;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let saved = client.send(UpdateSavedExtension::new("ext_abc123").name("Tag vehicles"))?;
/// assert_eq!(saved.name, "Tag vehicles");
/// assert_eq!(client.request_line(), "PATCH https://api.imagekit.io/v1/saved-extensions/ext_abc123");
/// assert_eq!(client.json(), serde_json::json!({"name": "Tag vehicles"}));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "update_extension")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateSavedExtension {
    /// Id of the saved extension.
    pub id: String,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Description of what it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The extension; any but another saved one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<Extension>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl UpdateSavedExtension {
    /// Creates an empty update of the saved extension `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), name: None, description: None, config: None, extra: Extra::new() }
    }

    /// Sets the name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the extension.
    pub fn config(mut self, config: impl Into<Extension>) -> Self {
        self.config = Some(config.into());
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for UpdateSavedExtension {
    type Output = SavedExtension;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check(cx, self.name.as_deref(), self.description.as_deref(), self.config.as_ref())?;
        cx.request(Self::OPERATION).param("id", &self.id)?.json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<SavedExtension, DecodeError> {
        decode::json(response)
    }
}

impl Documented for UpdateSavedExtension {
    const OPERATION: &'static Operation = &Operation::new(
        "update-extension",
        Method::PATCH,
        "/v1/saved-extensions/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/update-extension",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"id": "ext_abc123", "name": "Tag vehicles"}"#,
        r#"{"id": "ext_abc123", "name": "Tag vehicles", "description": "Tags the cars in a photo",
           "config": {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 10},
           "createdAt": "2026-01-15T10:30:00.000Z", "updatedAt": "2026-01-15T10:30:00.000Z"}"#,
    );
}
