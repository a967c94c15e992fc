//! The file as the API describes it: details, version, row of a list.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::types::{Extra, Number, Timestamp, nullable, open_enum};

/// A file or one version of a file.
///
/// What names a file is always there; everything else may be missing or `null`. Pixels and bytes
/// are plain counts.
///
/// ```
/// use imagekit_proto::api::files::FileDetails;
///
/// let file: FileDetails = serde_json::from_str(
///     r#"{"fileId": "6673f88237b244ef54d60180", "name": "cat.jpg", "filePath": "/cat.jpg",
///         "url": "https://ik.imagekit.io/demo/cat.jpg", "size": 117079, "tags": null}"#,
/// )?;
/// assert_eq!(file.name, "cat.jpg");
/// assert!(file.tags.is_empty());
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Fields may be added, so it cannot be built or taken apart exhaustively:
///
/// ```compile_fail
/// # fn name(file: imagekit_proto::api::files::FileDetails) {
/// let imagekit_proto::api::files::FileDetails { file_id, name } = file;
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FileDetails {
    /// The file's id.
    pub file_id: String,
    /// Whether this is a file or one of its earlier versions.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<FileKind>,
    /// The file's name.
    pub name: String,
    /// The path in the media library, such as `/images/cat.jpg`.
    pub file_path: String,
    /// Tags. Empty also when the API sends `null`.
    #[serde(default, deserialize_with = "nullable")]
    pub tags: Vec<String>,
    /// Tags that an extension set.
    #[serde(rename = "AITags", default, deserialize_with = "nullable")]
    pub ai_tags: Vec<AiTag>,
    /// Which version this is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_info: Option<VersionInfo>,
    /// Whether the file can be had by signed URL only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_private_file: Option<bool>,
    /// Whether the file is published; a draft is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_published: Option<bool>,
    /// The important area of the image, as `x,y,width,height`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_coordinates: Option<String>,
    /// Where the file is delivered from.
    pub url: String,
    /// Where its thumbnail is delivered from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<String>,
    /// Image or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_type: Option<FileType>,
    /// The MIME type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime: Option<String>,
    /// Width in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<Number>,
    /// Height in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<Number>,
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
    /// Whether the image has an alpha channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_alpha: Option<bool>,
    /// Custom metadata, by field name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_metadata: Option<CustomMetadata>,
    /// The custom metadata fields that apply here (accounts with the Path policy feature).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected_fields_schema: Option<SelectedFieldsSchema>,
    /// EXIF, IPTC and XMP, consolidated. Its dates are ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embedded_metadata: Option<EmbeddedMetadata>,
    /// What the file shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When the file was uploaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When the file was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    /// How the extensions of an update are doing; in answers to updates only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension_status: Option<ExtensionStatus>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// Whether something is a file or one of its earlier versions.
    pub enum FileKind {
        /// A file, in its current version.
        File = "file",
        /// An earlier version of a file.
        FileVersion = "file-version",
    }
}

open_enum! {
    /// Image or not.
    pub enum FileType {
        /// An image.
        Image = "image",
        /// Anything else, video included.
        NonImage = "non-image",
    }
}

/// Values of custom metadata fields, by field name: text, numbers, booleans, and lists of them.
pub type CustomMetadata = serde_json::Map<String, Value>;

/// EXIF, IPTC and XMP of a file, consolidated under open names.
pub type EmbeddedMetadata = serde_json::Map<String, Value>;

/// Custom metadata fields that apply to a file, by field name.
pub type SelectedFieldsSchema = BTreeMap<String, SelectedField>;

/// A tag that an extension set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AiTag {
    /// The tag.
    pub name: String,
    /// How sure the extension is, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Number>,
    /// The extension, such as `google-auto-tagging`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Which version of a file something is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VersionInfo {
    /// The version's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The version's name, such as `Version 2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// How an extension is doing.
    pub enum ExtensionState {
        /// Done.
        Success = "success",
        /// Still at work; `webhookUrl` hears of the end.
        Pending = "pending",
        /// Failed. The request as a whole succeeded all the same.
        Failed = "failed",
    }
}

/// How each extension of a request is doing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ExtensionStatus {
    /// Google's auto-tagging.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub google_auto_tagging: Option<ExtensionState>,
    /// AWS's auto-tagging.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_auto_tagging: Option<ExtensionState>,
    /// Background removal. Always asynchronous: it makes a new version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remove_bg: Option<ExtensionState>,
    /// Description by a model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_auto_description: Option<ExtensionState>,
    /// Tasks for a model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_tasks: Option<ExtensionState>,
    /// Extensions that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// The type of a custom metadata field.
    pub enum CustomMetadataFieldType {
        /// One line of text.
        Text = "Text",
        /// Text of several lines.
        Textarea = "Textarea",
        /// A number.
        Number = "Number",
        /// An ISO 8601 date.
        Date = "Date",
        /// Yes or no.
        Boolean = "Boolean",
        /// One of several options.
        SingleSelect = "SingleSelect",
        /// Some of several options.
        MultiSelect = "MultiSelect",
    }
}

/// A custom metadata field that applies to a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SelectedField {
    /// The type of its values.
    #[serde(rename = "type")]
    pub kind: CustomMetadataFieldType,
    /// The options of a select field: text, numbers and booleans. Cut at 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select_options: Option<Vec<Value>>,
    /// Whether there are more options than listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select_options_truncated: Option<bool>,
    /// The value of files that set none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_value: Option<Value>,
    /// Whether a value is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_value_required: Option<bool>,
    /// Whether a value, once set, stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_only: Option<bool>,
    /// The least value: a number, or a date as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_value: Option<Value>,
    /// The greatest value: a number, or a date as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_value: Option<Value>,
    /// The least length of text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<Number>,
    /// The greatest length of text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<Number>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}
