//! Everything that can go wrong: before a request is sent ([`BuildError`]), in its response
//! ([`ApiError`], [`DecodeError`]), and over a whole call ([`Error`]).

mod api;
mod boxed;
mod build;
mod call;
mod decode;
mod failure;
mod parse;
pub(crate) mod shape;
mod text;

pub use api::{ApiError, ApiErrorKind, ErrorDetails, ItemError, Reason};
pub use boxed::BoxError;
pub use build::BuildError;
pub use call::{Cause, Error, ErrorKind, Misuse};
pub use decode::DecodeError;
pub use failure::{Failure, FailureKind};
pub use parse::ParseError;
