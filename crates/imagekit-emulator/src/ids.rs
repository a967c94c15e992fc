//! Ids: unlike each other, and the same in every run.

use crate::instant::Instant;

/// Makes ids from a seed and a counter.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    state: u64,
}

impl Ids {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next bits (SplitMix64).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// 24 hex digits that begin with the time, as ImageKit's ids do.
    pub(crate) fn object(&mut self, now: Instant) -> String {
        format!("{:08x}{:016x}", now.unix_seconds() & 0xffff_ffff, self.next())
    }

    /// A UUID of version 4 by its form.
    pub(crate) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            0x8000 | ((low >> 48) & 0x3fff),
            low & 0xffff_ffff_ffff
        )
    }

    /// `length` characters out of letters, digits, `-` and `_`.
    pub(crate) fn text(&mut self, length: usize) -> String {
        const ALPHABET: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let symbol = |bits: u64| ALPHABET.get((bits & 63) as usize).copied().unwrap_or(b'_');
        (0..length).map(|_| char::from(symbol(self.next() >> 7))).collect()
    }
}

/// Whether a text has the form of an id.
pub(crate) fn is_object_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
