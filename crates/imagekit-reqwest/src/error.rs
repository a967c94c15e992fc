//! What can go wrong outside the core.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::proto::{self, ConfigError};

/// How a call ends, but for success.
pub type Error = proto::Error<TransportError>;

/// Why an attempt had no answer: the `source` of a [`Failure`](proto::error::Failure).
#[derive(Debug)]
#[non_exhaustive]
pub enum TransportError {
    /// reqwest's own error, without the URL.
    Http(reqwest::Error),
    /// The attempt, or the whole call, took longer than the policy allows.
    Timeout,
    /// The response is longer than [`RetryPolicy::max_response`](proto::RetryPolicy).
    #[non_exhaustive]
    TooLarge {
        /// The longest response body that the policy reads, in bytes.
        limit: u64,
        /// The length that the server announced, if it did.
        announced: Option<u64>,
    },
    /// The payload could not be read, or is not as long as announced; then the source is a
    /// [`PayloadError`](proto::wire::PayloadError).
    Payload(io::Error),
    /// The payload's file could not be opened.
    #[non_exhaustive]
    Open {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The payload's path is not a regular file, so it has no length to announce.
    #[non_exhaustive]
    NotAFile {
        /// What was given.
        path: PathBuf,
    },
    /// The request announces another length than the payload's. Nothing was sent.
    #[non_exhaustive]
    PayloadLen {
        /// What the request says, in bytes.
        announced: u64,
        /// What the payload says, in bytes.
        supplied: u64,
    },
    /// The request needs a payload and none was given. Nothing was sent.
    PayloadMissing,
    /// A payload was given and the request has no place for it. Nothing was sent.
    PayloadUnused,
    /// The system gave no random bytes. Nothing was sent.
    Entropy(getrandom::Error),
    /// There is no Tokio runtime around the call. Nothing was sent.
    NoRuntime,
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // reqwest's own text says what was tried, its last source says what happened.
            Self::Http(error) => match last_source(error) {
                Some(cause) if is_without_tls(cause) => f.write_str(
                    "there is no TLS: enable the feature `rustls` or `native-tls` of \
                     imagekit-reqwest",
                ),
                Some(cause) => write!(f, "{error}: {cause}"),
                None => error.fmt(f),
            },
            Self::Timeout => f.write_str("it took longer than the retry policy allows"),
            Self::TooLarge { limit, announced: Some(announced) } => {
                write!(f, "the response has {announced} bytes, the limit is {limit}")
            }
            Self::TooLarge { limit, announced: None } => {
                write!(f, "the response has more than {limit} bytes")
            }
            Self::Payload(error) => error.fmt(f),
            Self::Open { path, source } => write!(f, "cannot open {}: {source}", path.display()),
            Self::NotAFile { path } => {
                write!(f, "{} is not a regular file: use Payload::reader", path.display())
            }
            Self::PayloadLen { announced, supplied } => write!(
                f,
                "the request announces a payload of {announced} bytes, \
                 the one given has {supplied}: let Client::upload set the length"
            ),
            Self::PayloadMissing => {
                f.write_str("the request needs a payload: use Client::upload instead of send")
            }
            Self::PayloadUnused => {
                f.write_str("the request takes no payload: use Client::send instead of upload")
            }
            Self::Entropy(error) => write!(f, "the system gave no random bytes: {error}"),
            Self::NoRuntime => f.write_str("there is no Tokio runtime: await the call inside one"),
        }
    }
}

/// Whether this is how reqwest's connector refuses `https` in a build without TLS.
fn is_without_tls(cause: &dyn StdError) -> bool {
    cfg!(not(any(feature = "rustls", feature = "native-tls")))
        && cause.to_string().contains("scheme is not http")
}

fn last_source<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e (dyn StdError + 'static)> {
    let mut last = error.source()?;
    while let Some(source) = last.source() {
        last = source;
    }
    Some(last)
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Http(error) => Some(error),
            // What is inside the I/O error comes first: it says the same and can be downcast.
            Self::Payload(error) => match error.get_ref() {
                Some(inner) => Some(inner),
                None => Some(error),
            },
            Self::Open { source, .. } => Some(source),
            Self::Entropy(error) => Some(error),
            _ => None,
        }
    }
}

/// A client that could not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum ClientError {
    /// The key or a base URL is missing, or cannot work.
    Config(ConfigError),
    /// reqwest refuses its settings.
    Transport(reqwest::Error),
    /// rustls refuses its settings.
    #[cfg(feature = "rustls")]
    Tls(rustls::Error),
    /// The adjusted transport asks rustls for the provider of the process, and there is none.
    NoProvider,
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            #[cfg(feature = "rustls")]
            Self::Tls(error) => error.fmt(f),
            Self::NoProvider => f.write_str(
                "rustls has no provider: call CryptoProvider::install_default first, or pass a \
                 complete configuration to tls_backend_preconfigured",
            ),
        }
    }
}

impl StdError for ClientError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::NoProvider => None,
            Self::Config(error) => Some(error),
            Self::Transport(error) => Some(error),
            #[cfg(feature = "rustls")]
            Self::Tls(error) => Some(error),
        }
    }
}

impl From<ConfigError> for ClientError {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}
