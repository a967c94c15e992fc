//! JPEG: the marker segments before the first scan.

use std::borrow::Cow;

use super::{Parts, be16, be32, photoshop, upto};
use crate::media::exif::is_tiff;

const CM_PER_INCH: f64 = 2.54;
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const EXTENDED_XMP: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
/// Most pieces of extended XMP.
const MAX_PIECES: usize = 1024;
/// Length of the checksum that names an extended packet, in hexadecimal digits.
const GUID: usize = 32;

/// Reads the segments up to the first scan; a segment cut off by the end of the file is read
/// as far as it goes.
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    let mut parts = Parts { alpha: Some(false), ..Parts::default() };
    let mut extended = Vec::new();
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
                let body = upto(bytes, at + 4, length - 2);
                match body.strip_prefix(EXTENDED_XMP).filter(|_| marker == 0xe1) {
                    Some(piece) if extended.len() < MAX_PIECES => extended.push(piece),
                    Some(_) => {}
                    None => segment(&mut parts, marker, body),
                }
                at += 2 + length;
            }
        }
    }
    if let Some(packet) = parts.xmp.first().and_then(|main| joined(main, extended)) {
        parts.xmp.push(packet.into());
    }
    parts
}

fn segment<'a>(parts: &mut Parts<'a>, marker: u8, body: &'a [u8]) {
    match marker {
        0xe0 => {
            if let Some(jfif) = body.strip_prefix(b"JFIF\0") {
                parts.density = jfif_density(jfif).or(parts.density);
                // Shown as they stand, even where they are an aspect ratio (recorded as 1, 1).
                if let (Some(x), Some(y)) = (be16(jfif, 3), be16(jfif, 5)) {
                    parts.fields = vec![("XResolution", x.into()), ("YResolution", y.into())];
                }
            }
        }
        0xe1 => {
            // The sixth byte is a padding byte: mostly NUL, and not worth losing a block over.
            let tiff = body.strip_prefix(b"Exif\0").and_then(|rest| rest.get(1..));
            if parts.exif.is_none() {
                parts.exif = tiff.filter(|tiff| is_tiff(tiff)).map(Cow::Borrowed);
            }
            if let Some(packet) = body.strip_prefix(XMP).filter(|_| parts.xmp.is_empty()) {
                parts.xmp.push(packet.into());
            }
        }
        0xe2 => parts.colour_profile |= body.starts_with(b"ICC_PROFILE\0"),
        0xed => {
            if let Some(resources) = body.strip_prefix(b"Photoshop 3.0\0") {
                let iptc = photoshop::iptc(resources).map(Cow::Borrowed);
                parts.iptc = parts.iptc.take().or(iptc);
            }
        }
        // Start of frame; c4, c8 and cc are other markers.
        0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
            if let (Some(height), Some(width)) = (be16(body, 1), be16(body, 3)) {
                parts.dimensions = Some((width.into(), height.into()));
                parts.progressive = marker & 3 == 2;
            }
        }
        _ => {}
    }
}

/// Density in dots per inch; `None` when JFIF gives an aspect ratio only.
fn jfif_density(jfif: &[u8]) -> Option<f64> {
    let x = f64::from(be16(jfif, 3)?);
    match jfif.get(2)? {
        1 => Some(x),
        2 => Some(x * CM_PER_INCH),
        _ => None,
    }
}

/// Puts an extended XMP packet together: each piece states the packet's name, its whole length
/// and where the piece belongs. A packet with a gap is cut there.
fn joined(main: &[u8], mut pieces: Vec<&[u8]>) -> Option<Vec<u8>> {
    pieces.retain(|piece| {
        let name = piece.get(..GUID);
        name.is_some_and(|name| memchr::memmem::find(main, name).is_some())
    });
    let offset = |piece: &&[u8]| be32(piece, GUID + 4).unwrap_or(u32::MAX);
    pieces.sort_by_key(offset);
    let mut packet = Vec::new();
    for piece in pieces {
        if usize::try_from(offset(&piece)).ok()? != packet.len() {
            break;
        }
        packet.extend_from_slice(piece.get(GUID + 8..)?);
    }
    (!packet.is_empty()).then_some(packet)
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
        for (unit, dpi) in [(0, None), (1, Some(100.0)), (2, Some(254.0))] {
            let file = jpeg(&[(0xe0, &[b'J', b'F', b'I', b'F', 0, 1, 1, unit, 0, 100, 0, 50])]);
            assert_eq!(parts(&file).density, dpi);
            assert_eq!(parts(&file).fields, [("XResolution", 100), ("YResolution", 50)]);
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
    fn extended_xmp_is_put_together_in_order() {
        let name = [b'A'; 32];
        let piece = |name: &[u8], offset: u32, text: &[u8]| {
            [EXTENDED_XMP, name, &6u32.to_be_bytes(), &offset.to_be_bytes(), text].concat()
        };
        let main = [XMP, b"<x HasExtendedXMP='", &name, b"'/>"].concat();
        let file = jpeg(&[
            (0xe1, &piece(&name, 3, b"def")),
            (0xe1, &main),
            (0xe1, &piece(&[b'B'; 32], 0, b"another")),
            (0xe1, &piece(&name, 0, b"abc")),
            (0xe1, &piece(&name, 9, b"behind a gap")),
        ]);
        let parts = parts(&file);
        assert_eq!(parts.xmp.len(), 2);
        assert_eq!(&*parts.xmp[1], b"abcdef");
    }
}
