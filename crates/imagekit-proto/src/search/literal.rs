//! Values in the query language.

use super::QueryError;

/// A value that a field can be compared with.
pub trait Literal {
    /// Returns the value in the query language.
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

/// Returns `text` in quotes, or the character that cannot be quoted.
///
/// The documentation has no escape sequence. So a quote is refused; a backslash too, since it would
/// escape the closing quote if there were one; and control characters, which string syntaxes treat
/// differently.
pub(super) fn quoted(text: &str) -> Result<String, char> {
    match text.chars().find(|&character| matches!(character, '"' | '\\') || character.is_control())
    {
        Some(character) => Err(character),
        None => Ok(format!("\"{text}\"")),
    }
}
