//! What only the pixels tell: whether any of them is transparent, and the perceptual hash.
//!
//! PNG files are decoded row by row, so that they take the memory of a few rows. The decoders
//! of the other formats hold the whole image; a gate bounds what they hold at once, in all
//! threads of the process.

mod png_rows;

use std::io::Cursor;
use std::panic;

use image::{DynamicImage, GenericImageView, ImageDecoder, ImageFormat, ImageReader};

use super::format::Kind;
use super::gate::Gate;
use super::measured::Pixels;
use super::phash::phash;
use super::sketch::{Columns, Sketch};

/// Images with more pixels than this, or a side of more than 2^20 pixels, are not decoded: their
/// dimensions are reported, their perceptual hash and transparency are not.
pub const MAX_DECODED_PIXELS: u64 = 64 << 20;
/// The longest side of an image that is decoded: each row has a cost of its own, and a file of a few
/// kilobytes can have millions of rows of one pixel.
const MAX_SIDE: u32 = 1 << 20;
/// Most bytes that decoders of whole images may use at once; an image that takes more alone is
/// not decoded.
pub(super) const MAX_BYTES: u64 = 512 << 20;

/// An image of so many pixels is a large one.
const LARGE: u64 = 2 << 20;

pub(super) static GATE: Gate = Gate::new(MAX_BYTES);

/// How a file is to be decoded.
pub(super) struct Request<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) kind: Kind,
    /// A JPEG file whose coefficients are kept until the end.
    pub(super) progressive: bool,
    /// How the stored pixels are turned, 1 to 8.
    pub(super) orientation: u8,
}

/// Decodes the pixels (the first frame of an animation) within the limits.
pub(super) fn measure(request: &Request<'_>) -> Pixels {
    // Decoders check themselves by assertions, and damaged files let them fail (seen in builds
    // with debug assertions, in `zune-jpeg`). That says no more than that the file is damaged.
    let measured = panic::catch_unwind(|| sketch(request)).ok().flatten();
    match measured {
        Some((sketch, transparent)) => Pixels {
            transparent: Some(transparent),
            phash: Some(phash(&sketch.upright(request.orientation))),
        },
        None => Pixels::default(),
    }
}

/// A sketch of the image, and whether a pixel is transparent.
fn sketch(request: &Request<'_>) -> Option<(Sketch, bool)> {
    match request.kind {
        Kind::Png => png_rows::sketch(request.bytes),
        Kind::Jpeg => whole(request, ImageFormat::Jpeg),
        Kind::Gif => whole(request, ImageFormat::Gif),
        Kind::WebP => whole(request, ImageFormat::WebP),
        Kind::Tiff => whole(request, ImageFormat::Tiff),
        Kind::Bmp => whole(request, ImageFormat::Bmp),
        Kind::Heif | Kind::Svg | Kind::Mp4 | Kind::Matroska | Kind::Other => None,
    }
}

fn whole(request: &Request<'_>, format: ImageFormat) -> Option<(Sketch, bool)> {
    let ((width, height), image) = header(request.bytes, format)?;
    if !acceptable(width, height) {
        return None;
    }
    // What the decoder holds beside the image: a copy of the file, coefficients, a canvas, the
    // strips of all channels.
    let beside = match format {
        ImageFormat::Jpeg if request.progressive => image.saturating_mul(2),
        ImageFormat::Jpeg => 0,
        ImageFormat::WebP => image.saturating_mul(2),
        _ => image,
    };
    let file = u64::try_from(request.bytes.len()).ok()?;
    let _pass = GATE.enter(image.saturating_add(beside).saturating_add(file))?;
    let image = decode(request.bytes, format, u64::from(width) * u64::from(height))?;
    let mut sketch = Sketch::new(width, height);
    for y in sketch.rows() {
        sketch.row(y, Columns::ALL, |x| {
            let [r, g, b, _] = u32::try_from(x).map_or([0; 4], |x| image.get_pixel(x, y).0);
            grey(r, g, b)
        });
    }
    Some((sketch, !is_opaque(&image)))
}

/// Width and height, and the bytes of the decoded image.
pub(super) type Header = ((u32, u32), u64);

pub(super) fn header(bytes: &[u8], format: ImageFormat) -> Option<Header> {
    let decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().ok()?;
    Some((decoder.dimensions(), decoder.total_bytes()))
}

/// Decodes a whole image, with at most [`MAX_BYTES`] (the default limit of `image`).
///
/// All else in `image` that takes a reader is generic, and would be compiled with this crate: in
/// builds without optimisation up to ten times slower than `image` itself, which a profile can
/// optimise.
///
/// A large image has a thread of its own: allocators keep freed memory for the thread that used it,
/// and a server decodes on many threads. A thread that starts takes over what ended ones had, so that
/// no more is kept than the decoders at work need.
pub(super) fn decode(bytes: &[u8], format: ImageFormat, pixels: u64) -> Option<DynamicImage> {
    image::guess_format(bytes).ok().filter(|guessed| *guessed == format)?;
    let work = || image::load_from_memory(bytes).ok();
    if pixels < LARGE {
        return work();
    }
    std::thread::scope(|scope| scope.spawn(work).join().ok().flatten())
}

/// An image of no pixels, of too many, or of too many in a row or column is not decoded.
pub(super) fn acceptable(width: u32, height: u32) -> bool {
    width.max(height) <= MAX_SIDE
        && (1..=MAX_DECODED_PIXELS).contains(&(u64::from(width) * u64::from(height)))
}

fn is_opaque(image: &DynamicImage) -> bool {
    match image {
        DynamicImage::ImageLumaA8(image) => all_set(image.as_raw(), [0x00, 0xff]),
        DynamicImage::ImageRgba8(image) => all_set(image.as_raw(), [0, 0, 0, 0xff]),
        DynamicImage::ImageLumaA16(image) => image.pixels().all(|p| p.0[1] == u16::MAX),
        DynamicImage::ImageRgba16(image) => image.pixels().all(|p| p.0[3] == u16::MAX),
        DynamicImage::ImageRgba32F(image) => image.pixels().all(|p| p.0[3] >= 1.0),
        _ => true,
    }
}

/// Whether all pixels have all bits of the mask set. Sixteen bytes at a time: this looks at
/// every pixel, and builds without optimisation have to bear it.
fn all_set<const N: usize>(bytes: &[u8], mask: [u8; N]) -> bool {
    let mut wide = [0; 16];
    for (byte, bits) in wide.iter_mut().zip(mask.iter().cycle()) {
        *byte = *bits;
    }
    let wide = u128::from_ne_bytes(wide);
    let chunks = bytes.chunks_exact(16);
    let rest = chunks.remainder().iter().zip(mask.iter().cycle());
    let mut rest = rest.map(|(byte, bits)| byte & bits == *bits);
    rest.all(|set| set)
        && chunks
            .filter_map(|chunk| chunk.first_chunk())
            .all(|chunk| u128::from_ne_bytes(*chunk) & wide == wide)
}

/// Brightness by the weights of Rec. 709.
fn grey(r: u8, g: u8, b: u8) -> f64 {
    0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b)
}

#[cfg(test)]
mod tests {
    use super::all_set;

    #[test]
    fn one_pixel_among_many_is_seen() {
        let opaque: Vec<u8> = [1, 2, 3, 255].repeat(21);
        assert!(all_set(&opaque, [0, 0, 0, 255]));
        for pixel in 0..21 {
            let mut file = opaque.clone();
            file[pixel * 4 + 3] = 254;
            assert!(!all_set(&file, [0, 0, 0, 255]), "{pixel}");
        }
        assert!(all_set(&[], [0, 255]));
    }
}
