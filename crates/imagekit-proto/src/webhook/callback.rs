//! Requests that ImageKit posts to the `webhookUrl` of an upload or an update.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::EventError;
use super::event::read;
use crate::api::files::AiTag;
use crate::secret::{HiddenValues, Secret};
use crate::types::{Extra, nullable, open_enum};

/// The result of an extension (background removal, tagging).
///
/// Not an event: ImageKit posts it to the `webhookUrl` given with the upload or the update, and
/// it has neither `type` nor `id`. ImageKit expects 200 within 30 seconds and retries for up to
/// 24 hours (the public docs, "extensions").
///
/// `Debug` prints neither the undocumented `error` nor the values of fields that this crate does
/// not know: they may repeat the `webhookUrl` or signed URLs.
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
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ExtensionCallback {
    /// The extension, such as `remove-bg` or `google-auto-tagging`.
    pub service: String,
    /// Whether it succeeded.
    pub status: CallbackStatus,
    /// The file with the extension's changes, after a success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_object: Option<CallbackFile>,
    /// The file's id, after a failure; [`ExtensionCallback::file_id`] returns it in both cases.
    #[serde(rename = "fileId", skip_serializing_if = "Option::is_none")]
    pub failed_file_id: Option<String>,
    /// Why it failed; the shape is not documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Value>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A file in a callback: its id, its tags, and the fields that the extension sends.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallbackFile {
    /// The file's id.
    pub file_id: String,
    /// Tags set by extensions.
    #[serde(rename = "AITags", default, deserialize_with = "nullable")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ai_tags: Vec<AiTag>,
    /// The other fields under the API's own names; which ones depends on the extension.
    /// `GetFileDetails` returns the whole file.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// The outcome of an extension.
    pub enum CallbackStatus {
        /// The extension succeeded.
        Success = "SUCCESS",
        /// The extension failed.
        Failure = "FAILURE",
    }
}

impl fmt::Debug for ExtensionCallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtensionCallback")
            .field("service", &self.service)
            .field("status", &self.status)
            .field("file_object", &self.file_object)
            .field("failed_file_id", &self.failed_file_id)
            .field("error", &self.error.as_ref().map(|_| Secret::default()))
            .field("extra", &HiddenValues(&self.extra))
            .finish()
    }
}

impl fmt::Debug for CallbackFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackFile")
            .field("file_id", &self.file_id)
            .field("ai_tags", &self.ai_tags)
            .field("extra", &HiddenValues(&self.extra))
            .finish()
    }
}

impl ExtensionCallback {
    /// Parses a callback **without verifying who sent it**: anybody can post to a `webhookUrl`.
    ///
    /// Put an unguessable part into the `webhookUrl`, or request the file's details from
    /// ImageKit before you act on it. For callbacks with a webhook signature, call
    /// `VerifiedWebhook::callback` instead.
    ///
    /// # Errors
    ///
    /// The body has another shape: see [`EventError`].
    pub fn parse_unverified(body: &[u8]) -> Result<Self, EventError> {
        let text = std::str::from_utf8(body).map_err(|_| EventError::NotUtf8)?;
        read("extension callback", text).map(|callback| *callback)
    }

    /// Returns the file's id, after a success and after a failure.
    pub fn file_id(&self) -> Option<&str> {
        match &self.file_object {
            Some(file) => Some(&file.file_id),
            None => self.failed_file_id.as_deref(),
        }
    }
}
