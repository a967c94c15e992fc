//! Requests that cannot be built.

use std::fmt;

/// A request that cannot be sent, refused before anything was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The operation needs a private key and the configuration has none.
    NoKey,
    /// A required value is empty.
    #[non_exhaustive]
    Empty {
        /// The value's name in the API.
        field: &'static str,
    },
    /// A value that the API rejects, or that changes which resource is addressed.
    #[non_exhaustive]
    Invalid {
        /// The value's name in the API.
        field: &'static str,
        /// What is wrong with it, and what to do.
        why: &'static str,
    },
    /// A value beyond one of ImageKit's documented limits.
    #[non_exhaustive]
    Limit {
        /// The value's name in the API.
        field: &'static str,
        /// The limit.
        why: &'static str,
    },
    /// The URL is longer than any transport can carry.
    #[non_exhaustive]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// A value cannot be written as JSON.
    #[non_exhaustive]
    Json {
        /// The serializer's message.
        message: String,
    },
    /// The request needs a payload, and none was given.
    PayloadMissing,
    /// A payload was given, and the request has no place for it.
    PayloadUnused,
}

impl BuildError {
    /// Creates the error for a `field` that cannot be sent because of `why`.
    pub fn invalid(field: &'static str, why: &'static str) -> Self {
        Self::Invalid { field, why }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey => f.write_str(
                "this operation needs the private key: make the configuration with Config::new",
            ),
            Self::Empty { field } => write!(f, "{field} must not be empty"),
            Self::Invalid { field, why } => write!(f, "{field} cannot be sent: {why}"),
            Self::Limit { field, why } => write!(
                f,
                "{field} is beyond a limit of ImageKit: {why} \
                 (the option skip_limit_checks sends it all the same)"
            ),
            Self::TooLong { bytes } => write!(
                f,
                "the URL would be {bytes} bytes long and cannot be sent: shorten the query"
            ),
            Self::Json { message } => write!(f, "the request cannot be written as JSON: {message}"),
            Self::PayloadMissing => f.write_str(
                "the request has no file: give a payload to `upload` instead of calling `send`, or \
                 set a URL, base64 text or bytes with `file`",
            ),
            Self::PayloadUnused => f.write_str(
                "the request has no place for a payload: use `send` instead of `upload`, or leave \
                 out the `file` that the request has already",
            ),
        }
    }
}

impl std::error::Error for BuildError {}
