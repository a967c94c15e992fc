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
    let number = |tag| u32::try_from(exif.image.get(tag)?.as_u64()?).ok();
    // Samples beyond those of the colours are alpha, whatever `ExtraSamples` calls them.
    let colours = match number("PhotometricInterpretation") {
        Some(0 | 1 | 3 | 4) => 1, // grey, palette, mask
        Some(5) => 4,             // CMYK
        _ => 3,
    };
    let samples = number("SamplesPerPixel").unwrap_or(1);
    let iptc = raw_tag(bytes, IPTC).or_else(|| photoshop::iptc(raw_tag(bytes, PHOTOSHOP)?));
    Parts {
        dimensions: number("ImageWidth").zip(number("ImageHeight")),
        alpha: Some(samples > colours),
        exif: Some(bytes.into()),
        iptc: iptc.map(Into::into),
        xmp: raw_tag(bytes, XMP).map(Into::into).into_iter().collect(),
        colour_profile: raw_tag(bytes, ICC_PROFILE).is_some(),
        ..Parts::default()
    }
}
