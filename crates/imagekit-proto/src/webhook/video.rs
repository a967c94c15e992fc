//! Events of video transformations.

use serde::{Deserialize, Serialize};

use super::EventType;
use crate::secret::AssetUrl;
use crate::types::{Extra, Number, Timestamp, nullable, open_enum};

/// `video.transformation.accepted`: ImageKit queued a transformation that a URL requested.
/// Useful for tracing a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoTransformationAccepted {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When the event happened.
    pub created_at: Timestamp,
    /// The request that triggered the transformation.
    pub request: VideoRequest,
    /// The video and its transformation.
    pub data: VideoData,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `video.transformation.ready`: the transformed video is available, at the URL in
/// `data.transformation.output`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoTransformationReady {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When the event happened.
    pub created_at: Timestamp,
    /// The request that triggered the transformation.
    pub request: VideoRequest,
    /// How long the transformation took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timings: Option<VideoTimings>,
    /// The video and its transformation.
    pub data: VideoData,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `video.transformation.error`: the transformation failed, for the reason in
/// `data.transformation.error`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoTransformationError {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When the event happened.
    pub created_at: Timestamp,
    /// The request that triggered the transformation.
    pub request: VideoRequest,
    /// The video and its transformation.
    pub data: VideoData,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The request that triggered a video transformation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoRequest {
    /// ImageKit's id of that request.
    pub x_request_id: String,
    /// The requested URL.
    pub url: AssetUrl,
    /// The `User-Agent` header of that request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How long a video transformation took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoTimings {
    /// Time to fetch the source, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub download_duration: Option<Number>,
    /// Time to encode, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding_duration: Option<Number>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A video and its transformation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoData {
    /// The source video.
    pub asset: VideoAsset,
    /// The requested transformation and its result.
    pub transformation: VideoTransformation,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The source of a video transformation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoAsset {
    /// URL of the source.
    pub url: AssetUrl,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A video transformation and, once it has ended, its result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoTransformation {
    /// The kind of transformation.
    #[serde(rename = "type")]
    pub kind: VideoTransformationKind,
    /// The settings used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<VideoOptions>,
    /// The result, in [`VideoTransformationReady`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<VideoOutput>,
    /// Why it failed, in [`VideoTransformationError`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<TransformationFailure>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The settings of a video transformation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoOptions {
    /// Video codec.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_codec: Option<EventVideoCodec>,
    /// Audio codec.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_codec: Option<EventAudioCodec>,
    /// Whether the video is rotated upright according to its metadata.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_rotate: Option<bool>,
    /// Quality of the output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<Number>,
    /// Format of the output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<VideoOutputFormat>,
    /// Protocol of adaptive streaming.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_protocol: Option<VideoStreamProtocol>,
    /// Representations for adaptive streaming, such as `720`.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The result of a video transformation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoOutput {
    /// URL of the output.
    pub url: AssetUrl,
    /// Size, length and bit rate of the output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_metadata: Option<VideoMetadata>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Size, length and bit rate of a transformed video.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoMetadata {
    /// Length in seconds, often fractional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<Number>,
    /// Width in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<Number>,
    /// Height in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<Number>,
    /// Bits per second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bitrate: Option<Number>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Why a transformation failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TransformationFailure {
    /// The reason.
    pub reason: TransformationFailureReason,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// The kind of a video transformation.
    pub enum VideoTransformationKind {
        /// A video to another video: size, format, codec.
        VideoTransformation = "video-transformation",
        /// An animated GIF to a video.
        GifToVideo = "gif-to-video",
        /// A frame of a video, as an image.
        VideoThumbnail = "video-thumbnail",
    }
}

open_enum! {
    /// Why a transformation failed.
    pub enum TransformationFailureReason {
        /// The encoder failed.
        EncodingFailed = "encoding_failed",
        /// ImageKit could not fetch the source: check the origin and the URL endpoint.
        DownloadFailed = "download_failed",
        /// An error inside ImageKit.
        InternalServerError = "internal_server_error",
    }
}

open_enum! {
    /// The video codec of a transformation, in an event.
    pub enum EventVideoCodec {
        /// H.264.
        H264 = "h264",
        /// VP9.
        Vp9 = "vp9",
        /// AV1.
        Av1 = "av1",
    }
}

open_enum! {
    /// The audio codec of a transformation, in an event.
    pub enum EventAudioCodec {
        /// AAC.
        Aac = "aac",
        /// Opus.
        Opus = "opus",
    }
}

open_enum! {
    /// The format of a transformed video or of its thumbnail.
    pub enum VideoOutputFormat {
        /// MP4.
        Mp4 = "mp4",
        /// WebM.
        Webm = "webm",
        /// JPEG.
        Jpg = "jpg",
        /// PNG.
        Png = "png",
        /// WebP.
        Webp = "webp",
    }
}

open_enum! {
    /// A protocol of adaptive streaming, as these events spell it.
    pub enum VideoStreamProtocol {
        /// HLS.
        Hls = "HLS",
        /// MPEG-DASH.
        Dash = "DASH",
    }
}
