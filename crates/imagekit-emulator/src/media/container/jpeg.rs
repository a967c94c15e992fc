//! JPEG: the marker segments before the first scan.

use super::{Parts, be16, upto};
use crate::media::exif::is_tiff;

const CM_PER_INCH: f64 = 2.54;

/// Walks the segments up to the first scan; a segment cut off by the end of the file is read
/// as far as it goes.
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    let mut parts = Parts::default();
    let mut at = 2; // after the start-of-image marker
    while let Some(0xff) = bytes.get(at) {
        let Some(&marker) = bytes.get(at + 1) else { break };
        match marker {
            0xff => at += 1,               // fill byte
            0x01 | 0xd0..=0xd8 => at += 2, // markers without a length
            0xd9 | 0xda => break,          // end of image, start of scan
            _ => {
                let length = usize::from(be16(bytes, at + 2).unwrap_or(0));
                if length < 2 {
                    break;
                }
                segment(&mut parts, marker, upto(bytes, at + 4, length - 2));
                at += 2 + length;
            }
        }
    }
    parts
}

fn segment<'a>(parts: &mut Parts<'a>, marker: u8, body: &'a [u8]) {
    match marker {
        0xe0 => {
            if let Some(jfif) = body.strip_prefix(b"JFIF\0") {
                parts.density = jfif_density(jfif).or(parts.density);
            }
        }
        0xe1 => {
            // The sixth byte is a padding byte: mostly NUL, and not worth losing a block over.
            let tiff = body.strip_prefix(b"Exif\0").and_then(|rest| rest.get(1..));
            if parts.exif.is_none() {
                parts.exif = tiff.filter(|tiff| is_tiff(tiff));
            }
        }
        0xe2 => parts.colour_profile |= body.starts_with(b"ICC_PROFILE\0"),
        0xed => {
            if let Some(resources) = body.strip_prefix(b"Photoshop 3.0\0") {
                parts.iptc = parts.iptc.or_else(|| photoshop_iptc(resources));
            }
        }
        0xdb => parts.tables.read_segment(body),
        // Start of frame; c4, c8 and cc are other markers.
        0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
            if let (Some(height), Some(width)) = (be16(body, 1), be16(body, 3)) {
                parts.dimensions = Some((width.into(), height.into()));
            }
        }
        _ => {}
    }
}

/// Density in dots per inch; `None` when JFIF gives an aspect ratio only.
fn jfif_density(jfif: &[u8]) -> Option<(f64, f64)> {
    let (x, y) = (f64::from(be16(jfif, 3)?), f64::from(be16(jfif, 5)?));
    match jfif.get(2)? {
        1 => Some((x, y)),
        2 => Some((x * CM_PER_INCH, y * CM_PER_INCH)),
        _ => None,
    }
}

/// Finds the IPTC record (0x0404) among Photoshop's image resources: `8BIM`, id, a Pascal
/// name and a 32-bit length, name and data padded to even lengths.
fn photoshop_iptc(mut resources: &[u8]) -> Option<&[u8]> {
    loop {
        let rest = resources.strip_prefix(b"8BIM")?;
        let id = be16(rest, 0)?;
        let name = usize::from(*rest.get(2)?) + 1;
        let at = 2 + name + name % 2;
        let length = usize::try_from(super::be32(rest, at)?).ok()?;
        if id == 0x0404 {
            return Some(upto(rest, at + 4, length));
        }
        resources = rest.get(at.checked_add(4)?.checked_add(length)?.checked_add(length % 2)?..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(segments: &[(u8, &[u8])]) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8];
        for (marker, body) in segments {
            bytes.extend([0xff, *marker]);
            bytes.extend((u16::try_from(body.len()).unwrap() + 2).to_be_bytes());
            bytes.extend(*body);
        }
        bytes
    }

    #[test]
    fn density_counts_inches_and_centimetres_but_no_aspect_ratio() {
        for (unit, dpi) in [(0, None), (1, Some((100.0, 50.0))), (2, Some((254.0, 127.0)))] {
            let file = jpeg(&[(0xe0, &[b'J', b'F', b'I', b'F', 0, 1, 1, unit, 0, 100, 0, 50])]);
            assert_eq!(parts(&file).density, dpi);
        }
    }

    #[test]
    fn the_frame_and_the_profile_are_found_behind_fill_bytes() {
        let mut file = jpeg(&[(0xe2, b"ICC_PROFILE\0\x01\x01")]);
        file.extend([0xff, 0xff, 0xff, 0xc2, 0, 8, 8, 0, 3, 0, 5, 1]);
        assert!(parts(&file).colour_profile);
        assert_eq!(parts(&file).dimensions, Some((5, 3)));
    }

    #[test]
    fn exif_is_found_after_xmp_and_even_when_it_is_cut_off() {
        let mut file = jpeg(&[
            (0xe1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
            (0xe1, b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"),
        ]);
        assert!(parts(&file).exif.unwrap().starts_with(b"II*\0\x08"));
        file.truncate(file.len() - 4);
        assert_eq!(parts(&file).exif.unwrap().len(), 10);
    }

    #[test]
    fn iptc_is_found_behind_another_resource() {
        let mut body = b"Photoshop 3.0\0".to_vec();
        body.extend(b"8BIM\x04\x25\x00\x00\x00\x00\x00\x03abc\x00");
        body.extend(b"8BIM\x04\x04\x03abc\x00\x00\x00\x05\x1c\x02\x05\x00\x00");
        assert_eq!(parts(&jpeg(&[(0xed, &body)])).iptc, Some(&b"\x1c\x02\x05\x00\x00"[..]));
    }
}
