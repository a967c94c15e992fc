//! The result of an inspection, and how it is put together.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::exif::Exif;
use super::format::Kind;
use super::measured::Pixels;
use super::{container, embedded, format};

/// Density when the file states none, as ImageKit reports it (72 in the examples of the
/// OpenAPI file).
const DEFAULT_DENSITY: f64 = 72.0;

/// What the bytes of one file say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
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
    /// The response of the metadata API.
    pub metadata: Metadata,
    embedded: Map<String, Value>,
}

/// The response of `get-uploaded-file-metadata` (schema `Metadata` of the OpenAPI file); it
/// serialises in the API's spelling. Images have what the pixels and the headers say, videos
/// and audio files size, duration, bit rate and codecs, other files size and format alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[non_exhaustive]
pub struct Metadata {
    /// Height in pixels after rotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Width in pixels after rotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Bits per second of the whole file (videos and audio): its size over its duration. The
    /// schema says kbit/s, its examples are bit/s.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bit_rate: Option<u64>,
    /// Whole seconds that have passed at the end (videos and audio): 7.58 seconds are 7, by
    /// the upload example of the OpenAPI file, whose bit rate and size tell the fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<u64>,
    /// Codec of the first audio track, in FFmpeg's names: `aac`, `opus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_codec: Option<String>,
    /// Codec of the first video track, in FFmpeg's names: `h264`, `vp9`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_codec: Option<String>,
    /// Size of the file in bytes.
    pub size: u64,
    /// Short name of the format: `jpg`, `png`, `gif`, `webp`, or another file extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// An ICC profile is embedded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_color_profile: Option<bool>,
    /// 0 for every image, as in every recorded response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<u8>,
    /// Dots per inch: by EXIF, else by the container (JFIF, pHYs), else 72.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub density: Option<u32>,
    /// At least one pixel is not opaque; absent when the image has an alpha channel and the
    /// pixels were not decoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_transparency: Option<bool>,
    /// EXIF by groups, all of them empty in an image without EXIF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exif: Option<Exif>,
    /// Perceptual hash, 16 hex digits; absent when the pixels were not decoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p_hash: Option<String>,
}

impl Inspection {
    /// EXIF, IPTC and XMP in one flat map (`embeddedMetadata` of a file): codes as words, dates
    /// as ISO 8601, places in decimal degrees; where EXIF has none the resolution of a JFIF
    /// header, and the size of a PNG file. What ImageKit adds from its own clock
    /// (`DateCreated`, `DateTimeCreated` of files without a date) is the caller's to add.
    ///
    /// ```
    /// let photo = imagekit_emulator::media::sample_photo();
    /// let embedded = imagekit_emulator::media::inspect(&photo).embedded();
    /// assert_eq!(embedded["Orientation"], "Horizontal (normal)");
    /// assert_eq!(embedded["DateTimeOriginal"], "2025-06-21T19:14:07.000Z");
    /// ```
    pub fn embedded(&self) -> Map<String, Value> {
        self.embedded.clone()
    }
}

/// Reads the metadata of a file. It never panics and never fails: an unknown format is
/// `application/octet-stream`, and a damaged image has the metadata that can be read.
///
/// The pixels of JPEG, PNG, GIF, WebP, TIFF and BMP files are decoded (with feature `media`),
/// [`MAX_DECODED_PIXELS`](super::MAX_DECODED_PIXELS) at most; of AVIF, HEIC and SVG the headers
/// are read. Decoding takes 512 MiB at once in all threads together, later calls wait.
///
/// ```
/// let inspection = imagekit_emulator::media::inspect(b"plain text");
/// assert!(!inspection.is_image);
/// assert_eq!(serde_json::to_value(&inspection.metadata)?, serde_json::json!({ "size": 10 }));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn inspect(bytes: &[u8]) -> Inspection {
    let file = format::sniff(bytes);
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let metadata =
        Metadata { size, format: file.extension.map(str::to_owned), ..Metadata::default() };
    let inspection = Inspection { mime: file.mime.to_owned(), metadata, ..Inspection::default() };
    if file.mime.starts_with("image/") {
        image(bytes, file.kind, inspection)
    } else {
        video(bytes, file.kind, inspection)
    }
}

fn video(bytes: &[u8], kind: Kind, mut inspection: Inspection) -> Inspection {
    let video = container::video(bytes, kind);
    let metadata = &mut inspection.metadata;
    (metadata.width, metadata.height) = video.dimensions.unzip();
    // A float beyond the integer's range becomes its largest value.
    metadata.duration = video.seconds.map(|seconds| seconds as u64);
    metadata.bit_rate = video.seconds.map(|seconds| (metadata.size as f64 * 8.0 / seconds) as u64);
    metadata.video_codec = video.video_codec;
    metadata.audio_codec = video.audio_codec;
    inspection
}

fn image(bytes: &[u8], kind: Kind, mut inspection: Inspection) -> Inspection {
    let parts = container::parts(bytes, kind);
    let exif = parts.exif.as_deref().and_then(Exif::read);
    inspection.is_image = true;
    inspection.has_alpha = parts.alpha;
    inspection.orientation = exif.as_ref().map(Exif::orientation);
    let exif = exif.unwrap_or_default();
    let orientation = parts.turn.unwrap_or(exif.orientation());
    let pixels = pixels(bytes, kind, parts.progressive, orientation);
    // Orientations 5 to 8 lie on their side.
    let shown = parts.dimensions.filter(|(width, height)| *width > 0 && *height > 0);
    let shown = shown
        .map(|(width, height)| if orientation > 4 { (height, width) } else { (width, height) });
    let density = exif.density().or(parts.density).unwrap_or(DEFAULT_DENSITY);
    inspection.embedded = embedded::flat(&exif, &parts);
    let metadata = &mut inspection.metadata;
    (metadata.width, metadata.height) = shown.unzip();
    metadata.has_color_profile = Some(parts.colour_profile);
    metadata.quality = Some(0);
    // Rounded; a density beyond the integer's range becomes its largest value.
    metadata.density = Some(density.round() as u32);
    // An opaque format needs no look at its pixels.
    metadata.has_transparency = parts.alpha.filter(|alpha| !alpha).or(pixels.transparent);
    metadata.exif = Some(exif);
    metadata.p_hash = pixels.phash;
    inspection
}

#[cfg(feature = "media")]
fn pixels(bytes: &[u8], kind: Kind, progressive: bool, orientation: u8) -> Pixels {
    super::pixels::measure(&super::pixels::Request { bytes, kind, progressive, orientation })
}

#[cfg(not(feature = "media"))]
fn pixels(_bytes: &[u8], _kind: Kind, _progressive: bool, _orientation: u8) -> Pixels {
    Pixels::default()
}
