//! Bytes as hexadecimal digits.

#[cfg(feature = "sign")]
const LOWER: &[u8; 16] = b"0123456789abcdef";
const UPPER: &[u8; 16] = b"0123456789ABCDEF";

const fn digits(byte: u8, of: &[u8; 16]) -> [u8; 2] {
    [of[(byte >> 4) as usize], of[(byte & 15) as usize]]
}

/// Appends `byte` percent-encoded, as `%XX`.
pub(crate) fn push_percent(text: &mut String, byte: u8) {
    text.push('%');
    text.extend(digits(byte, UPPER).map(char::from));
}

/// Appends the two lower-case digits of `byte`.
#[cfg(feature = "sign")]
pub(crate) fn push(text: &mut String, byte: u8) {
    text.extend(digits(byte, LOWER).map(char::from));
}

/// Returns `bytes` in lower-case digits.
#[cfg(feature = "sign")]
pub(crate) fn lower(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    bytes.iter().for_each(|byte| push(&mut text, *byte));
    text
}

/// Returns a SHA-1 digest in lower-case digits, without an allocation.
#[cfg(feature = "sign")]
pub(crate) fn of_sha1(digest: &[u8; 20]) -> [u8; 40] {
    let mut text = [b'0'; 40];
    for (pair, byte) in text.chunks_exact_mut(2).zip(digest) {
        pair.copy_from_slice(&digits(*byte, LOWER));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_two_digits() {
        let mut text = String::new();
        [0x00, 0x09, 0xaf, 0xff].iter().for_each(|byte| push_percent(&mut text, *byte));
        assert_eq!(text, "%00%09%AF%FF");
    }

    #[cfg(feature = "sign")]
    #[test]
    fn digests_are_in_lower_case() {
        assert_eq!(lower(&[0x00, 0x09, 0xaf, 0xff]), "0009afff");
        let mut digest = [0; 20];
        digest[19] = 0xaf;
        assert_eq!(of_sha1(&digest).as_slice(), lower(&digest).as_bytes());
    }
}
