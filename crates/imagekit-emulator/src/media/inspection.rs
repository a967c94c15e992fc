//! The result of an inspection, and how it is put together.

use serde::Serialize;
use serde_json::{Map, Value};

use super::exif::Exif;
use super::{container, embedded, format, iptc, pixels};

/// Density when the file states none, as ImageKit reports it (72 in the examples of the
/// OpenAPI file).
const DEFAULT_DENSITY: f64 = 72.0;

/// What the bytes of one file say.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Inspection {
    /// MIME type by the first bytes, `application/octet-stream` when they are not known.
    pub mime: String,
    /// An image of any kind (`fileType` is `image`, else `non-image`).
    pub is_image: bool,
    /// The image has an alpha channel (`hasAlpha`); `None` when this is not known.
    pub has_alpha: Option<bool>,
    /// EXIF orientation, 1 to 8; `None` without EXIF.
    pub orientation: Option<u8>,
    /// The answer of the metadata API.
    pub metadata: Metadata,
    iptc: Map<String, Value>,
    /// Dots per inch of the container, across and down.
    resolution: Option<(f64, f64)>,
}

/// The answer of `get-uploaded-file-metadata` for an image (schema `Metadata` of the OpenAPI
/// file); it serialises in the API's spelling. A file that is not an image has size and format
/// alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Metadata {
    /// Height in pixels after EXIF rotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Width in pixels after EXIF rotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Size of the file in bytes.
    pub size: u64,
    /// Short name of the format: `jpg`, `png`, `gif`, `webp`, or another file extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// An ICC profile is embedded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_color_profile: Option<bool>,
    /// JPEG quality from 1 to 100, estimated from the quantisation tables; 0 when unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<u8>,
    /// Dots per inch: by EXIF, else by the container (JFIF, pHYs), else 72.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub density: Option<u32>,
    /// At least one pixel is not opaque; absent when the pixels could not be decoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_transparency: Option<bool>,
    /// EXIF by groups, all of them empty in an image without EXIF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exif: Option<Exif>,
    /// Perceptual hash, 16 hex digits; absent when the pixels could not be decoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p_hash: Option<String>,
}

impl Inspection {
    /// EXIF and IPTC in one flat map (`embeddedMetadata` of a file): codes as words, dates as
    /// ISO 8601, places in decimal degrees; the resolution of a JFIF or PNG header where EXIF has none. XMP is not
    /// read. What ImageKit adds from its own clock (`DateCreated`, `DateTimeCreated` of files
    /// without a date) is the caller's to add.
    ///
    /// ```
    /// let photo = imagekit_emulator::media::sample_photo();
    /// let embedded = imagekit_emulator::media::inspect(&photo).embedded();
    /// assert_eq!(embedded["Orientation"], "Horizontal (normal)");
    /// assert_eq!(embedded["DateTimeOriginal"], "2025-06-21T19:14:07.000Z");
    /// ```
    pub fn embedded(&self) -> Map<String, Value> {
        let none = Exif::default();
        let mut map = embedded::flat(self.metadata.exif.as_ref().unwrap_or(&none), &self.iptc);
        if let Some((x, y)) = self.resolution {
            map.entry("XResolution").or_insert_with(|| whole(x).into());
            map.entry("YResolution").or_insert_with(|| whole(y).into());
        }
        map
    }
}

/// Inspects a file. Never panics and never fails: bytes that nothing is known of are an
/// `application/octet-stream`, and of a damaged image what can be read is given.
///
/// At most [`MAX_DECODED_PIXELS`](super::MAX_DECODED_PIXELS) pixels are decoded.
///
/// ```
/// let inspection = imagekit_emulator::media::inspect(b"plain text");
/// assert!(!inspection.is_image);
/// assert_eq!(serde_json::to_value(&inspection.metadata)?, serde_json::json!({ "size": 10 }));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn inspect(bytes: &[u8]) -> Inspection {
    let kind = format::sniff(bytes);
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let format = kind.extension.map(str::to_owned);
    let is_image = kind.mime.starts_with("image/");
    if !is_image {
        let metadata = Metadata { size, format, ..Metadata::default() };
        return Inspection { mime: kind.mime.to_owned(), metadata, ..Inspection::default() };
    }
    let parts = container::parts(bytes, kind.mime);
    let exif = parts.exif.and_then(Exif::read);
    let orientation = exif.as_ref().map(Exif::orientation);
    let turn = orientation.unwrap_or(1);
    let pixels = kind.pixels.map(|format| pixels::measure(bytes, format, turn)).unwrap_or_default();
    let stored = parts.dimensions.or(pixels.dimensions).or_else(|| tiff_dimensions(exif.as_ref()));
    // Orientations 5 to 8 lie on their side.
    let shown =
        stored.map(|(width, height)| if turn > 4 { (height, width) } else { (width, height) });
    let density = exif.as_ref().and_then(Exif::density).or(parts.density.map(|(x, _)| x));
    Inspection {
        mime: kind.mime.to_owned(),
        is_image,
        has_alpha: pixels.alpha,
        orientation,
        iptc: parts.iptc.map(iptc::read).unwrap_or_default(),
        resolution: parts.density,
        metadata: Metadata {
            height: shown.map(|(_, height)| height),
            width: shown.map(|(width, _)| width),
            size,
            format,
            has_color_profile: Some(parts.colour_profile || tiff_profile(exif.as_ref())),
            quality: Some(parts.tables.quality()),
            density: Some(whole(density.unwrap_or(DEFAULT_DENSITY))),
            // An opaque format needs no look at its pixels.
            has_transparency: pixels.transparent.or(pixels.alpha.filter(|alpha| !alpha)),
            exif: Some(exif.unwrap_or_default()),
            p_hash: pixels.phash,
        },
    }
}

/// A TIFF file states its size in the tags of its first directory.
fn tiff_dimensions(exif: Option<&Exif>) -> Option<(u32, u32)> {
    let side = |tag| u32::try_from(exif?.image.get(tag)?.as_u64()?).ok();
    side("ImageWidth").zip(side("ImageHeight"))
}

/// A TIFF file keeps its ICC profile in a tag as well.
fn tiff_profile(exif: Option<&Exif>) -> bool {
    exif.is_some_and(|exif| exif.image.contains_key("ICC_Profile"))
}

/// Rounds; a density beyond `u32` is `u32::MAX`.
fn whole(density: f64) -> u32 {
    density.round() as u32
}
