//! The file formats that carry metadata around the pixels.

mod jpeg;
mod png;
mod webp;

use crate::media::quality::QuantisationTables;

/// What the container of an image says, without decoding a pixel.
#[derive(Default)]
pub(super) struct Parts<'a> {
    /// Stored width and height, before EXIF rotation.
    pub(super) dimensions: Option<(u32, u32)>,
    /// The TIFF block that holds the EXIF data (from the byte order mark on).
    pub(super) exif: Option<&'a [u8]>,
    /// The IPTC-IIM block (Photoshop resource 0x0404).
    pub(super) iptc: Option<&'a [u8]>,
    /// An ICC profile is embedded.
    pub(super) colour_profile: bool,
    /// Horizontal and vertical dots per inch as the container (not EXIF) states them.
    pub(super) density: Option<(f64, f64)>,
    /// JPEG only.
    pub(super) tables: QuantisationTables,
}

/// Walks the container that belongs to the MIME type; another type has no parts.
pub(super) fn parts<'a>(bytes: &'a [u8], mime: &str) -> Parts<'a> {
    match mime {
        "image/jpeg" => jpeg::parts(bytes),
        "image/png" => png::parts(bytes),
        "image/webp" => webp::parts(bytes),
        // A TIFF file is an EXIF block of its own.
        "image/tiff" => Parts { exif: Some(bytes), ..Parts::default() },
        _ => Parts::default(),
    }
}

/// Bytes `at .. at + len`, or what there is of them when the file ends before.
fn upto(bytes: &[u8], at: usize, len: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.get(..len).unwrap_or(rest)
}

/// A big-endian 16-bit number at `at`.
fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_be_bytes(*pair))
}

/// A big-endian 32-bit number at `at`.
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_be_bytes(*four))
}
