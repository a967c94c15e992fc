//! Bytes as hexadecimal text.

/// `bytes` in lower-case hexadecimal digits.
pub(crate) fn lower(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    bytes.iter().for_each(|byte| push(&mut text, *byte));
    text
}

/// Appends the two digits of `byte`.
pub(crate) fn push(text: &mut String, byte: u8) {
    for nibble in [byte >> 4, byte & 0xf] {
        text.push(char::from(if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble }));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_byte_has_two_digits() {
        assert_eq!(super::lower(&[0x00, 0x09, 0xaf, 0xff]), "0009afff");
    }
}
