//! Photoshop's image resources, which JPEG, PNG and TIFF files carry.

use super::{be16, be32, upto};

const IPTC: u16 = 0x0404;

/// Finds the IPTC record: `8BIM`, id, a Pascal name and a 32-bit length, name and data padded
/// to even lengths.
pub(super) fn iptc(mut resources: &[u8]) -> Option<&[u8]> {
    loop {
        let rest = resources.strip_prefix(b"8BIM")?;
        let id = be16(rest, 0)?;
        let name = usize::from(*rest.get(2)?) + 1;
        let at = 2 + name + name % 2;
        let length = usize::try_from(be32(rest, at)?).ok()?;
        if id == IPTC {
            return Some(upto(rest, at + 4, length));
        }
        resources = rest.get(at.checked_add(4)?.checked_add(length)?.checked_add(length % 2)?..)?;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn iptc_is_found_behind_another_resource() {
        let mut body = b"8BIM\x04\x25\x00\x00\x00\x00\x00\x03abc\x00".to_vec();
        body.extend(b"8BIM\x04\x04\x03abc\x00\x00\x00\x05\x1c\x02\x05\x00\x00");
        assert_eq!(super::iptc(&body), Some(&b"\x1c\x02\x05\x00\x00"[..]));
    }
}
