//! Perceptual hashes: how similar two images look.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A perceptual hash, as the metadata API returns it: 64 bits in 16 hexadecimal digits.
///
/// Two images look similar if few bits of their hashes differ. Other lengths are accepted too, as
/// in the official Node client; only hashes of the same length can be compared. Comparisons ignore
/// letter case, and [`Display`](fmt::Display) writes the original text.
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
#[doc(alias = "perceptual_hash")]
pub struct PHash(Repr);

/// A hash of up to 64 bits, as every hash of the API is, needs no allocation.
#[derive(Clone)]
enum Repr {
    /// `upper` has a bit for each digit written as a capital letter, the last digit lowest.
    Word { bits: u64, upper: u16, digits: u8 },
    /// More than 16 digits, as text.
    Long(Box<str>),
}

/// The reason why a hash cannot be parsed or compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PHashError {
    /// The hash is empty.
    Missing,
    /// A character is not a hexadecimal digit. A prefix `0x` is not accepted either.
    NotHex {
        /// The position of the character, in bytes from the start.
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
                "the pHash has a character that is not a hexadecimal digit at byte {position}: \
                 pass the hash as the API returns it, without prefix or spaces"
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
    /// Returns the number of bits that differ: 0 for equal hashes, 64 for inverted ones.
    ///
    /// # Errors
    ///
    /// [`PHashError::UnequalLength`] if the hashes differ in length.
    #[doc(alias = "pHashDistance")]
    #[doc(alias = "hamming")]
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

    /// Returns the share of equal bits, from 0.0 (inverted) to 1.0 (equal hashes).
    ///
    /// # Errors
    ///
    /// [`PHashError::UnequalLength`] if the hashes differ in length.
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

/// Returns the [`PHash::distance`] of two hashes that are text.
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
/// [`PHashError::Missing`] if either is empty, then [`PHashError::NotHex`] for the first that is not
/// hexadecimal, then [`PHashError::UnequalLength`].
#[doc(alias = "pHashDistance")]
pub fn distance(first: &str, second: &str) -> Result<u32, PHashError> {
    if first.is_empty() || second.is_empty() {
        return Err(PHashError::Missing);
    }
    first.parse::<PHash>()?.distance(&second.parse()?)
}

/// Returns the value of a digit that was checked before.
fn nibble(digit: u8) -> u32 {
    char::from(digit).to_digit(16).unwrap_or(0)
}

impl FromStr for PHash {
    type Err = PHashError;

    fn from_str(text: &str) -> Result<Self, PHashError> {
        /// The number of digits that fit the short form.
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
    /// Compares bits and length; ignores letter case.
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
