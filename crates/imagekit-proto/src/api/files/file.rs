//! File details: in responses, in lists and in webhook events.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::types::{Extra, Timestamp, model, open_enum};

model! {
    /// A file or one version of a file.
    ///
    /// The id, name, path and URL are always there; everything else may be absent or `null`. A number
    /// that does not fit its field is in `extra` under its own key.
    ///
    /// ```
    /// use imagekit_proto::api::files::FileDetails;
    ///
    /// let file: FileDetails = serde_json::from_str(
    ///     r#"{"fileId": "6673f88237b244ef54d60180", "name": "cat.jpg", "filePath": "/cat.jpg",
    ///         "url": "https://ik.imagekit.io/demo/cat.jpg", "width": 640, "size": 117079,
    ///         "tags": null}"#,
    /// )?;
    /// assert_eq!(file.name, "cat.jpg");
    /// assert!(file.width.unwrap() > 100);
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
    pub struct FileDetails {
        /// The file's id.
        file_id: String = Required "fileId",
        /// Whether this is a file or one of its earlier versions.
        kind: Option<FileKind> = Optional "type",
        /// The file's name.
        name: String = Required "name",
        /// The path in the media library, such as `/images/cat.jpg`.
        file_path: String = Required "filePath",
        /// Tags. Empty also when the API sends `null`.
        tags: Vec<String> = List "tags",
        /// Tags set by extensions.
        ai_tags: Vec<AiTag> = List "AITags",
        /// Version of the file.
        version_info: Option<VersionInfo> = Optional "versionInfo",
        /// Whether the file is private: delivered by signed URLs only.
        is_private_file: Option<bool> = Optional "isPrivateFile",
        /// Whether the file is published; a draft is not.
        is_published: Option<bool> = Optional "isPublished",
        /// Area of interest of the image, `x,y,width,height` in pixels.
        custom_coordinates: Option<String> = Optional "customCoordinates",
        /// Delivery URL.
        url: String = Required "url",
        /// Delivery URL of the thumbnail.
        thumbnail: Option<String> = Optional "thumbnail",
        /// Kind of content: image or other.
        file_type: Option<FileType> = Optional "fileType",
        /// MIME type.
        mime: Option<String> = Optional "mime",
        /// Width in pixels.
        width: Option<u64> = Lenient "width",
        /// Height in pixels.
        height: Option<u64> = Lenient "height",
        /// Size in bytes.
        size: Option<u64> = Lenient "size",
        /// Bit rate in kbit/s (video).
        bit_rate: Option<u64> = Lenient "bitRate",
        /// Duration in seconds (video).
        duration: Option<f64> = Lenient "duration",
        /// Audio codec (video and audio).
        audio_codec: Option<String> = Optional "audioCodec",
        /// Video codec.
        video_codec: Option<String> = Optional "videoCodec",
        /// Whether the image has an alpha channel.
        has_alpha: Option<bool> = Optional "hasAlpha",
        /// Custom metadata, by field name.
        custom_metadata: Option<CustomMetadata> = Optional "customMetadata",
        /// The custom metadata fields that apply here (accounts with the Path policy feature).
        selected_fields_schema: Option<SelectedFieldsSchema> = Optional "selectedFieldsSchema",
        /// EXIF, IPTC and XMP, consolidated. Its dates are ISO 8601.
        embedded_metadata: Option<EmbeddedMetadata> = Optional "embeddedMetadata",
        /// Description of the content.
        description: Option<String> = Optional "description",
        /// Time of the upload.
        created_at: Option<Timestamp> = Optional "createdAt",
        /// Time of the last change.
        updated_at: Option<Timestamp> = Optional "updatedAt",
        /// State of each extension; only in responses to updates.
        extension_status: Option<ExtensionStatus> = Optional "extensionStatus",
    }
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
    /// Kind of content: image or other.
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

model! {
    /// Tag set by an extension.
    pub struct AiTag {
        /// The tag.
        name: String = Required "name",
        /// Confidence in percent, 0 to 100.
        confidence: Option<f64> = Lenient "confidence",
        /// Extension that set it, such as `google-auto-tagging`.
        source: Option<String> = Optional "source",
    }
}

/// Version of a file.
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
    /// State of an extension.
    pub enum ExtensionState {
        /// Succeeded.
        Success = "success",
        /// Pending; the result is posted to `webhookUrl`.
        Pending = "pending",
        /// Failed. The request as a whole still succeeded.
        Failed = "failed",
    }
}

/// State of each extension of a request.
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

model! {
    /// A custom metadata field that applies to a file.
    pub struct SelectedField {
        /// The type of its values.
        kind: CustomMetadataFieldType = Required "type",
        /// The options of a select field: text, numbers and booleans. Cut at 100.
        select_options: Vec<Value> = OptionalList "selectOptions",
        /// Whether there are more options than listed.
        select_options_truncated: Option<bool> = Optional "selectOptionsTruncated",
        /// Default value.
        default_value: Option<Value> = Optional "defaultValue",
        /// Whether a value is required.
        is_value_required: Option<bool> = Optional "isValueRequired",
        /// Whether a value, once set, stays.
        read_only: Option<bool> = Optional "readOnly",
        /// Smallest value: a number, or a date as text.
        min_value: Option<Value> = Optional "minValue",
        /// Largest value: a number, or a date as text.
        max_value: Option<Value> = Optional "maxValue",
        /// Smallest length of text, in characters.
        min_length: Option<u64> = Lenient "minLength",
        /// Largest length of text, in characters.
        max_length: Option<u64> = Lenient "maxLength",
    }
}
