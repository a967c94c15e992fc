//! Events of files and their versions.

use serde::{Deserialize, Serialize};

use super::EventType;
use crate::api::files::FileDetails;
use crate::types::{Extra, Timestamp};

/// `file.created`: a file came into the media library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileCreated {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// The file.
    pub data: FileDetails,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `file.updated`: a file's details changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileUpdated {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// The file as it is now.
    pub data: FileDetails,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `file.deleted`: a file is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileDeleted {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// Which file it was.
    pub data: DeletedFile,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `file-version.created`: a file has a further version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileVersionCreated {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// The version.
    pub data: FileDetails,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `file-version.deleted`: a version of a file is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileVersionDeleted {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// Which version it was.
    pub data: DeletedFileVersion,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A file that is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DeletedFile {
    /// The file's id.
    pub file_id: String,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A version that is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DeletedFileVersion {
    /// The file's id.
    pub file_id: String,
    /// The version's id.
    pub version_id: String,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}
