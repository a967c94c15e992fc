//! Any event, by its `type`.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    EventError, FileCreated, FileDeleted, FileUpdated, FileVersionCreated, FileVersionDeleted,
    UploadPostTransformError, UploadPostTransformSuccess, UploadPreTransformError,
    UploadPreTransformSuccess, VideoTransformationAccepted, VideoTransformationError,
    VideoTransformationReady,
};
use crate::secret::{HiddenValues, Secret};
use crate::types::open_enum;

open_enum! {
    /// The `type` of an event (the OpenAPI file); ImageKit may add more.
    pub enum EventType {
        /// A video transformation was queued.
        VideoTransformationAccepted = "video.transformation.accepted",
        /// A transformed video is available.
        VideoTransformationReady = "video.transformation.ready",
        /// A video transformation failed.
        VideoTransformationError = "video.transformation.error",
        /// A file was transformed and is in the media library.
        UploadPreTransformSuccess = "upload.pre-transform.success",
        /// The transformation before an upload failed.
        UploadPreTransformError = "upload.pre-transform.error",
        /// A transformation after an upload is available.
        UploadPostTransformSuccess = "upload.post-transform.success",
        /// The transformation after an upload failed; the file itself exists.
        UploadPostTransformError = "upload.post-transform.error",
        /// A file was created.
        FileCreated = "file.created",
        /// A file was changed.
        FileUpdated = "file.updated",
        /// A file was deleted.
        FileDeleted = "file.deleted",
        /// A version of a file was created.
        FileVersionCreated = "file-version.created",
        /// A version of a file was deleted.
        FileVersionDeleted = "file-version.deleted",
    }
}

/// A webhook event, from `VerifiedWebhook::event`.
///
/// Serialising it gives the received JSON back, with the keys that this version does not know
/// (null and absent are the same).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Event {
    /// `video.transformation.accepted`
    VideoTransformationAccepted(Box<VideoTransformationAccepted>),
    /// `video.transformation.ready`
    VideoTransformationReady(Box<VideoTransformationReady>),
    /// `video.transformation.error`
    VideoTransformationError(Box<VideoTransformationError>),
    /// `upload.pre-transform.success`
    UploadPreTransformSuccess(Box<UploadPreTransformSuccess>),
    /// `upload.pre-transform.error`
    UploadPreTransformError(Box<UploadPreTransformError>),
    /// `upload.post-transform.success`
    UploadPostTransformSuccess(Box<UploadPostTransformSuccess>),
    /// `upload.post-transform.error`
    UploadPostTransformError(Box<UploadPostTransformError>),
    /// `file.created`
    FileCreated(Box<FileCreated>),
    /// `file.updated`
    FileUpdated(Box<FileUpdated>),
    /// `file.deleted`
    FileDeleted(Box<FileDeleted>),
    /// `file-version.created`
    FileVersionCreated(Box<FileVersionCreated>),
    /// `file-version.deleted`
    FileVersionDeleted(Box<FileVersionDeleted>),
    /// A type that this version of the crate does not know.
    Unknown(UnknownEvent),
}

/// An event of a type that this version of the crate does not know.
///
/// `Debug` prints the keys of the event without their values.
#[derive(Clone, PartialEq, Serialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// Event type.
    #[serde(skip)]
    pub event_type: EventType,
    /// The whole event as JSON.
    pub value: Value,
}

impl fmt::Debug for UnknownEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printed = f.debug_struct("UnknownEvent");
        printed.field("event_type", &self.event_type);
        match &self.value {
            Value::Object(fields) => printed.field("value", &HiddenValues(fields)),
            _ => printed.field("value", &Secret::default()),
        };
        printed.finish()
    }
}

impl Event {
    /// Parses an event **without verifying who sent it**: anybody can post to a webhook's URL.
    ///
    /// For events that were verified before, such as those stored in a queue. For requests from
    /// the network use `WebhookVerifier::verify`.
    ///
    /// ```
    /// use imagekit_proto::webhook::Event;
    ///
    /// let event = Event::parse_unverified(br#"{"type":"file.archived","id":"evt_1"}"#)?;
    /// assert_eq!(event.event_type(), "file.archived");
    /// assert!(matches!(event, Event::Unknown(_)));
    /// # Ok::<(), imagekit_proto::webhook::EventError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The body is not an event, or not as documented: see [`EventError`].
    #[doc(alias = "unsafeUnwrap")]
    pub fn parse_unverified(body: &[u8]) -> Result<Self, EventError> {
        // Checked once: parsing JSON from text is faster than from bytes.
        let text = std::str::from_utf8(body).map_err(|_| EventError::NotUtf8)?;
        let event_type = type_of(text)?;
        Ok(match event_type {
            EventType::VideoTransformationAccepted => {
                Self::VideoTransformationAccepted(read("video.transformation.accepted", text)?)
            }
            EventType::VideoTransformationReady => {
                Self::VideoTransformationReady(read("video.transformation.ready", text)?)
            }
            EventType::VideoTransformationError => {
                Self::VideoTransformationError(read("video.transformation.error", text)?)
            }
            EventType::UploadPreTransformSuccess => {
                Self::UploadPreTransformSuccess(read("upload.pre-transform.success", text)?)
            }
            EventType::UploadPreTransformError => {
                Self::UploadPreTransformError(read("upload.pre-transform.error", text)?)
            }
            EventType::UploadPostTransformSuccess => {
                Self::UploadPostTransformSuccess(read("upload.post-transform.success", text)?)
            }
            EventType::UploadPostTransformError => {
                Self::UploadPostTransformError(read("upload.post-transform.error", text)?)
            }
            EventType::FileCreated => Self::FileCreated(read("file.created", text)?),
            EventType::FileUpdated => Self::FileUpdated(read("file.updated", text)?),
            EventType::FileDeleted => Self::FileDeleted(read("file.deleted", text)?),
            EventType::FileVersionCreated => {
                Self::FileVersionCreated(read("file-version.created", text)?)
            }
            EventType::FileVersionDeleted => {
                Self::FileVersionDeleted(read("file-version.deleted", text)?)
            }
            EventType::_Unrecognised(_) => {
                let value = *read("event", text)?;
                Self::Unknown(UnknownEvent { event_type, value })
            }
        })
    }

    /// Returns the event's `type`, as ImageKit spells it.
    pub fn event_type(&self) -> &str {
        match self {
            Self::VideoTransformationAccepted(event) => event.event_type.as_str(),
            Self::VideoTransformationReady(event) => event.event_type.as_str(),
            Self::VideoTransformationError(event) => event.event_type.as_str(),
            Self::UploadPreTransformSuccess(event) => event.event_type.as_str(),
            Self::UploadPreTransformError(event) => event.event_type.as_str(),
            Self::UploadPostTransformSuccess(event) => event.event_type.as_str(),
            Self::UploadPostTransformError(event) => event.event_type.as_str(),
            Self::FileCreated(event) => event.event_type.as_str(),
            Self::FileUpdated(event) => event.event_type.as_str(),
            Self::FileDeleted(event) => event.event_type.as_str(),
            Self::FileVersionCreated(event) => event.event_type.as_str(),
            Self::FileVersionDeleted(event) => event.event_type.as_str(),
            Self::Unknown(event) => event.event_type.as_str(),
        }
    }

    /// Returns the event's own id, the same in every delivery of it. Only an unknown event may
    /// lack it.
    pub fn id(&self) -> Option<&str> {
        Some(match self {
            Self::VideoTransformationAccepted(event) => &event.id,
            Self::VideoTransformationReady(event) => &event.id,
            Self::VideoTransformationError(event) => &event.id,
            Self::UploadPreTransformSuccess(event) => &event.id,
            Self::UploadPreTransformError(event) => &event.id,
            Self::UploadPostTransformSuccess(event) => &event.id,
            Self::UploadPostTransformError(event) => &event.id,
            Self::FileCreated(event) => &event.id,
            Self::FileUpdated(event) => &event.id,
            Self::FileDeleted(event) => &event.id,
            Self::FileVersionCreated(event) => &event.id,
            Self::FileVersionDeleted(event) => &event.id,
            Self::Unknown(event) => event.value.get("id")?.as_str()?,
        })
    }
}

/// Parses the `type` alone: it may be anywhere in the object.
fn type_of(text: &str) -> Result<EventType, EventError> {
    #[derive(Deserialize)]
    struct Typed<'a> {
        #[serde(rename = "type", borrow)]
        event_type: Cow<'a, str>,
    }

    match serde_json::from_str::<Typed<'_>>(text) {
        Ok(typed) => Ok(EventType::from(&*typed.event_type)),
        // The parser stops at the first wrong shape: the rest may not be JSON at all.
        Err(_) => match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) => Err(EventError::NoType),
            Err(error) => Err(EventError::new("event", &error)),
        },
    }
}

pub(super) fn read<T: DeserializeOwned>(
    what: &'static str,
    text: &str,
) -> Result<Box<T>, EventError> {
    serde_json::from_str(text).map(Box::new).map_err(|error| EventError::new(what, &error))
}
