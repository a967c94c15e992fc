//! Events of video transformations.

use serde::{Deserialize, Serialize};

use super::EventType;
use crate::types::{Extra, Timestamp, model, open_enum};

/// `video.transformation.accepted`: a transformation asked for through a URL was queued.
/// Useful for tracing what becomes of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoTransformationAccepted {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// What asked for it.
    pub request: VideoRequest,
    /// The video and what becomes of it.
    pub data: VideoData,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `video.transformation.ready`: the transformed video can be served. `data.transformation.output`
/// says where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoTransformationReady {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// What asked for it.
    pub request: VideoRequest,
    /// How long it took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timings: Option<VideoTimings>,
    /// The video and what became of it.
    pub data: VideoData,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// `video.transformation.error`: the transformation failed. `data.transformation.error` says why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoTransformationError {
    /// The event's `type`.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// The event's own id, the same in every delivery of it.
    pub id: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// What asked for it.
    pub request: VideoRequest,
    /// The video and what was to become of it.
    pub data: VideoData,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The request that asked for a video transformation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoRequest {
    /// ImageKit's id of that request.
    pub x_request_id: String,
    /// The URL asked for.
    pub url: String,
    /// The `User-Agent` of whoever asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

model! {
    /// How long a video transformation took.
    pub struct VideoTimings {
        /// Fetching the source, in milliseconds.
        download_duration: Option<f64> = Lenient "download_duration",
        /// Encoding, in milliseconds.
        encoding_duration: Option<f64> = Lenient "encoding_duration",
    }
}

/// A video and its transformation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoData {
    /// The source.
    pub asset: VideoAsset,
    /// What was asked for, and what came of it.
    pub transformation: VideoTransformation,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The source of a video transformation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoAsset {
    /// Where the source can be fetched.
    pub url: String,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A video transformation and, once it has ended, its outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoTransformation {
    /// What kind of transformation it is.
    #[serde(rename = "type")]
    pub kind: VideoTransformationKind,
    /// The settings used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<VideoOptions>,
    /// What came out, in [`VideoTransformationReady`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<VideoOutput>,
    /// What went wrong, in [`VideoTransformationError`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<TransformationError>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

model! {
    /// The settings of a video transformation.
    pub struct VideoOptions {
        /// Video codec.
        video_codec: Option<VideoCodec> = Optional "video_codec",
        /// Audio codec.
        audio_codec: Option<AudioCodec> = Optional "audio_codec",
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

/// What came out of a video transformation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoOutput {
    /// Where the output can be fetched.
    pub url: String,
    /// What the output is like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_metadata: Option<VideoMetadata>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

model! {
    /// What a transformed video is like.
    pub struct VideoMetadata {
        /// Length in seconds, often fractional.
        duration: Option<f64> = Lenient "duration",
        /// Width in pixels.
        width: Option<u64> = Lenient "width",
        /// Height in pixels.
        height: Option<u64> = Lenient "height",
        /// Bits per second.
        bitrate: Option<u64> = Lenient "bitrate",
    }
}

/// Why a transformation failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TransformationError {
    /// The reason.
    pub reason: TransformationErrorReason,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// What kind of video transformation it is.
    pub enum VideoTransformationKind {
        /// A video into another: size, format, codec.
        VideoTransformation = "video-transformation",
        /// An animated GIF into a video.
        GifToVideo = "gif-to-video",
        /// A frame of a video as an image.
        VideoThumbnail = "video-thumbnail",
    }
}

open_enum! {
    /// Why a transformation failed.
    pub enum TransformationErrorReason {
        /// The encoder failed.
        EncodingFailed = "encoding_failed",
        /// The source could not be fetched: look at the origin and the URL endpoint.
        DownloadFailed = "download_failed",
        /// ImageKit's own fault.
        InternalServerError = "internal_server_error",
    }
}

open_enum! {
    /// A video codec.
    pub enum VideoCodec {
        /// H.264.
        H264 = "h264",
        /// VP9.
        Vp9 = "vp9",
        /// AV1.
        Av1 = "av1",
    }
}

open_enum! {
    /// An audio codec.
    pub enum AudioCodec {
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
