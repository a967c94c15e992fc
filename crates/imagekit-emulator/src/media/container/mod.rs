//! The file formats that carry metadata around the pixels.

mod bmp;
mod boxes;
mod gif;
mod heif;
mod jpeg;
mod matroska;
mod mp4;
mod photoshop;
mod png;
mod raw_profile;
mod svg;
mod tiff;
mod webp;

use std::borrow::Cow;

use super::format::Kind;

/// What the container of an image says, without decoding a pixel.
#[derive(Default)]
pub(super) struct Parts<'a> {
    /// Stored width and height, before any rotation.
    pub(super) dimensions: Option<(u32, u32)>,
    /// The pixels have an alpha channel; `None` when the header does not say.
    pub(super) alpha: Option<bool>,
    /// Rotation that the container itself asks for, in EXIF's numbers; it replaces EXIF's.
    pub(super) turn: Option<u8>,
    /// The TIFF block that holds the EXIF data (from the byte order mark on).
    pub(super) exif: Option<Cow<'a, [u8]>>,
    /// The IPTC-IIM block (Photoshop resource 0x0404).
    pub(super) iptc: Option<Cow<'a, [u8]>>,
    /// XMP packets: the main one, then what it continues in.
    pub(super) xmp: Vec<Cow<'a, [u8]>>,
    /// An ICC profile is embedded.
    pub(super) colour_profile: bool,
    /// Horizontal dots per inch as the container (not EXIF) states them.
    pub(super) density: Option<f64>,
    /// Header fields that `embeddedMetadata` shows where EXIF has none.
    pub(super) fields: Vec<(&'static str, u32)>,
    /// The decoder needs the coefficients of the whole image at once (progressive JPEG).
    pub(super) progressive: bool,
}

/// What the container of a video says.
#[derive(Default, Debug, PartialEq)]
pub(super) struct Video {
    /// Width and height as shown.
    pub(super) dimensions: Option<(u32, u32)>,
    pub(super) seconds: Option<f64>,
    /// Codecs of the first track of either kind, in FFmpeg's names.
    pub(super) video_codec: Option<String>,
    pub(super) audio_codec: Option<String>,
}

/// Reads the container of an image; another kind has no parts.
pub(super) fn parts(bytes: &[u8], kind: Kind) -> Parts<'_> {
    match kind {
        Kind::Jpeg => jpeg::parts(bytes),
        Kind::Png => png::parts(bytes),
        Kind::Gif => gif::parts(bytes),
        Kind::WebP => webp::parts(bytes),
        Kind::Tiff => tiff::parts(bytes),
        Kind::Bmp => bmp::parts(bytes),
        Kind::Heif => heif::parts(bytes),
        Kind::Svg => svg::parts(bytes),
        Kind::Mp4 | Kind::Matroska | Kind::Other => Parts::default(),
    }
}

/// Reads the container of a video or an audio file; another kind says nothing.
pub(super) fn video(bytes: &[u8], kind: Kind) -> Video {
    match kind {
        Kind::Mp4 => mp4::video(bytes),
        Kind::Matroska => matroska::video(bytes),
        _ => Video::default(),
    }
}

/// Bytes `at .. at + len`, or what there is of them when the file ends before.
fn upto(bytes: &[u8], at: usize, len: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.get(..len).unwrap_or(rest)
}

/// The bytes at `at`.
fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

/// A big-endian 16-bit number at `at`.
fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_be_bytes)
}

/// A big-endian 32-bit number at `at`.
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_be_bytes)
}

/// A big-endian 64-bit number at `at`.
fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    array(bytes, at).map(u64::from_be_bytes)
}

/// A little-endian 16-bit number at `at`.
fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_le_bytes)
}

/// A little-endian 32-bit number at `at`.
fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_le_bytes)
}
