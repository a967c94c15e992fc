//! Create a saved extension.

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

/// Saves an extension in the account, to run it by its id. An account has up to 100 of them.
///
/// `POST /v1/saved-extensions` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/create-extension)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// ```
/// use imagekit_proto::api::files::{AutoTagging, Extension};
/// use imagekit_proto::api::saved_extensions::CreateSavedExtension;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let create = CreateSavedExtension::new(
///     "Tag cars",
///     "Tags the cars in a photo",
///     Extension::GoogleAutoTagging(AutoTagging::new(80, 10)),
/// );
/// let saved = client.send(create)?;
/// assert_eq!(saved.id, "ext_abc123");
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/saved-extensions");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({
///         "name": "Tag cars",
///         "description": "Tags the cars in a photo",
///         "config": {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 10},
///     })
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "create_extension")]
#[doc(alias = "saved_extension")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateSavedExtension {
    /// The name.
    pub name: String,
    /// Description of what it does.
    pub description: String,
    /// The extension; any but another saved one.
    pub config: Extension,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl CreateSavedExtension {
    /// Creates a request that saves `config` as `name`.
    pub fn new(
        name: impl Into<String>,
        description: impl Into<String>,
        config: impl Into<Extension>,
    ) -> Self {
        Self {
            name: name.into(),
            description: description.into(),
            config: config.into(),
            extra: Extra::new(),
        }
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for CreateSavedExtension {
    type Output = SavedExtension;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check(cx, Some(&self.name), Some(&self.description), Some(&self.config))?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<SavedExtension, DecodeError> {
        decode::json(response)
    }
}

impl Documented for CreateSavedExtension {
    const OPERATION: &'static Operation = &Operation::new(
        "create-extension",
        Method::POST,
        "/v1/saved-extensions",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/create-extension",
    );

    const SAMPLE: Sample = Sample {
        request: r#"{"name": "Tag cars", "description": "Tags the cars in a photo",
           "config": {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 10}}"#,
        status: 201,
        response: r#"{"id": "ext_abc123", "name": "Tag cars", "description": "Tags the cars in a photo",
           "config": {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 10},
           "createdAt": "2026-01-15T10:30:00.000Z", "updatedAt": "2026-01-15T10:30:00.000Z"}"#,
    };
}
