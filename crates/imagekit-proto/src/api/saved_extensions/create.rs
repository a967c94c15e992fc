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

/// Saves an extension in the account, to be run by its id. An account has 100 at most.
///
/// `POST /v1/saved-extensions` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/create-extension)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// ```
/// use imagekit_proto::api::files::{AutoTagging, Extension};
/// use imagekit_proto::api::saved_extensions::CreateSavedExtension;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = CreateSavedExtension::new(
///     "Tag cars",
///     "Tags what the photo shows",
///     Extension::GoogleAutoTagging(AutoTagging::new(80, 10)),
/// );
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri().path(), "/v1/saved-extensions");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(
///     body,
///     serde_json::json!({
///         "name": "Tag cars",
///         "description": "Tags what the photo shows",
///         "config": {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 10},
///     })
/// );
///
/// let response = http::Response::builder().status(201).body(bytes::Bytes::from(
///     r#"{"id": "ext_abc123", "name": "Tag cars", "description": "Tags what the photo shows",
///         "config": {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 10}}"#,
/// ))?;
/// assert_eq!(endpoint.parse(&response)?.id, "ext_abc123");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "create_extension")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateSavedExtension {
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// The extension; any but another saved one.
    pub config: Extension,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl CreateSavedExtension {
    /// Saves `config` under `name`.
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
        request: r#"{"name":"a","description":"b","config":{"name":"remove-bg"}}"#,
        status: 201,
        response: r#"{"id": "ext_abc123", "name": "Tag cars", "description": "Tags what the photo shows",
        "config": {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 10}}"#,
    };
}
