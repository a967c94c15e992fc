//! Ids: distinct, and the same in every run.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::instant::Instant;

/// The id of a file, a version, a folder and most other things: 24 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id([u8; 12]);

impl Id {
    /// `None`: the text does not have the form of an id.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut id = [0; 12];
        let digits = text.as_bytes();
        if digits.len() != 24 {
            return None;
        }
        for (byte, pair) in id.iter_mut().zip(digits.chunks_exact(2)) {
            for digit in pair {
                *byte = *byte << 4 | u8::try_from(char::from(*digit).to_digit(16)?).ok()?;
            }
        }
        Some(Self(id))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("not an id"))
    }
}

/// Makes ids from a seed and a counter.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    state: u64,
}

impl Ids {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Returns the seed that makes the ids that follow.
    #[cfg(feature = "server")]
    pub(crate) fn seed(&self) -> u64 {
        self.state
    }

    /// Returns the next bits (SplitMix64).
    pub(crate) fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Returns an id that begins with the time, as ImageKit's do.
    pub(crate) fn object(&mut self, now: Instant) -> Id {
        let mut id = [0; 12];
        let seconds = (now.unix_seconds() & 0xffff_ffff) as u32;
        let bytes = seconds.to_be_bytes().into_iter().chain(self.bits().to_be_bytes());
        id.iter_mut().zip(bytes).for_each(|(byte, bits)| *byte = bits);
        Id(id)
    }

    /// Returns a text with the form of a UUID of version 4.
    pub(crate) fn uuid(&mut self) -> String {
        let (high, low) = (self.bits(), self.bits());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            0x8000 | ((low >> 48) & 0x3fff),
            low & 0xffff_ffff_ffff
        )
    }

    /// Returns `length` characters out of letters, digits, `-` and `_`.
    pub(crate) fn text(&mut self, length: usize) -> String {
        const ALPHABET: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let symbol = |bits: u64| ALPHABET.get((bits & 63) as usize).copied().unwrap_or(b'_');
        (0..length).map(|_| char::from(symbol(self.bits() >> 7))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_texts_of_24_digits() {
        let id = Ids::seeded(1).object(Instant::from_duration(std::time::Duration::from_secs(1)));
        let text = id.to_string();
        assert!(text.starts_with("00000001") && text.len() == 24, "{text}");
        assert_eq!(Id::parse(&text), Some(id));
        for bad in ["", "x", "00000001", "zz0000000000000000000000", "+10000000000000000000000"] {
            assert_eq!(Id::parse(bad), None, "{bad}");
        }
    }
}
