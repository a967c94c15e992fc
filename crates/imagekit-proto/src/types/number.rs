//! JSON numbers, integral or not.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number as the API sent it: integral or fractional.
///
/// The API calls most figures a "number" and sends `1024` as readily as `172.5`, so no model
/// of this crate insists on one of the two.
///
/// ```
/// use imagekit_proto::types::Number;
///
/// let size: Number = serde_json::from_str("1024")?;
/// assert_eq!(size.as_u64(), Some(1024));
/// assert_eq!(size, 1024);
///
/// let duration: Number = serde_json::from_str("172.5")?;
/// assert_eq!(duration.as_u64(), None);
/// assert_eq!(duration.as_f64(), 172.5);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number(Repr);

#[derive(Clone, Copy, Debug)]
enum Repr {
    Unsigned(u64),
    Negative(i64),
    Float(f64),
}

impl PartialEq for Repr {
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Unsigned(a), Self::Unsigned(b)) => a == b,
            (Self::Negative(a), Self::Negative(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a == b,
            _ => false,
        }
    }
}

impl Number {
    /// The number as an unsigned integer, if it is one (`3.0` is).
    pub fn as_u64(self) -> Option<u64> {
        match self.0 {
            Repr::Unsigned(value) => Some(value),
            _ => None,
        }
    }

    /// The number as a signed integer, if it is one and fits.
    pub fn as_i64(self) -> Option<i64> {
        match self.0 {
            Repr::Unsigned(value) => i64::try_from(value).ok(),
            Repr::Negative(value) => Some(value),
            Repr::Float(_) => None,
        }
    }

    /// The nearest floating-point number.
    pub fn as_f64(self) -> f64 {
        match self.0 {
            Repr::Unsigned(value) => value as f64,
            Repr::Negative(value) => value as f64,
            Repr::Float(value) => value,
        }
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(Repr::Unsigned(value))
    }
}

impl From<u32> for Number {
    fn from(value: u32) -> Self {
        Self::from(u64::from(value))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        match u64::try_from(value) {
            Ok(value) => Self(Repr::Unsigned(value)),
            Err(_) => Self(Repr::Negative(value)),
        }
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self::from(i64::from(value))
    }
}

impl From<f64> for Number {
    /// An integral value becomes an integer, so that `3.0` and `3` are the same number.
    fn from(value: f64) -> Self {
        // Beyond 2^53 a float no longer tells neighbouring integers apart: it stays a float.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() <= EXACT {
            Self::from(value as i64)
        } else {
            Self(Repr::Float(value))
        }
    }
}

impl PartialEq<u64> for Number {
    fn eq(&self, other: &u64) -> bool {
        self.as_u64() == Some(*other)
    }
}

impl PartialEq<f64> for Number {
    fn eq(&self, other: &f64) -> bool {
        self.as_f64() == *other
    }
}

impl PartialEq<i32> for Number {
    fn eq(&self, other: &i32) -> bool {
        self.as_i64() == Some(i64::from(*other))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Repr::Unsigned(value) => fmt::Display::fmt(&value, f),
            Repr::Negative(value) => fmt::Display::fmt(&value, f),
            Repr::Float(value) => fmt::Display::fmt(&value, f),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Repr::Unsigned(value) => serializer.serialize_u64(value),
            Repr::Negative(value) => serializer.serialize_i64(value),
            Repr::Float(value) => serializer.serialize_f64(value),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberVisitor;

        impl Visitor<'_> for NumberVisitor {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Number, E> {
                Ok(value.into())
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<Number, E> {
                Ok(value.into())
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<Number, E> {
                Ok(value.into())
            }
        }

        deserializer.deserialize_any(NumberVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integral_floats_are_integers() {
        assert_eq!(Number::from(3.0), Number::from(3u64));
        assert_eq!(Number::from(-3.0), Number::from(-3i64));
        assert_eq!(Number::from(3.5).as_u64(), None);
        assert_eq!(Number::from(1e300).as_u64(), None);
    }

    #[test]
    fn text_is_not_a_number() {
        assert!(serde_json::from_str::<Number>("\"3\"").is_err());
    }

    #[test]
    fn every_number_survives_a_round_trip() {
        for text in ["0", "18446744073709551615", "-9223372036854775808", "0.1", "-2.5e-7", "1e300"]
        {
            let number: Number = serde_json::from_str(text).unwrap();
            let again: Number =
                serde_json::from_str(&serde_json::to_string(&number).unwrap()).unwrap();
            assert_eq!(number, again, "{text}");
        }
    }

    /// Confidences and positions are fractions at the full precision of their type.
    #[test]
    fn fractions_keep_their_last_digit() {
        for text in ["92.74756622314453", "98.17486572265625", "23.839286944444442"] {
            let number: Number = serde_json::from_str(text).unwrap();
            assert_eq!(number, text.parse::<f64>().unwrap());
            assert_eq!(serde_json::to_string(&number).unwrap(), text);

            let unnamed: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(unnamed.to_string(), text);
        }
    }
}
