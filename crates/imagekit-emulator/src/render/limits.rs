//! The memory that a rendering may use.

use std::cell::Cell;

use image::RgbaImage;

use super::refusal::Refusal;

/// The longest side of an image: what a lossless WebP file can have.
pub(super) const MAX_SIDE: u32 = 16_383;
/// The most pixels of an image.
pub(super) const MAX_PIXELS: u64 = 25_000_000;

/// The memory that one rendering may use: the pixels of each of its images.
///
/// A rendering that needs more than was reserved ends, and is begun again with more.
#[derive(Debug)]
pub(super) struct Limits {
    pixels: u64,
    /// The pixels of an image that was refused for want of memory, or 0.
    wanted: Cell<u64>,
}

impl Limits {
    pub(super) fn new(pixels: u64) -> Self {
        Self { pixels, wanted: Cell::new(0) }
    }

    /// The pixels of an image that was refused, and that more memory would have allowed.
    pub(super) fn wanted(&self) -> Option<u64> {
        Some(self.wanted.get()).filter(|pixels| *pixels > 0)
    }

    /// Checks the size of an image to be made.
    pub(super) fn check(&self, width: u32, height: u32) -> Result<(), Refusal> {
        let pixels = u64::from(width) * u64::from(height);
        if width == 0 || height == 0 {
            return Err(Refusal::Invalid("The image would have no pixels.".to_owned()));
        }
        if width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_PIXELS {
            return Err(too_large());
        }
        if pixels > self.pixels {
            self.wanted.set(pixels);
            return Err(too_large());
        }
        Ok(())
    }

    /// Makes a transparent image.
    pub(super) fn canvas(&self, width: u32, height: u32) -> Result<RgbaImage, Refusal> {
        self.check(width, height)?;
        Ok(RgbaImage::new(width, height))
    }
}

pub(super) fn too_large() -> Refusal {
    Refusal::Invalid(format!(
        "The image would be larger than the emulator renders: {MAX_SIDE} pixels a side, \
         {MAX_PIXELS} pixels, 512 MiB for all images that are rendered at once."
    ))
}
