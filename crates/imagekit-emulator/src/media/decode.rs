//! Whole images in memory, for what changes them.

use std::io::Cursor;
use std::panic;

use image::metadata::Orientation;
use image::{DynamicImage, GrayAlphaImage, GrayImage, ImageFormat, RgbImage, RgbaImage};
use png::{BitDepth, ColorType, Decoder, Transformations};

use super::container;
use super::exif::Exif;
use super::format::{self, Kind};
use super::gate::Pass;
use super::pixels::{GATE, Header, acceptable, decode, header};

/// What is known of an image before it is decoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    bytes: &'a [u8],
    kind: Kind,
    pub(crate) mime: &'static str,
    /// As stored; the shown image may lie on its side.
    pub(crate) pixels: u64,
    /// Bytes that the decoder uses at most, without the image in RGBA.
    pub(crate) cost: u64,
    orientation: u8,
}

/// Why an image cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// There is no decoder for this type of file.
    Format(&'static str),
    /// It is damaged, or has too many pixels.
    Damaged,
}

/// Waits until this many bytes of the memory for decoded images are free, and reserves them;
/// `None` if there are not so many.
pub(crate) fn reserve(bytes: u64) -> Option<Pass<'static>> {
    GATE.enter(bytes)
}

/// Reads the header of an image.
pub(crate) fn open(bytes: &[u8]) -> Result<Source<'_>, Unreadable> {
    let file = format::sniff(bytes);
    let header = match file.kind {
        Kind::Png => quietly(|| png_header(bytes)),
        kind => {
            let format = image_format(kind).ok_or(Unreadable::Format(file.mime))?;
            quietly(|| header(bytes, format))
        }
    };
    let ((width, height), image) = header.ok_or(Unreadable::Damaged)?;
    if !acceptable(width, height) {
        return Err(Unreadable::Damaged);
    }
    let parts = container::parts(bytes, file.kind);
    let exif = parts.exif.as_deref().and_then(Exif::read);
    let orientation = parts.turn.or(exif.map(|exif| exif.orientation())).unwrap_or(1);
    // As in `pixels`: what decoders hold beside the image.
    let beside = match file.kind {
        Kind::Jpeg if !parts.progressive => 0,
        Kind::Jpeg | Kind::WebP => image.saturating_mul(2),
        _ => image,
    };
    let cost = image.saturating_add(beside).saturating_add(bytes.len() as u64);
    let pixels = u64::from(width) * u64::from(height);
    Ok(Source { bytes, kind: file.kind, mime: file.mime, pixels, cost, orientation })
}

impl Source<'_> {
    /// Decodes the image (the first frame of an animation) and turns it upright. The caller
    /// [reserves](reserve) the memory.
    pub(crate) fn decode(&self) -> Result<RgbaImage, Unreadable> {
        let decoded = quietly(|| match self.kind {
            Kind::Png => decode_png(self.bytes),
            kind => decode(self.bytes, image_format(kind)?, self.pixels),
        });
        let mut image = DynamicImage::from(decoded.ok_or(Unreadable::Damaged)?.into_rgba8());
        if let Some(orientation) = Orientation::from_exif(self.orientation) {
            image.apply_orientation(orientation);
        }
        Ok(image.into_rgba8())
    }
}

/// Decoders check themselves by assertions, and damaged files let them fail.
fn quietly<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    panic::catch_unwind(panic::AssertUnwindSafe(work)).ok().flatten()
}

fn image_format(kind: Kind) -> Option<ImageFormat> {
    match kind {
        Kind::Jpeg => Some(ImageFormat::Jpeg),
        Kind::Gif => Some(ImageFormat::Gif),
        Kind::WebP => Some(ImageFormat::WebP),
        Kind::Tiff => Some(ImageFormat::Tiff),
        Kind::Bmp => Some(ImageFormat::Bmp),
        Kind::Png | Kind::Heif | Kind::Svg | Kind::Mp4 | Kind::Matroska | Kind::Other => None,
    }
}

fn png_reader(bytes: &[u8]) -> Option<png::Reader<Cursor<&[u8]>>> {
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.ignore_checksums(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    decoder.read_info().ok()
}

fn png_header(bytes: &[u8]) -> Option<Header> {
    let reader = png_reader(bytes)?;
    let size = u64::try_from(reader.output_buffer_size()?).ok()?;
    Some((reader.info().size(), size))
}

fn decode_png(bytes: &[u8]) -> Option<DynamicImage> {
    let mut reader = png_reader(bytes)?;
    let (width, height) = reader.info().size();
    let (color, BitDepth::Eight) = reader.output_color_type() else { return None };
    let mut pixels = vec![0; reader.output_buffer_size()?];
    reader.next_frame(&mut pixels).ok()?;
    match color {
        ColorType::Grayscale => GrayImage::from_raw(width, height, pixels).map(Into::into),
        ColorType::GrayscaleAlpha => {
            GrayAlphaImage::from_raw(width, height, pixels).map(Into::into)
        }
        ColorType::Rgb => RgbImage::from_raw(width, height, pixels).map(Into::into),
        ColorType::Rgba => RgbaImage::from_raw(width, height, pixels).map(Into::into),
        ColorType::Indexed => None,
    }
}
