//! Events of files and their versions.

use serde::{Deserialize, Serialize};

use super::EventType;
use crate::api::files::FileDetails;
use crate::types::{Extra, Timestamp};

/// `file.created`: a file was created.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileCreated {
    /// Event type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Event id, the same in every delivery of the event.
    pub id: String,
    /// When the event happened.
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
    /// Event type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Event id, the same in every delivery of the event.
    pub id: String,
    /// When the event happened.
    pub created_at: Timestamp,
    /// The file after the change.
    pub data: FileDetails,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `file.deleted`: a file was deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileDeleted {
    /// Event type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Event id, the same in every delivery of the event.
    pub id: String,
    /// When the event happened.
    pub created_at: Timestamp,
    /// The deleted file.
    pub data: DeletedFile,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `file-version.created`: a version of a file was created.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileVersionCreated {
    /// Event type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Event id, the same in every delivery of the event.
    pub id: String,
    /// When the event happened.
    pub created_at: Timestamp,
    /// The version.
    pub data: FileDetails,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `file-version.deleted`: a version of a file was deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileVersionDeleted {
    /// Event type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Event id, the same in every delivery of the event.
    pub id: String,
    /// When the event happened.
    pub created_at: Timestamp,
    /// The deleted version.
    pub data: DeletedFileVersion,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A deleted file.
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

/// A deleted version of a file.
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
