//! TIFF: an EXIF block of its own, with the other blocks in tags.

use super::{Parts, photoshop};
use crate::media::exif::{Exif, raw_tag};

const XMP: u16 = 0x02bc;
const IPTC: u16 = 0x83bb;
const PHOTOSHOP: u16 = 0x8649;
const ICC_PROFILE: u16 = 0x8773;

/// Reads the first directory.
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    let exif = Exif::read(bytes).unwrap_or_default();
    let side = |tag| u32::try_from(exif.image.get(tag)?.as_u64()?).ok();
    // What the samples behind the colours mean: 1 and 2 are alpha, 0 is nothing known.
    let is_alpha = |value: &serde_json::Value| matches!(value.as_u64(), Some(1 | 2));
    let alpha = match exif.image.get("ExtraSamples") {
        Some(serde_json::Value::Array(samples)) => samples.iter().any(is_alpha),
        Some(sample) => is_alpha(sample),
        None => false,
    };
    let iptc = raw_tag(bytes, IPTC).or_else(|| photoshop::iptc(raw_tag(bytes, PHOTOSHOP)?));
    Parts {
        dimensions: side("ImageWidth").zip(side("ImageHeight")),
        alpha: Some(alpha),
        exif: Some(bytes.into()),
        iptc: iptc.map(Into::into),
        xmp: raw_tag(bytes, XMP).map(Into::into).into_iter().collect(),
        colour_profile: raw_tag(bytes, ICC_PROFILE).is_some(),
        ..Parts::default()
    }
}
