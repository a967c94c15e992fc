//! WebP: the RIFF chunks that speak about the image.

use super::{Parts, upto};

/// Walks the chunks; the dimensions come from the extended header where there is one (the
/// decoder knows them for the simple layouts).
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    let mut parts = Parts::default();
    let mut at = 12usize; // RIFF, length, WEBP
    while let Some(length) = bytes.get(at + 4..).and_then(<[u8]>::first_chunk::<4>) {
        let Ok(length) = usize::try_from(u32::from_le_bytes(*length)) else { break };
        let body = upto(bytes, at + 8, length);
        match upto(bytes, at, 4) {
            b"VP8X" => parts.dimensions = canvas(body),
            b"ICCP" => parts.colour_profile = true,
            // Some writers keep the JPEG prefix in front of the TIFF block.
            b"EXIF" => parts.exif = Some(body.strip_prefix(b"Exif\0\0").unwrap_or(body)),
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
    let [w0, w1, w2, h0, h1, h2] = *body.get(4..)?.first_chunk::<6>()?;
    let less_one = |a, b, c| u32::from_le_bytes([a, b, c, 0]) + 1;
    Some((less_one(w0, w1, w2), less_one(h0, h1, h2)))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn chunks_give_canvas_profile_and_exif() {
        let mut file = b"RIFF\0\0\0\0WEBP".to_vec();
        file.extend(b"VP8X\x0a\0\0\0\x28\0\0\0\x0f\x00\x00\x07\x01\x00");
        file.extend(b"ICCP\x01\0\0\0a\0");
        file.extend(b"EXIF\x0a\0\0\0Exif\0\0II*\0");
        let parts = parts(&file);
        assert_eq!(parts.dimensions, Some((16, 264)));
        assert!(parts.colour_profile);
        assert_eq!(parts.exif, Some(&b"II*\0"[..]));
    }
}
