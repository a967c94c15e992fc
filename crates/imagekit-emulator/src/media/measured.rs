//! The results of decoding an image.

/// The results of decoding an image; without any when it was not decoded.
#[derive(Default)]
pub(super) struct Pixels {
    /// At least one pixel is not opaque.
    pub(super) transparent: Option<bool>,
    /// The perceptual hash, 16 hex digits.
    pub(super) phash: Option<String>,
}
