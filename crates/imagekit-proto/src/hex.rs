//! Bytes as hexadecimal text.

/// `bytes` in lower-case hexadecimal digits.
pub(crate) fn lower(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0xf])
        .map(|nibble| char::from(if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble }))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_byte_has_two_digits() {
        assert_eq!(super::lower(&[0x00, 0x09, 0xaf, 0xff]), "0009afff");
    }
}
