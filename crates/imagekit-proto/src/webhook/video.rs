//! Events of video transformations.

use serde::{Deserialize, Serialize};

use super::EventType;
use crate::secret::AssetUrl;
use crate::types::{Extra, Timestamp, model, open_enum};

/// `video.transformation.accepted`: ImageKit queued a transformation that a URL requested.
/// Useful for tracing a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoTransformationAccepted {
    /// Event type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Event id, the same in every delivery of the event.
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
    /// Event type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Event id, the same in every delivery of the event.
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
    /// Event type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Event id, the same in every delivery of the event.
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
    /// ImageKit's id of the request.
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

model! {
    /// Duration of the steps of a video transformation.
    pub struct VideoTimings {
        /// Duration of the download of the source, in milliseconds.
        download_duration: Option<f64> = Lenient "download_duration",
        /// Duration of the encoding, in milliseconds.
        encoding_duration: Option<f64> = Lenient "encoding_duration",
    }
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

model! {
    /// The settings of a video transformation.
    pub struct VideoOptions {
        /// Video codec.
        video_codec: Option<EventVideoCodec> = Optional "video_codec",
        /// Audio codec.
        audio_codec: Option<EventAudioCodec> = Optional "audio_codec",
        /// Whether the video is turned upright by its metadata.
        auto_rotate: Option<bool> = Optional "auto_rotate",
        /// Quality of the output.
        quality: Option<u64> = Lenient "quality",
        /// Format of the output.
        format: Option<VideoOutputFormat> = Optional "format",
        /// Protocol of adaptive streaming.
        stream_protocol: Option<VideoStreamProtocol> = Optional "stream_protocol",
        /// Representations for adaptive streaming, such as `720`.
        variants: Vec<String> = OptionalList "variants",
    }
}

/// Output of a video transformation.
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

model! {
    /// Dimensions, duration and bit rate of a transformed video.
    pub struct VideoMetadata {
        /// Duration in seconds.
        duration: Option<f64> = Lenient "duration",
        /// Width in pixels.
        width: Option<u64> = Lenient "width",
        /// Height in pixels.
        height: Option<u64> = Lenient "height",
        /// Bit rate in bit/s.
        bitrate: Option<u64> = Lenient "bitrate",
    }
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
