//! What needs a decoder: dimensions of every format, alpha, and the pixels themselves.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::phash::phash;

/// Images with more pixels than this are not decoded: their dimensions are reported, their
/// perceptual hash and transparency are not.
pub const MAX_DECODED_PIXELS: u64 = 64 << 20;
/// Room for the most pixels at four bytes each.
const MAX_BYTES: u64 = MAX_DECODED_PIXELS * 4;

/// What the decoder says.
#[derive(Default)]
pub(super) struct Pixels {
    /// Stored width and height, before EXIF rotation.
    pub(super) dimensions: Option<(u32, u32)>,
    pub(super) alpha: Option<bool>,
    /// At least one pixel is not opaque; unknown when the pixels were not decoded.
    pub(super) transparent: Option<bool>,
    pub(super) phash: Option<String>,
}

/// Reads the header, then the pixels (the first frame of an animation) within the limits.
/// `orientation` is EXIF's, 1 to 8.
pub(super) fn measure(bytes: &[u8], format: ImageFormat, orientation: u8) -> Pixels {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let Ok(decoder) = reader.into_decoder() else {
        return Pixels::default();
    };
    let (width, height) = decoder.dimensions();
    // A GIF is always decoded with an alpha channel; only its pixels tell.
    let alpha = (format != ImageFormat::Gif).then(|| decoder.color_type().has_alpha());
    let header = Pixels { dimensions: Some((width, height)), alpha, ..Pixels::default() };
    let too_many = u64::from(width) * u64::from(height) > MAX_DECODED_PIXELS;
    if too_many || decoder.total_bytes() > MAX_BYTES {
        return header;
    }
    let Ok(image) = DynamicImage::from_decoder(decoder) else {
        return header;
    };
    let transparent = is_transparent(&image);
    Pixels {
        alpha: header.alpha.or(Some(transparent)),
        transparent: Some(transparent),
        phash: Some(upright_hash(&image, orientation)),
        ..header
    }
}

/// The hash of the image as it is shown: turning a small copy costs nothing.
fn upright_hash(image: &DynamicImage, orientation: u8) -> String {
    let turn = Orientation::from_exif(orientation).unwrap_or(Orientation::NoTransforms);
    if turn == Orientation::NoTransforms {
        return phash(image);
    }
    let mut small = image.thumbnail_exact(32, 32);
    small.apply_orientation(turn);
    phash(&small)
}

fn is_transparent(image: &DynamicImage) -> bool {
    match image {
        DynamicImage::ImageLumaA8(image) => image.pixels().any(|p| p.0[1] < u8::MAX),
        DynamicImage::ImageRgba8(image) => image.pixels().any(|p| p.0[3] < u8::MAX),
        DynamicImage::ImageLumaA16(image) => image.pixels().any(|p| p.0[1] < u16::MAX),
        DynamicImage::ImageRgba16(image) => image.pixels().any(|p| p.0[3] < u16::MAX),
        DynamicImage::ImageRgba32F(image) => image.pixels().any(|p| p.0[3] < 1.0),
        _ => false,
    }
}
