//! Any error of a transport.

use std::error::Error as StdError;
use std::fmt;

/// Any error, as the error type of a custom transport.
///
/// `Box<dyn Error>` is itself no [`std::error::Error`]; this is one, so that an
/// [`Error<BoxError>`](super::Error) works with `?` in functions that return `anyhow::Error` or
/// `Box<dyn Error + Send + Sync>`.
///
/// ```
/// use imagekit_proto::Error;
/// use imagekit_proto::error::{BoxError, Failure, FailureKind};
///
/// fn send() -> Result<(), Error<BoxError>> {
///     let error = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
///     Err(Error::not_begun("get-file-details", Failure::new(FailureKind::NotSent, BoxError::new(error))))
/// }
///
/// fn program() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
///     Ok(send()?)
/// }
/// assert!(program().unwrap_err().to_string().contains("connection refused"));
/// ```
#[derive(Debug)]
pub struct BoxError(Box<dyn StdError + Send + Sync>);

impl BoxError {
    /// Boxes `error`: an error, a `String` or a `&str`.
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(error.into())
    }

    /// Returns the error.
    pub fn get_ref(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &*self.0
    }

    /// Returns the error in its box.
    pub fn into_inner(self) -> Box<dyn StdError + Send + Sync> {
        self.0
    }
}

impl fmt::Display for BoxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for BoxError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
