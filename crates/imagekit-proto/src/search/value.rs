//! Values that fields are compared with.

use super::QueryError;
use super::date::Date;
use super::literal::Literal;

/// A type of asset, for [`field::asset_type`](super::field::asset_type).
///
/// ```
/// use imagekit_proto::search::{AssetType, field};
///
/// let folders = field::asset_type().eq(AssetType::Folder).build()?;
/// assert_eq!(folders.as_str(), r#"type = "folder""#);
/// # Ok::<(), imagekit_proto::search::QueryError>(())
/// ```
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

/// A number to compare with, made from an integer or a `f64`.
///
/// ```
/// use imagekit_proto::search::{SearchNumber, field};
///
/// let wide = field::width().gt(SearchNumber::from(640)).build()?;
/// assert_eq!(wide.as_str(), "width > 640");
/// # Ok::<(), imagekit_proto::search::QueryError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SearchNumber(Repr);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Repr {
    Integer(i128),
    Float(f64),
}

macro_rules! from_numbers {
    ($($number:ty => $repr:ident),+) => {
        $(
            impl From<$number> for SearchNumber {
                fn from(number: $number) -> Self {
                    Self(Repr::$repr(number.into()))
                }
            }

            impl From<$number> for Value {
                fn from(number: $number) -> Self {
                    Self::Number(number.into())
                }
            }
        )+
    };
}

from_numbers!(i32 => Integer, u32 => Integer, i64 => Integer, u64 => Integer, f64 => Float);

impl Literal for SearchNumber {
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
/// let query = field::size().gt(1024).and(field::size().lte(Size::mb(2))).build()?;
/// assert_eq!(query.as_str(), r#"size > 1024 AND size <= "2mb""#);
/// # Ok::<(), imagekit_proto::search::QueryError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Size {
    count: u64,
    unit: &'static str,
}

impl Size {
    /// Creates a size in bytes.
    pub fn bytes(count: u64) -> Self {
        Self { count, unit: "" }
    }

    /// Creates a size in ImageKit's `kb`.
    pub fn kb(count: u64) -> Self {
        Self { count, unit: "kb" }
    }

    /// Creates a size in ImageKit's `mb`.
    pub fn mb(count: u64) -> Self {
        Self { count, unit: "mb" }
    }
}

/// The number of bytes.
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

/// A value of a metadata field, whose type is not known when the query is built.
///
/// ```
/// use imagekit_proto::search::{Value, field};
///
/// let mixed = field::custom_metadata("size").one_of([Value::from("large"), Value::from(42)]);
/// assert_eq!(mixed.build()?.as_str(), r#""customMetadata.size" IN ["large", 42]"#);
/// # Ok::<(), imagekit_proto::search::QueryError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// Text.
    Text(String),
    /// A number.
    Number(SearchNumber),
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

impl From<SearchNumber> for Value {
    fn from(number: SearchNumber) -> Self {
        Self::Number(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_exponent() {
        let text = |number: f64| SearchNumber::from(number).literal("x");
        assert_eq!(text(4.3).unwrap(), "4.3");
        assert_eq!(text(1e21).unwrap(), "1000000000000000000000");
        assert!(text(f64::NAN).is_err() && text(f64::INFINITY).is_err());
        assert_eq!(SearchNumber::from(u64::MAX).literal("x").unwrap(), "18446744073709551615");
    }
}
