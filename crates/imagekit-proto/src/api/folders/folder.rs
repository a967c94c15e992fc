//! The folder as the API describes it.

use serde::{Deserialize, Serialize};

use crate::api::files::CustomMetadata;
use crate::types::{Extra, Timestamp, open_enum};

/// A folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FolderDetails {
    /// Tells a folder from a file.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<FolderKind>,
    /// The folder's id.
    pub folder_id: String,
    /// The folder's name.
    pub name: String,
    /// The path in the media library, such as `/sale/summer`.
    pub folder_path: String,
    /// Custom metadata, by field name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_metadata: Option<CustomMetadata>,
    /// Time of creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// Time of the last change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// Tells a folder from a file.
    pub enum FolderKind {
        /// A folder.
        Folder = "folder",
    }
}
