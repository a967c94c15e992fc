//! Responses that are not an operation's result.

use std::fmt;

use super::{ApiError, DecodeError};

/// A response that is not the operation's result.
#[derive(Clone, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the status is an error, or the body cannot be decoded"
)]
pub enum ParseError {
    /// The status is not 2xx.
    Api(Box<ApiError>),
    /// The status is 2xx, but the body is not this operation's result.
    Decode(Box<DecodeError>),
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ParseError {}

impl From<ApiError> for ParseError {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}

impl From<DecodeError> for ParseError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(Box::new(error))
    }
}
