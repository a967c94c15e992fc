//! Everything that can go wrong, by the time it can: before sending ([`BuildError`]), in the
//! answer ([`ApiError`], [`DecodeError`]), and over a whole call ([`Error`]).
//!
//! [`BuildError`]: crate::BuildError

mod api;
mod call;
mod decode;
pub(crate) mod shape;

pub use api::{ApiError, ApiErrorKind, ErrorDetails, ItemError, Reason};
pub use call::{Cause, Error, ErrorKind, Failure, FailureKind, Misuse};
pub use decode::DecodeError;

use std::fmt;

/// An answer that is not the operation's result.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "an answer is an error of the API, or not understood")]
pub enum ParseError {
    /// The API (or something before it) answered with an error status.
    Api(Box<ApiError>),
    /// The status says success, but the body is not this operation's answer.
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
