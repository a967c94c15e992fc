//! Transformations of an uploaded file, before and after it is stored.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::types::{Extra, open_enum, tagged};

/// Transformations before (`pre`) and after (`post`) the file is stored.
///
/// ```
/// use imagekit_proto::api::upload::{PostTransformation, StreamingProtocol, UploadTransformation};
///
/// let transformation = UploadTransformation::new()
///     .pre("w-300,h-300,q-80")
///     .post(PostTransformation::thumbnail("w-100"))
///     .post(PostTransformation::abs(StreamingProtocol::Hls, "sr-240_360"));
/// assert_eq!(
///     serde_json::to_value(&transformation)?,
///     serde_json::json!({
///         "pre": "w-300,h-300,q-80",
///         "post": [
///             {"type": "thumbnail", "value": "w-100"},
///             {"type": "abs", "protocol": "hls", "value": "sr-240_360"},
///         ],
///     })
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UploadTransformation {
    /// Transformation string, applied before the file is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pre: Option<String>,
    /// Transformations of the stored file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Vec<PostTransformation>>,
}

impl UploadTransformation {
    /// Creates an empty set of transformations.
    pub fn new() -> Self {
        Self::default()
    }

    /// Applies a transformation string before the file is stored.
    pub fn pre(mut self, transformation: impl Into<String>) -> Self {
        self.pre = Some(transformation.into());
        self
    }

    /// Adds a transformation of the stored file.
    pub fn post(mut self, transformation: PostTransformation) -> Self {
        self.post.get_or_insert_default().push(transformation);
        self
    }
}

open_enum! {
    /// Streaming protocol.
    pub enum StreamingProtocol {
        /// HTTP Live Streaming.
        Hls = "hls",
        /// Dynamic Adaptive Streaming over HTTP.
        Dash = "dash",
    }
}

/// Transformation of a stored file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PostTransformation {
    /// A transformed copy.
    #[non_exhaustive]
    Transformation {
        /// A transformation string.
        value: String,
    },
    /// An MP4 from an animated GIF.
    #[non_exhaustive]
    GifToVideo {
        /// A transformation string for the video.
        value: Option<String>,
    },
    /// A thumbnail.
    #[non_exhaustive]
    Thumbnail {
        /// A transformation string for the thumbnail.
        value: Option<String>,
    },
    /// Adaptive bitrate streaming.
    #[non_exhaustive]
    Abs {
        /// The protocol.
        protocol: StreamingProtocol,
        /// The representations, separated by underscores: `sr-240_360_480`.
        value: String,
    },
    /// A transformation that this crate does not know yet: the object as sent, `type` included.
    Other(Extra),
}

/// [`PostTransformation`] as serde derives it: a mirror, so that the public type gets no methods of serde's.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", remote = "PostTransformation")]
enum Known {
    Transformation {
        value: String,
    },
    GifToVideo {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<String>,
    },
    Thumbnail {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<String>,
    },
    Abs {
        protocol: StreamingProtocol,
        value: String,
    },
    #[serde(skip)]
    Other(Extra),
}

impl PostTransformation {
    /// Creates a copy, transformed by `value`.
    pub fn transformation(value: impl Into<String>) -> Self {
        Self::Transformation { value: value.into() }
    }

    /// An MP4 from an animated GIF.
    pub fn gif_to_video() -> Self {
        Self::GifToVideo { value: None }
    }

    /// Creates a thumbnail, transformed by `value`.
    pub fn thumbnail(value: impl Into<String>) -> Self {
        Self::Thumbnail { value: Some(value.into()) }
    }

    /// Creates adaptive streaming in the representations `value`, such as `sr-240_360_480`.
    pub fn abs(protocol: StreamingProtocol, value: impl Into<String>) -> Self {
        Self::Abs { protocol, value: value.into() }
    }
}

impl Serialize for PostTransformation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Other(object) => object.serialize(serializer),
            known => Known::serialize(known, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for PostTransformation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const KNOWN: [&str; 4] = ["transformation", "gif-to-video", "thumbnail", "abs"];
        tagged(deserializer, "type", &KNOWN, Known::deserialize, Self::Other)
    }
}
