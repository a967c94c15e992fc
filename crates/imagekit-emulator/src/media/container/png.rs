//! PNG: the chunks that speak about the image.

use super::{Parts, be32, upto};

const METRES_PER_INCH: f64 = 0.0254;

/// Walks the chunks up to the end; a chunk cut off by the end of the file is read as far as
/// it goes. Checksums are not checked.
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    let mut parts = Parts::default();
    let mut at = 8usize; // after the signature
    while let Some(length) = be32(bytes, at) {
        let Ok(length) = usize::try_from(length) else { break };
        let body = upto(bytes, at + 8, length);
        match upto(bytes, at + 4, 4) {
            b"IHDR" => parts.dimensions = be32(body, 0).zip(be32(body, 4)),
            b"iCCP" => parts.colour_profile = true,
            b"eXIf" => parts.exif = Some(body),
            b"pHYs" if body.get(8) == Some(&1) => {
                let inches = |pixels| f64::from(pixels) * METRES_PER_INCH;
                parts.density = be32(body, 0).map(inches).zip(be32(body, 4).map(inches));
            }
            b"IEND" => break,
            _ => {}
        }
        match at.checked_add(12).and_then(|next| next.checked_add(length)) {
            Some(next) => at = next,
            None => break,
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn chunks_give_size_density_profile_and_exif() {
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        let chunks: [(&[u8], &[u8]); 4] = [
            (b"IHDR", &[0, 0, 0, 7, 0, 0, 0, 9, 8, 2, 0, 0, 0]),
            (b"iCCP", b"x\0\0"),
            (b"pHYs", &[0, 0, 0x2e, 0x23, 0, 0, 0x0b, 0x13, 1]),
            (b"eXIf", b"MM\0*"),
        ];
        for (name, body) in chunks {
            file.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
            file.extend(name);
            file.extend(body);
            file.extend([0; 4]);
        }
        let parts = parts(&file);
        assert_eq!(parts.dimensions, Some((7, 9)));
        assert_eq!(parts.density.map(|(x, y)| (x.round(), y.round())), Some((300.0, 72.0)));
        assert!(parts.colour_profile);
        assert_eq!(parts.exif, Some(&b"MM\0*"[..]));
    }
}
