//! What ImageKit posts to the `webhookUrl` of an upload or an update.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::EventError;
use super::event::read;
use crate::api::files::AiTag;
use crate::types::{Extra, nullable, open_enum};

/// An extension (background removal, tagging) has ended.
///
/// This is no event: it goes to the `webhookUrl` given with the upload or the update, and has
/// neither `type` nor `id`. ImageKit wants 200 within 30 seconds and tries again for up to 24
/// hours (the public docs, "extensions").
///
/// ```
/// use imagekit_proto::webhook::{CallbackStatus, ExtensionCallback};
///
/// let body = br#"{"service":"remove-bg","status":"FAILURE","fileId":"5effaa56","error":{}}"#;
/// let callback = ExtensionCallback::parse_unverified(body)?;
/// assert_eq!(callback.status, CallbackStatus::Failure);
/// assert_eq!(callback.file_id(), Some("5effaa56"));
/// # Ok::<(), imagekit_proto::webhook::EventError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ExtensionCallback {
    /// The extension, such as `remove-bg` or `google-auto-tagging`.
    pub service: String,
    /// Outcome.
    pub status: CallbackStatus,
    /// The file as the extension left it, after a success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_object: Option<CallbackFile>,
    /// The file's id, after a failure; [`ExtensionCallback::file_id`] finds it in both cases.
    #[serde(rename = "fileId", skip_serializing_if = "Option::is_none")]
    pub failed_file_id: Option<String>,
    /// The error; its shape is not documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Value>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A file in a callback: its id, and the rest of it that the extension saw fit to send.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallbackFile {
    /// The file's id.
    pub file_id: String,
    /// Tags set by extensions.
    #[serde(rename = "AITags", default, deserialize_with = "nullable")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ai_tags: Vec<AiTag>,
    /// The rest under the API's own names; how much of a file is there depends on the
    /// extension. `GetFileDetails` gives the whole file.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// Outcome of an extension.
    pub enum CallbackStatus {
        /// The extension succeeded.
        Success = "SUCCESS",
        /// The extension failed.
        Failure = "FAILURE",
    }
}

impl ExtensionCallback {
    /// Parses a callback **without verifying its signature**: anybody can post to a `webhookUrl`.
    ///
    /// Put an unguessable part into the `webhookUrl`, or ask ImageKit for the file's details,
    /// before acting on it. Where callbacks come with a webhook's signature,
    /// [`Verified::callback`](super::Verified::callback) reads them.
    ///
    /// # Errors
    ///
    /// When the body has another shape: see [`EventError`].
    pub fn parse_unverified(body: &[u8]) -> Result<Self, EventError> {
        let text = std::str::from_utf8(body).map_err(|_| EventError::NotUtf8)?;
        read("extension callback", text).map(|callback| *callback)
    }

    /// The file's id, however the extension ended.
    pub fn file_id(&self) -> Option<&str> {
        match &self.file_object {
            Some(file) => Some(&file.file_id),
            None => self.failed_file_id.as_deref(),
        }
    }
}
