//! Events of transformations before and after an upload.

use serde::{Deserialize, Serialize};

use super::{EventType, TransformationFailure};
use crate::api::upload::{StreamingProtocol, UploadedFile};
use crate::secret::AssetUrl;
use crate::types::{Extra, Timestamp, open_enum};

/// `upload.pre-transform.success`: the file was transformed and is in the media library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UploadPreTransformSuccess {
    /// Event type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Event id, the same in every delivery of the event.
    pub id: String,
    /// When the event happened.
    pub created_at: Timestamp,
    /// The request that triggered the transformation.
    pub request: PreTransformRequest,
    /// The file, as in the response to an upload.
    pub data: UploadedFile,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `upload.pre-transform.error`: the upload may have been accepted, but its transformation
/// failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UploadPreTransformError {
    /// Event type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Event id, the same in every delivery of the event.
    pub id: String,
    /// When the event happened.
    pub created_at: Timestamp,
    /// The request that triggered the transformation.
    pub request: PreTransformRequest,
    /// The file that was not created, and why.
    pub data: PreTransformErrorData,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `upload.post-transform.success`: a transformation after an upload is available. Each has its
/// own event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UploadPostTransformSuccess {
    /// Event type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Event id, the same in every delivery of the event.
    pub id: String,
    /// When the event happened.
    pub created_at: Timestamp,
    /// The request that triggered the transformation.
    pub request: PostTransformRequest,
    /// The file and the URL of its transformation.
    pub data: PostTransformData,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `upload.post-transform.error`: the file exists, but its transformation failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UploadPostTransformError {
    /// Event type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Event id, the same in every delivery of the event.
    pub id: String,
    /// When the event happened.
    pub created_at: Timestamp,
    /// The request that triggered the transformation.
    pub request: PostTransformRequest,
    /// The file, and why the transformation failed.
    pub data: PostTransformErrorData,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The upload that requested a transformation before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PreTransformRequest {
    /// ImageKit's id of the upload request.
    pub x_request_id: String,
    /// The transformation, such as `rt-90`.
    pub transformation: String,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The upload that requested a transformation after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PostTransformRequest {
    /// ImageKit's id of the upload request.
    pub x_request_id: String,
    /// The transformation.
    pub transformation: RequestedPostTransformation,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A transformation requested for after an upload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RequestedPostTransformation {
    /// The kind of transformation.
    #[serde(rename = "type")]
    pub kind: RequestedTransformationKind,
    /// The transformation, such as `rt-90`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The protocol, of adaptive streaming only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<StreamingProtocol>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A file whose transformation before it entered the media library failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PreTransformErrorData {
    /// The file's name.
    pub name: String,
    /// The file's path.
    pub path: String,
    /// Why it failed.
    pub transformation: FailedTransformation,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A file and one of its transformations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PostTransformData {
    /// The file's id.
    pub file_id: String,
    /// URL of the transformation.
    pub url: AssetUrl,
    /// The file's name.
    pub name: String,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A file and a transformation that failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PostTransformErrorData {
    /// The file's id.
    pub file_id: String,
    /// URL that the transformation would have had.
    pub url: AssetUrl,
    /// The file's name.
    pub name: String,
    /// The file's path.
    pub path: String,
    /// Why it failed.
    pub transformation: FailedTransformation,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A transformation that failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FailedTransformation {
    /// Why it failed.
    pub error: TransformationFailure,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// The kind of a transformation after an upload.
    pub enum RequestedTransformationKind {
        /// A transformation of an image or a video.
        Transformation = "transformation",
        /// Adaptive bitrate streaming.
        Abs = "abs",
        /// An animated GIF to a video.
        GifToVideo = "gif-to-video",
        /// A frame of a video, as an image.
        Thumbnail = "thumbnail",
    }
}
