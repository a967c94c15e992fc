//! WebP: the RIFF chunks that speak about the image.

use super::{Parts, array, le16, le32, upto};

/// Reads the chunks. The extended header's dimensions and alpha flag count for all frames.
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    let mut parts = Parts::default();
    let mut at = 12usize; // RIFF, length, WEBP
    while let Some(length) = le32(bytes, at.saturating_add(4)) {
        let Ok(length) = usize::try_from(length) else { break };
        let body = upto(bytes, at + 8, length);
        match upto(bytes, at, 4) {
            b"VP8X" => {
                parts.dimensions = canvas(body);
                parts.alpha = body.first().map(|flags| flags & 0x10 != 0);
            }
            b"VP8 " if parts.dimensions.is_none() => lossy(&mut parts, body),
            b"VP8L" if parts.dimensions.is_none() => lossless(&mut parts, body),
            b"ICCP" => parts.colour_profile = true,
            // Some writers keep the JPEG prefix in front of the TIFF block.
            b"EXIF" => parts.exif = Some(body.strip_prefix(b"Exif\0\0").unwrap_or(body).into()),
            b"XMP " => parts.xmp.push(body.into()),
            _ => {}
        }
        match at.checked_add(8 + length % 2).and_then(|next| next.checked_add(length)) {
            Some(next) => at = next,
            None => break,
        }
    }
    parts
}

/// Canvas width and height, stored as 24-bit little-endian numbers less one.
fn canvas(body: &[u8]) -> Option<(u32, u32)> {
    let [w0, w1, w2, h0, h1, h2] = array(body, 4)?;
    let less_one = |a, b, c| u32::from_le_bytes([a, b, c, 0]) + 1;
    Some((less_one(w0, w1, w2), less_one(h0, h1, h2)))
}

/// A VP8 key frame: a tag of three bytes, a start code of three, two 14-bit sides.
fn lossy(parts: &mut Parts<'_>, body: &[u8]) {
    let side = |at| le16(body, at).map(|side| u32::from(side & 0x3fff));
    if body.get(3..6) == Some(b"\x9d\x01\x2a") {
        parts.dimensions = side(6).zip(side(8));
        parts.alpha = Some(false);
    }
}

/// A VP8L signature byte, two 14-bit sides less one, the alpha flag.
fn lossless(parts: &mut Parts<'_>, body: &[u8]) {
    if let (Some(0x2f), Some(bits)) = (body.first(), le32(body, 1)) {
        parts.dimensions = Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1));
        parts.alpha = Some(bits >> 28 & 1 == 1);
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn chunks_give_canvas_profile_exif_and_xmp() {
        let mut file = b"RIFF\0\0\0\0WEBP".to_vec();
        file.extend(b"VP8X\x0a\0\0\0\x38\0\0\0\x0f\x00\x00\x07\x01\x00");
        file.extend(b"ICCP\x01\0\0\0a\0");
        file.extend(b"EXIF\x0a\0\0\0Exif\0\0II*\0");
        file.extend(b"XMP \x04\0\0\0<x/>");
        let parts = parts(&file);
        assert_eq!((parts.dimensions, parts.alpha), (Some((16, 264)), Some(true)));
        assert!(parts.colour_profile);
        assert_eq!(parts.exif.as_deref(), Some(&b"II*\0"[..]));
        assert_eq!(parts.xmp, [&b"<x/>"[..]]);
    }

    #[test]
    fn simple_layouts_have_their_own_headers() {
        let lossy = b"RIFF\0\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x10\0\x08\x40";
        assert_eq!(parts(lossy).dimensions, Some((16, 8)));
        let bits = (15_u32 | 7 << 14 | 1 << 28).to_le_bytes();
        let lossless = [b"RIFF\0\0\0\0WEBPVP8L\x05\0\0\0\x2f".as_slice(), &bits].concat();
        assert_eq!(parts(&lossless).dimensions, Some((16, 8)));
        assert_eq!(parts(&lossless).alpha, Some(true));
    }
}
