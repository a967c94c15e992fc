//! Metadata of a file: dimensions, EXIF, perceptual hash.

use serde::{Deserialize, Serialize};

use super::exif::Exif;
use crate::types::{Extra, Number};

/// What ImageKit measured of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Metadata {
    /// Height in pixels, after the EXIF rotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<Number>,
    /// Width in pixels, after the EXIF rotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<Number>,
    /// Size in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<Number>,
    /// The format, such as `jpg`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Whether there is a colour profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_color_profile: Option<bool>,
    /// The quality setting it was compressed with; 0 when it cannot be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<Number>,
    /// Pixels per inch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub density: Option<Number>,
    /// Whether parts are transparent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_transparency: Option<bool>,
    /// The perceptual hash: 64 bits in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p_hash: Option<String>,
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
    /// What the camera wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exif: Option<Exif>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}
