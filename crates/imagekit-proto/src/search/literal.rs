//! Values as the query language writes them.

use super::QueryError;

/// A value that a field can be compared with.
pub trait Literal {
    /// The value as it stands in the query.
    #[doc(hidden)]
    fn literal(&self, field: &str) -> Result<String, QueryError>;
}

impl Literal for String {
    fn literal(&self, field: &str) -> Result<String, QueryError> {
        quoted(self).map_err(|character| QueryError::Text { field: field.to_owned(), character })
    }
}

impl Literal for bool {
    fn literal(&self, _: &str) -> Result<String, QueryError> {
        Ok(self.to_string())
    }
}

/// `text` in quotes, or the character that must not stand in them.
///
/// The documentation names no escape. So a quote is refused; a backslash too, since it would
/// break out at the end of a text if there were one; and control characters, of which no string
/// syntax is sure.
pub(super) fn quoted(text: &str) -> Result<String, char> {
    match text.chars().find(|&character| matches!(character, '"' | '\\') || character.is_control())
    {
        Some(character) => Err(character),
        None => Ok(format!("\"{text}\"")),
    }
}
