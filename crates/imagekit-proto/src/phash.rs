//! Perceptual hashes: how alike two images look.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A perceptual hash as the metadata API gives it: 64 bits in 16 hexadecimal digits.
///
/// Two images look alike when few bits of their hashes differ. Hashes of another length are
/// taken too, as the official Node client takes them; only hashes of the same length can be
/// compared. Letter case does not matter for comparing, and [`Display`](fmt::Display) gives
/// the text back as it came.
///
/// ```
/// use imagekit_proto::phash::PHash;
///
/// let first: PHash = "f06830ca9f1e3e90".parse()?;
/// let second: PHash = "f06830ca9f1e3e91".parse()?;
/// assert_eq!(first.distance(&second)?, 1);
/// assert_eq!(first.similarity(&second)?, 63.0 / 64.0);
/// assert_eq!(first.to_string(), "f06830ca9f1e3e90");
/// # Ok::<(), imagekit_proto::phash::PHashError>(())
/// ```
#[derive(Clone)]
pub struct PHash(Repr);

/// A hash of up to 64 bits, which is every hash of the API, needs no memory of its own.
#[derive(Clone)]
enum Repr {
    /// `upper` has a bit for each digit written as a capital letter, the last digit lowest.
    Word { bits: u64, upper: u16, digits: u8 },
    /// More than 16 digits, as text.
    Long(Box<str>),
}

/// Why two hashes could not be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PHashError {
    /// The hash is empty.
    Missing,
    /// A character is no hexadecimal digit. A `0x` in front is not taken either.
    NotHex {
        /// Where, in bytes from the start.
        position: usize,
    },
    /// The hashes differ in length.
    UnequalLength {
        /// Digits of the first hash.
        first: usize,
        /// Digits of the second hash.
        second: usize,
    },
}

impl fmt::Display for PHashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => {
                f.write_str("the pHash is empty: request the file's metadata to get one")
            }
            Self::NotHex { position } => write!(
                f,
                "the pHash has something else than a hexadecimal digit at byte {position}: \
                 pass the hash as the API gives it, without prefix or spaces"
            ),
            Self::UnequalLength { first, second } => write!(
                f,
                "a pHash of {first} digits cannot be compared with one of {second}: \
                 pass two hashes of the same length"
            ),
        }
    }
}

impl std::error::Error for PHashError {}

impl PHash {
    /// The number of bits that differ: 0 for the same hash, 64 for the opposite of a hash of
    /// the API.
    ///
    /// # Errors
    ///
    /// [`PHashError::UnequalLength`].
    pub fn distance(&self, other: &Self) -> Result<u32, PHashError> {
        match (&self.0, &other.0) {
            (
                Repr::Word { bits: a, digits: a_digits, .. },
                Repr::Word { bits: b, digits: b_digits, .. },
            ) if a_digits == b_digits => Ok((a ^ b).count_ones()),
            (Repr::Long(a), Repr::Long(b)) if a.len() == b.len() => Ok(a
                .bytes()
                .zip(b.bytes())
                .map(|(a, b)| (nibble(a) ^ nibble(b)).count_ones())
                .sum()),
            _ => Err(PHashError::UnequalLength { first: self.digits(), second: other.digits() }),
        }
    }

    /// The share of bits that agree, from 0.0 (opposite) to 1.0 (the same hash).
    ///
    /// # Errors
    ///
    /// [`PHashError::UnequalLength`].
    pub fn similarity(&self, other: &Self) -> Result<f64, PHashError> {
        let distance = self.distance(other)?;
        Ok(1.0 - f64::from(distance) / (self.digits() * 4) as f64)
    }

    fn digits(&self) -> usize {
        match &self.0 {
            Repr::Word { digits, .. } => usize::from(*digits),
            Repr::Long(text) => text.len(),
        }
    }
}

/// The distance of two hashes given as text, as [`PHash::distance`] counts it.
///
/// ```
/// use imagekit_proto::phash::{PHashError, distance};
///
/// assert_eq!(distance("2d6ed293db36a4fb", "17e126b0c9b9a4d2"), Ok(27));
/// assert_eq!(distance("2d6ed293db36a4fb", ""), Err(PHashError::Missing));
/// ```
///
/// # Errors
///
/// [`PHashError::Missing`] when either is empty, then [`PHashError::NotHex`] for the first
/// that is not hexadecimal, then [`PHashError::UnequalLength`].
pub fn distance(first: &str, second: &str) -> Result<u32, PHashError> {
    if first.is_empty() || second.is_empty() {
        return Err(PHashError::Missing);
    }
    first.parse::<PHash>()?.distance(&second.parse()?)
}

/// The value of a digit that was checked before.
fn nibble(digit: u8) -> u32 {
    char::from(digit).to_digit(16).unwrap_or(0)
}

impl FromStr for PHash {
    type Err = PHashError;

    fn from_str(text: &str) -> Result<Self, PHashError> {
        /// Digits of the longest hash that fits the short form.
        const WORD: usize = 16;

        if text.is_empty() {
            return Err(PHashError::Missing);
        }
        if let Some(position) = text.bytes().position(|byte| !byte.is_ascii_hexdigit()) {
            return Err(PHashError::NotHex { position });
        }
        if text.len() > WORD {
            return Ok(Self(Repr::Long(text.into())));
        }
        let (mut bits, mut upper) = (0, 0);
        for digit in text.bytes() {
            bits = bits << 4 | u64::from(nibble(digit));
            upper = upper << 1 | u16::from(digit.is_ascii_uppercase());
        }
        Ok(Self(Repr::Word { bits, upper, digits: text.len() as u8 }))
    }
}

impl fmt::Display for PHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Long(text) => f.write_str(text),
            Repr::Word { bits, upper, digits } => {
                for place in (0..u32::from(*digits)).rev() {
                    let value = (bits >> (4 * place)) as u32 & 0xf;
                    let digit = char::from_digit(value, 16).unwrap_or('0');
                    let capital = upper >> place & 1 == 1;
                    fmt::Write::write_char(
                        f,
                        if capital { digit.to_ascii_uppercase() } else { digit },
                    )?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Debug for PHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PHash({self})")
    }
}

impl PartialEq for PHash {
    /// The same bits and the same length; letter case does not matter.
    fn eq(&self, other: &Self) -> bool {
        self.distance(other) == Ok(0)
    }
}

impl Eq for PHash {}

impl Hash for PHash {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Repr::Word { bits, digits, .. } => (bits, digits).hash(state),
            Repr::Long(text) => text.bytes().for_each(|digit| nibble(digit).hash(state)),
        }
    }
}
