//! PNG: the chunks that speak about the image.

use super::{Parts, be32, raw_profile, upto};

const METRES_PER_INCH: f64 = 0.0254;
/// Most texts with metadata that are looked at: each may expand to megabytes.
const MAX_TEXTS: usize = 8;

/// Reads the chunks up to the end; a chunk cut off by the end of the file is read as far as
/// it goes. Checksums are not checked.
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    let mut parts = Parts::default();
    let mut texts = 0;
    let mut at = 8usize; // after the signature
    while let Some(length) = be32(bytes, at) {
        let Ok(length) = usize::try_from(length) else { break };
        let body = upto(bytes, at + 8, length);
        match upto(bytes, at + 4, 4) {
            b"IHDR" => header(&mut parts, body),
            b"tRNS" => parts.alpha = Some(true),
            b"iCCP" => parts.colour_profile = true,
            b"eXIf" => parts.exif = Some(body.strip_prefix(b"Exif\0\0").unwrap_or(body).into()),
            kind @ (b"tEXt" | b"zTXt" | b"iTXt") if texts < MAX_TEXTS => {
                texts += usize::from(raw_profile::read(&mut parts, kind, body));
            }
            b"pHYs" if body.get(8) == Some(&1) => {
                parts.density = be32(body, 0).map(|pixels| f64::from(pixels) * METRES_PER_INCH);
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

fn header(parts: &mut Parts<'_>, body: &[u8]) {
    parts.dimensions = be32(body, 0).zip(be32(body, 4));
    // Grey with alpha, RGB with alpha.
    parts.alpha = body.get(9).map(|colour| matches!(colour, 4 | 6));
    // Recorded responses show the size of PNG files, and of no others.
    if let Some((width, height)) = parts.dimensions {
        parts.fields = vec![("ImageWidth", width), ("ImageHeight", height)];
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    fn png(chunks: &[(&[u8], &[u8])]) -> Vec<u8> {
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, body) in chunks {
            file.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
            file.extend(*name);
            file.extend(*body);
            file.extend([0; 4]);
        }
        file
    }

    #[test]
    fn chunks_give_size_density_profile_and_exif() {
        let file = png(&[
            (b"IHDR", &[0, 0, 0, 7, 0, 0, 0, 9, 8, 2, 0, 0, 0]),
            (b"iCCP", b"x\0\0"),
            (b"pHYs", &[0, 0, 0x2e, 0x23, 0, 0, 0x0b, 0x13, 1]),
            (b"eXIf", b"MM\0*"),
        ]);
        let parts = parts(&file);
        assert_eq!((parts.dimensions, parts.alpha), (Some((7, 9)), Some(false)));
        assert_eq!(parts.density.map(f64::round), Some(300.0));
        assert!(parts.colour_profile);
        assert_eq!(parts.exif.as_deref(), Some(&b"MM\0*"[..]));
    }

    #[test]
    fn text_chunks_give_exif_iptc_and_xmp() {
        let zipped =
            miniz_oxide::deflate::compress_to_vec_zlib(b"\nexif\n 10\n457869660000\n4d4d002a\n", 6);
        let iptc = b"Raw profile type iptc\0\niptc\n 17\n3842494d04040000000000051c02050000\n";
        let file = png(&[
            (b"zTXt", &[b"Raw profile type exif\0\0", zipped.as_slice()].concat()),
            (b"tEXt", iptc),
            (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x/>"),
        ]);
        let parts = parts(&file);
        assert_eq!(parts.exif.as_deref(), Some(&b"MM\0*"[..]));
        assert_eq!(parts.iptc.as_deref(), Some(&b"\x1c\x02\x05\0\0"[..]));
        assert_eq!(parts.xmp, [&b"<x/>"[..]]);
    }
}
