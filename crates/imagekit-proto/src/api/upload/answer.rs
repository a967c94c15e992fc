//! What an upload is answered with.

use serde::{Deserialize, Serialize};

use crate::api::files::{
    AiTag, CustomMetadata, EmbeddedMetadata, ExtensionStatus, FileType, Metadata, Orientation,
    SelectedFieldsSchema, VersionInfo,
};
use crate::types::{Extra, model};

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

model! {
    /// An uploaded file.
    pub struct UploadedFile {
        /// The file's id.
        file_id: String = Required "fileId",
        /// The file's name in the media library.
        name: String = Required "name",
        /// The path in the media library, such as `/images/cat.jpg`.
        file_path: String = Required "filePath",
        /// Where the file is delivered from.
        url: String = Required "url",
        /// Where its thumbnail is delivered from (images).
        thumbnail_url: Option<String> = Optional "thumbnailUrl",
        /// Height in pixels.
        height: Option<u64> = Lenient "height",
        /// Width in pixels.
        width: Option<u64> = Lenient "width",
        /// The EXIF orientation, 1 to 8 (seen in answers, not in the documentation).
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
        /// Tags, if asked for. Empty also when the API sends `null`.
        tags: Vec<String> = List "tags",
        /// Tags that an extension set.
        ai_tags: Vec<AiTag> = List "AITags",
        /// Which version of the file this is.
        version_info: Option<VersionInfo> = Optional "versionInfo",
        /// Whether the file can be had by signed URL only, if asked for.
        is_private_file: Option<bool> = Optional "isPrivateFile",
        /// Whether the file is published, if asked for.
        is_published: Option<bool> = Optional "isPublished",
        /// The important area of the image as `x,y,width,height`, if asked for.
        custom_coordinates: Option<String> = Optional "customCoordinates",
        /// Image or not.
        file_type: Option<FileType> = Optional "fileType",
        /// Custom metadata by field name, if asked for.
        custom_metadata: Option<CustomMetadata> = Optional "customMetadata",
        /// The custom metadata fields that apply here, if asked for.
        selected_fields_schema: Option<SelectedFieldsSchema> = Optional "selectedFieldsSchema",
        /// How the extensions are doing.
        extension_status: Option<ExtensionStatus> = Optional "extensionStatus",
        /// The older form of the metadata, if asked for.
        metadata: Option<Box<Metadata>> = Object "metadata",
        /// EXIF, IPTC and XMP, consolidated, if asked for. Its dates are ISO 8601.
        embedded_metadata: Option<EmbeddedMetadata> = Optional "embeddedMetadata",
        /// What the file shows.
        description: Option<String> = Optional "description",
    }
}
