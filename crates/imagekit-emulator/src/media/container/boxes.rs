//! ISO base media (ISO/IEC 14496-12): a file is boxes, some of which hold boxes.

use super::{array, be32, be64};

/// A box: its type and what is in it.
#[derive(Clone, Copy)]
pub(super) struct Box<'a> {
    pub(super) kind: [u8; 4],
    pub(super) body: &'a [u8],
}

/// The boxes that stand one behind the other in `bytes`. One that the end cuts off is the last.
pub(super) fn boxes(mut bytes: &[u8]) -> impl Iterator<Item = Box<'_>> + Clone {
    std::iter::from_fn(move || {
        let kind = array(bytes, 4)?;
        let (header, size) = match be32(bytes, 0)? {
            0 => (8, bytes.len()), // up to the end
            1 => (16, usize::try_from(be64(bytes, 8)?).unwrap_or(usize::MAX)),
            size => (8, usize::try_from(size).ok()?),
        };
        if size < header {
            return None;
        }
        let (this, rest) = bytes.split_at(size.min(bytes.len()));
        bytes = rest;
        Some(Box { kind, body: this.get(header..)? })
    })
}

/// The first box of a type.
pub(super) fn child<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(bytes).find(|found| found.kind == *kind).map(|found| found.body)
}

/// The box at the end of a path of types.
pub(super) fn descend<'a>(bytes: &'a [u8], path: &[&[u8; 4]]) -> Option<&'a [u8]> {
    path.iter().try_fold(bytes, |bytes, kind| child(bytes, kind))
}

/// Splits the version and the flags off the body of a full box.
pub(super) fn full(body: &[u8]) -> Option<(u8, u32, &[u8])> {
    let word = be32(body, 0)?;
    Some(((word >> 24) as u8, word & 0x00ff_ffff, body.get(4..)?))
}

/// Reads big-endian numbers one after the other.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl Reader<'_> {
    /// A number of `size` bytes, at most eight; one of no bytes is 0.
    pub(super) fn number(&mut self, size: u8) -> Option<u64> {
        let (bytes, rest) = self.0.split_at_checked(size.into())?;
        self.0 = rest;
        Some(bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short_long_or_up_to_the_end() {
        let file = b"\0\0\0\x09aaaa1\0\0\0\x01bbbb\0\0\0\0\0\0\0\x12\x32\x33\0\0\0\0ccccrest";
        let found: Vec<_> = boxes(file).map(|b| (b.kind, b.body)).collect();
        let expected: [([u8; 4], &[u8]); 3] =
            [(*b"aaaa", b"1"), (*b"bbbb", b"23"), (*b"cccc", b"rest")];
        assert_eq!(found, expected);
        assert_eq!(child(file, b"bbbb"), Some(&b"23"[..]));
    }

    #[test]
    fn a_box_shorter_than_its_header_is_the_end() {
        assert_eq!(boxes(b"\0\0\0\x07aaaa\0\0\0\x08bbbb").count(), 0);
        assert_eq!(boxes(b"\0\0\xff\xffaaaa1").map(|b| b.body.len()).sum::<usize>(), 1);
    }
}
