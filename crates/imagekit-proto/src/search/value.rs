//! What fields are compared with.

use super::QueryError;
use super::date::Date;
use super::literal::Literal;

/// A kind of asset, for [`field::asset_type`](super::field::asset_type).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AssetType {
    /// The current version of a file.
    File,
    /// An earlier version of a file.
    FileVersion,
    /// A folder.
    Folder,
}

impl Literal for AssetType {
    fn literal(&self, _: &str) -> Result<String, QueryError> {
        let text = match self {
            Self::File => "\"file\"",
            Self::FileVersion => "\"file-version\"",
            Self::Folder => "\"folder\"",
        };
        Ok(text.to_owned())
    }
}

/// A number. Integers and `f64` turn into it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number(Repr);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Repr {
    Integer(i128),
    Float(f64),
}

impl From<i32> for Number {
    fn from(number: i32) -> Self {
        Self(Repr::Integer(number.into()))
    }
}

impl From<u32> for Number {
    fn from(number: u32) -> Self {
        Self(Repr::Integer(number.into()))
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self(Repr::Integer(number.into()))
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self(Repr::Integer(number.into()))
    }
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        Self(Repr::Float(number))
    }
}

impl Literal for Number {
    fn literal(&self, field: &str) -> Result<String, QueryError> {
        match self.0 {
            Repr::Integer(number) => Ok(number.to_string()),
            // Never with an exponent.
            Repr::Float(number) if number.is_finite() => Ok(number.to_string()),
            Repr::Float(_) => Err(QueryError::Number { field: field.to_owned() }),
        }
    }
}

/// The size of a file.
///
/// ```
/// use imagekit_proto::search::{Size, field};
///
/// let query = field::size().more_than(1024).and(field::size().at_most(Size::mb(2))).build()?;
/// assert_eq!(query.as_str(), r#"size > 1024 AND size <= "2mb""#);
/// # Ok::<(), imagekit_proto::search::QueryError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Size {
    count: u64,
    unit: &'static str,
}

impl Size {
    /// Bytes.
    pub fn bytes(count: u64) -> Self {
        Self { count, unit: "" }
    }

    /// ImageKit's `kb`.
    pub fn kb(count: u64) -> Self {
        Self { count, unit: "kb" }
    }

    /// ImageKit's `mb`.
    pub fn mb(count: u64) -> Self {
        Self { count, unit: "mb" }
    }
}

/// Bytes.
impl From<u64> for Size {
    fn from(count: u64) -> Self {
        Self::bytes(count)
    }
}

impl Literal for Size {
    fn literal(&self, _: &str) -> Result<String, QueryError> {
        let Self { count, unit } = self;
        Ok(if unit.is_empty() { count.to_string() } else { format!("\"{count}{unit}\"") })
    }
}

/// The value of a metadata field, whose type the query does not know.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(Number),
    /// True or false.
    Bool(bool),
    /// A point in time.
    Date(Date),
}

impl Literal for Value {
    fn literal(&self, field: &str) -> Result<String, QueryError> {
        match self {
            Self::Text(text) => text.literal(field),
            Self::Number(number) => number.literal(field),
            Self::Bool(value) => value.literal(field),
            Self::Date(date) => date.literal(field),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_exponent() {
        let text = |number: f64| Number::from(number).literal("x");
        assert_eq!(text(4.3).unwrap(), "4.3");
        assert_eq!(text(1e21).unwrap(), "1000000000000000000000");
        assert!(text(f64::NAN).is_err() && text(f64::INFINITY).is_err());
        assert_eq!(Number::from(u64::MAX).literal("x").unwrap(), "18446744073709551615");
    }
}
