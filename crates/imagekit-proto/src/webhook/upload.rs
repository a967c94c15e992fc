//! Events of transformations before and after an upload.

use serde::{Deserialize, Serialize};

use super::{EventType, TransformationError};
use crate::api::upload::{StreamingProtocol, UploadedFile};
use crate::types::{Extra, Timestamp, open_enum};

/// `upload.pre-transform.success`: the file was transformed and is in the media library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UploadPreTransformSuccess {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// What asked for it.
    pub request: PreTransformRequest,
    /// The file, as an upload answers it.
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
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// What asked for it.
    pub request: PreTransformRequest,
    /// The file that did not come to be, and why.
    pub data: PreTransformErrorData,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `upload.post-transform.success`: a transformation after an upload can be served. Each has an
/// event of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UploadPostTransformSuccess {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// What asked for it.
    pub request: PostTransformRequest,
    /// The file and where its transformation is.
    pub data: PostTransformData,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `upload.post-transform.error`: the file is there, but its transformation is not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UploadPostTransformError {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// What asked for it.
    pub request: PostTransformRequest,
    /// The file, and why the transformation failed.
    pub data: PostTransformErrorData,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The upload that asked for a transformation before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PreTransformRequest {
    /// ImageKit's id of that upload.
    pub x_request_id: String,
    /// The transformation, such as `rt-90`.
    pub transformation: String,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The upload that asked for a transformation after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PostTransformRequest {
    /// ImageKit's id of that upload.
    pub x_request_id: String,
    /// The transformation.
    pub transformation: RequestedPostTransformation,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A transformation asked for after an upload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RequestedPostTransformation {
    /// What kind of transformation it is.
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

/// A file that was to be transformed before it came into the media library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PreTransformErrorData {
    /// The file's name.
    pub name: String,
    /// The file's path.
    pub path: String,
    /// What went wrong.
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
    /// Where the transformation can be fetched.
    pub url: String,
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
    /// Where the transformation would have been.
    pub url: String,
    /// The file's name.
    pub name: String,
    /// The file's path.
    pub path: String,
    /// What went wrong.
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
    pub error: TransformationError,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// What kind of transformation was asked for after an upload.
    pub enum RequestedTransformationKind {
        /// A transformation of an image or a video.
        Transformation = "transformation",
        /// Adaptive bitrate streaming.
        Abs = "abs",
        /// An animated GIF into a video.
        GifToVideo = "gif-to-video",
        /// A frame of a video as an image.
        Thumbnail = "thumbnail",
    }
}
