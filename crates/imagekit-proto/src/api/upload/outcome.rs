//! What an upload is answered with.

use serde::{Deserialize, Serialize};

use crate::api::files::{
    AiTag, CustomMetadata, EmbeddedMetadata, ExtensionStatus, FileType, Metadata,
    SelectedFieldsSchema, VersionInfo,
};
use crate::types::{Extra, Number, nullable};

/// What an upload came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum UploadOutcome {
    /// 200: the file is there.
    Uploaded(Box<UploadedFile>),
    /// 202: a transformation of the video is queued, and the file comes later (a webhook tells).
    Accepted(Accepted),
}

impl UploadOutcome {
    /// The file, if it is there already.
    pub fn file(&self) -> Option<&UploadedFile> {
        match self {
            Self::Uploaded(file) => Some(file),
            Self::Accepted(_) => None,
        }
    }
}

/// A queued upload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Accepted {
    /// What happens, in ImageKit's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// An uploaded file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UploadedFile {
    /// The file's id.
    pub file_id: String,
    /// The file's name in the media library.
    pub name: String,
    /// The path in the media library, such as `/images/cat.jpg`.
    pub file_path: String,
    /// Where the file is delivered from.
    pub url: String,
    /// Where its thumbnail is delivered from (images).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail_url: Option<String>,
    /// Height in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<Number>,
    /// Width in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<Number>,
    /// The EXIF orientation, 1 to 8 (seen in answers, not in the documentation).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orientation: Option<Number>,
    /// Size in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<Number>,
    /// Bit rate in kbit/s (video).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bit_rate: Option<Number>,
    /// Duration in seconds (video).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<Number>,
    /// Audio codec (video and audio).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_codec: Option<String>,
    /// Video codec.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_codec: Option<String>,
    /// Tags, if asked for. Empty also when the API sends `null`.
    #[serde(default, deserialize_with = "nullable")]
    pub tags: Vec<String>,
    /// Tags that an extension set.
    #[serde(rename = "AITags", default, deserialize_with = "nullable")]
    pub ai_tags: Vec<AiTag>,
    /// Which version of the file this is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_info: Option<VersionInfo>,
    /// Whether the file can be had by signed URL only, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_private_file: Option<bool>,
    /// Whether the file is published, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_published: Option<bool>,
    /// The important area of the image as `x,y,width,height`, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_coordinates: Option<String>,
    /// Image or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_type: Option<FileType>,
    /// Custom metadata by field name, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_metadata: Option<CustomMetadata>,
    /// The custom metadata fields that apply here, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected_fields_schema: Option<SelectedFieldsSchema>,
    /// How the extensions are doing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension_status: Option<ExtensionStatus>,
    /// The older form of the metadata, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Box<Metadata>>,
    /// EXIF, IPTC and XMP, consolidated, if asked for. Its dates are ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embedded_metadata: Option<EmbeddedMetadata>,
    /// What the file shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}
