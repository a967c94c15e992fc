//! Response of an upload.

use serde::{Deserialize, Serialize};

use crate::api::files::{
    AiTag, CustomMetadata, EmbeddedMetadata, ExtensionStatus, FileType, Metadata, Orientation,
    SelectedFieldsSchema, VersionInfo,
};
use crate::types::{Extra, model};

/// Result of an upload.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum UploadOutcome {
    /// 200: the file is in the media library.
    Uploaded(Box<UploadedFile>),
    /// 202: a transformation of the video is queued; the file follows later, reported by a webhook.
    Accepted(Accepted),
}

impl UploadOutcome {
    /// Returns the file, unless it is still being processed.
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
    /// Message of ImageKit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

model! {
    /// An uploaded file.
    pub struct UploadedFile {
        /// The file's id.
        file_id: String = Required "fileId",
        /// The file's name in the media library.
        name: String = Required "name",
        /// The path in the media library, such as `/images/cat.jpg`.
        file_path: String = Required "filePath",
        /// Delivery URL.
        url: String = Required "url",
        /// Delivery URL of the thumbnail (images).
        thumbnail_url: Option<String> = Optional "thumbnailUrl",
        /// Height in pixels.
        height: Option<u64> = Lenient "height",
        /// Width in pixels.
        width: Option<u64> = Lenient "width",
        /// EXIF orientation, 1 to 8 (seen in responses, not documented).
        orientation: Option<Orientation> = Lenient "orientation",
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
        /// Tags, if requested. Empty also when the API sends `null`.
        tags: Vec<String> = List "tags",
        /// Tags set by extensions.
        ai_tags: Vec<AiTag> = List "AITags",
        /// Version of the file.
        version_info: Option<VersionInfo> = Optional "versionInfo",
        /// Whether the file is private: delivered by signed URLs only. If requested.
        is_private_file: Option<bool> = Optional "isPrivateFile",
        /// Whether the file is published. If requested.
        is_published: Option<bool> = Optional "isPublished",
        /// Area of interest of the image, `x,y,width,height` in pixels. If requested.
        custom_coordinates: Option<String> = Optional "customCoordinates",
        /// Kind of content: image or other.
        file_type: Option<FileType> = Optional "fileType",
        /// Custom metadata by field name. If requested.
        custom_metadata: Option<CustomMetadata> = Optional "customMetadata",
        /// Custom metadata fields that apply to the file. If requested.
        selected_fields_schema: Option<SelectedFieldsSchema> = Optional "selectedFieldsSchema",
        /// State of each extension.
        extension_status: Option<ExtensionStatus> = Optional "extensionStatus",
        /// Metadata in its older form. If requested.
        metadata: Option<Box<Metadata>> = Object "metadata",
        /// EXIF, IPTC and XMP, consolidated, with dates in ISO 8601. If requested.
        embedded_metadata: Option<EmbeddedMetadata> = Optional "embeddedMetadata",
        /// Description of the content.
        description: Option<String> = Optional "description",
    }
}
