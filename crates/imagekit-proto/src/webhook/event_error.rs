//! Bodies that are not events.

use std::fmt;

use crate::error::shape;

/// Why a body could not be parsed as an event. Never holds a value out of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventError {
    /// The body is not UTF-8.
    NotUtf8,
    /// The body is not JSON, or nested too deeply.
    NotJson {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
    /// The body is JSON, but not an object with exactly one `type`, a string.
    NoType,
    /// The `type` is known, but the rest is not as documented.
    Malformed {
        /// The event's type, or `extension callback`.
        what: &'static str,
        /// What is wrong, such as ``missing field `fileId` ``.
        detail: String,
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
}

impl EventError {
    /// Converts an error of serde_json, without the values that it quotes.
    pub(super) fn new(what: &'static str, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        if !error.is_data() {
            return Self::NotJson { line, column };
        }
        Self::Malformed { what, detail: shape::of_response(error), line, column }
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 => {
                f.write_str("the body is not UTF-8: pass the bytes of an event as received")
            }
            Self::NotJson { line, column } => write!(
                f,
                "the body is not JSON (line {line}, column {column}): pass the bytes of an event \
                 as received"
            ),
            Self::NoType => f.write_str(
                "the body has no `type`, so it is not an event: parse what ImageKit posts to a \
                 webhookUrl as an ExtensionCallback",
            ),
            Self::Malformed { what, detail, line, column } => write!(
                f,
                "{what} is not as documented (line {line}, column {column}): {detail}; parse the \
                 body as plain JSON instead"
            ),
        }
    }
}

impl std::error::Error for EventError {}
