//! GIF: the logical screen and the blocks before and between the frames.

use super::{Parts, le16, upto};

/// Reads the blocks up to the trailer.
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    let mut parts = Parts { alpha: Some(false), ..Parts::default() };
    let side = |at| le16(bytes, at).map(u32::from);
    parts.dimensions = side(6).zip(side(8));
    let mut at = 13 + palette(bytes.get(10));
    while let Some(introducer) = bytes.get(at) {
        match introducer {
            0x21 => {
                let body = upto(bytes, at + 2, usize::MAX);
                extension(&mut parts, bytes.get(at + 1), body);
                at = after_blocks(bytes, at + 2);
            }
            // An image descriptor, its palette, the code size, then data.
            0x2c => at = after_blocks(bytes, at + 11 + palette(bytes.get(at + 9))),
            _ => break,
        }
    }
    parts
}

fn extension<'a>(parts: &mut Parts<'a>, label: Option<&u8>, body: &'a [u8]) {
    match (label, body) {
        // Graphic control: the lowest flag says that one colour is transparent.
        (Some(0xf9), [4, flags, ..]) if flags & 1 == 1 => parts.alpha = Some(true),
        (Some(0xff), [11, rest @ ..]) => {
            let packet = rest.strip_prefix(b"XMP DataXMP").filter(|_| parts.xmp.is_empty());
            if let Some(rest) = packet {
                // The packet is no sequence of blocks. Behind it come 256 bytes that lead a
                // reader of blocks to the end, the first of which is 1.
                let end = memchr::memmem::find(rest, b"\x01\xff\xfe\xfd").unwrap_or(rest.len());
                parts.xmp.extend(rest.get(..end).map(Into::into));
            } else if rest.starts_with(b"ICCRGBG1012") {
                parts.colour_profile = true;
            }
        }
        _ => {}
    }
}

/// Bytes of the colour table that the flags announce.
fn palette(flags: Option<&u8>) -> usize {
    match flags {
        Some(flags) if flags & 0x80 != 0 => 3 << ((flags & 7) + 1),
        _ => 0,
    }
}

/// Where the sub-blocks that begin at `at` end.
fn after_blocks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(length) = bytes.get(at).filter(|length| **length != 0) {
        at += 1 + usize::from(*length);
    }
    at + 1
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn blocks_give_size_transparency_and_xmp() {
        let mut file = b"GIF89a\x07\0\x09\0\x80\0\0ABCDEF".to_vec();
        let trailer: Vec<u8> = [1].into_iter().chain((0..=255).rev()).chain([0]).collect();
        file.extend([b"\x21\xff\x0bXMP DataXMP<x/>", trailer.as_slice()].concat());
        assert_eq!(parts(&file).alpha, Some(false));
        file.extend(b"\x2c\0\0\0\0\x07\0\x09\0\0\x02\x01\x44\0");
        file.extend(b"\x21\xf9\x04\x01\0\0\0\0;");
        let parts = parts(&file);
        assert_eq!((parts.dimensions, parts.alpha), (Some((7, 9)), Some(true)));
        assert_eq!(parts.xmp, [&b"<x/>"[..]]);
    }
}
