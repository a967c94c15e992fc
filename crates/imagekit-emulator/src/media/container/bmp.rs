//! BMP: the information header behind the file header.

use super::{Parts, array, le16, le32};

const METRES_PER_INCH: f64 = 0.0254;

/// Reads the header: the short one of OS/2, or Windows' in any of its versions.
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    let mut parts = Parts::default();
    let header = le32(bytes, 14).unwrap_or(0);
    if header == 12 {
        let side = |at| le16(bytes, at).map(u32::from);
        parts.dimensions = side(18).zip(side(20));
        parts.alpha = Some(false);
        return parts;
    }
    // A negative height means that the top row comes first.
    let side = |at| array(bytes, at).map(|side| i32::from_le_bytes(side).unsigned_abs());
    parts.dimensions = side(18).zip(side(22));
    parts.density =
        le32(bytes, 38).filter(|x| *x > 0).map(|pixels| f64::from(pixels) * METRES_PER_INCH);
    // Alpha has a mask from version 3 of the header on.
    let mask = if header >= 56 { le32(bytes, 66) } else { Some(0) };
    parts.alpha = mask.map(|mask| mask != 0);
    // The colour space is an embedded profile: `MBED`, spelt backwards in the file.
    parts.colour_profile = header >= 124 && bytes.get(70..74) == Some(b"DEBM");
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn headers_of_both_kinds_are_read() {
        let mut file = [b"BM".as_slice(), &[0; 12], &40u32.to_le_bytes()].concat();
        file.extend(7i32.to_le_bytes());
        file.extend((-9i32).to_le_bytes());
        file.extend([0; 12]);
        file.extend(11811u32.to_le_bytes());
        let windows = parts(&file);
        assert_eq!((windows.dimensions, windows.alpha), (Some((7, 9)), Some(false)));
        assert_eq!(windows.density.map(f64::round), Some(300.0));
        let old = [b"BM".as_slice(), &[0; 12], &12u32.to_le_bytes(), &[7, 0, 9, 0]].concat();
        assert_eq!(parts(&old).dimensions, Some((7, 9)));
    }
}
