//! Errors of the transport and of creating a client.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::PathBuf;

use http::StatusCode;

use crate::proto::wire::PayloadError;
use crate::proto::{self, ConfigError};

/// A call that did not end with the operation's result.
///
/// ```
/// use imagekit_reqwest::proto::api::files::GetFileDetails;
/// use imagekit_reqwest::{Client, Error};
///
/// async fn exists(client: &Client, file_id: &str) -> Result<bool, Error> {
///     match client.send(GetFileDetails::new(file_id)).await {
///         Ok(_) => Ok(true),
///         Err(error) if error.is_not_found() => Ok(false),
///         Err(error) => Err(error), // prints itself and its causes on one line
///     }
/// }
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = imagekit_loopback::Server::responding([imagekit_loopback::empty("404 Not Found")]);
/// # assert!(!exists(&Client::new(server.config())?, "598821f949c0a938d57563bd").await?);
/// # Ok(())
/// # }
/// ```
pub type Error = proto::Error<TransportError>;

/// An attempt without a response: the `source` of a [`Failure`](proto::error::Failure).
///
/// `Display` prints the causes too, on one line and without a URL; `source` is therefore `None`.
#[derive(Debug)]
#[non_exhaustive]
pub enum TransportError {
    /// An error of reqwest, without the URL.
    Http(reqwest::Error),
    /// The attempt took longer than the [attempt timeout](proto::CallOptions::attempt_timeout) or
    /// than what the deadline left.
    Timeout,
    /// The attempt made no progress for the [idle timeout](proto::CallOptions::idle_timeout).
    IdleTimeout,
    /// The server responded with success, then took no more of the request: whether it acted on a
    /// part of it is unknown.
    #[non_exhaustive]
    EarlyResponse {
        /// The status of the response.
        status: StatusCode,
    },
    /// The response is longer than [`max_response`](proto::CallOptions::max_response).
    #[non_exhaustive]
    TooLarge {
        /// The longest response body that the call reads, in bytes.
        limit: u64,
        /// The length that the server announced, if it did.
        announced: Option<u64>,
    },
    /// The payload could not be read, or is not as long as announced: see
    /// [`payload_error`](TransportError::payload_error).
    Payload(io::Error),
    /// The payload's file could not be opened.
    #[non_exhaustive]
    Open {
        /// The path.
        path: PathBuf,
        /// The system's error.
        error: io::Error,
    },
    /// The payload is not a regular file, so its length is unknown.
    #[non_exhaustive]
    NotAFile {
        /// The path, if it was given by its path.
        path: Option<PathBuf>,
    },
    /// The payload's file changed its length during the call.
    #[non_exhaustive]
    LenChanged {
        /// The length when the call began, in bytes.
        announced: u64,
        /// The length now, in bytes.
        found: u64,
    },
    /// The upload's [`CancelToken`](crate::CancelToken) was cancelled.
    Cancelled,
    /// A callback or the endpoint panicked, in a call of several. The panic itself reached the
    /// code that asked for the next item; whether the request was sent is unknown.
    Panicked,
    /// The system gave no random bytes. Nothing was sent.
    Entropy(getrandom::Error),
    /// There is no Tokio runtime around the call. Nothing was sent.
    NoRuntime,
}

impl TransportError {
    /// Returns how the length of the payload differs from the announced one, if that is the error.
    pub fn payload_error(&self) -> Option<&PayloadError> {
        match self {
            Self::Payload(error) => error.get_ref()?.downcast_ref(),
            _ => None,
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(error) => fmt_reqwest(error, f),
            Self::Timeout => f.write_str("it took longer than the options of the call allow"),
            Self::IdleTimeout => {
                f.write_str("it made no progress for as long as the options of the call allow")
            }
            Self::EarlyResponse { status } => {
                write!(f, "the server responded with {status} before it had the whole request")
            }
            Self::TooLarge { limit, announced: Some(announced) } => {
                write!(f, "the response has {announced} bytes, the limit is {limit}")
            }
            Self::TooLarge { limit, announced: None } => {
                write!(f, "the response has more than {limit} bytes")
            }
            Self::Payload(error) => error.fmt(f),
            Self::Open { path, error } => write!(f, "cannot open {}: {error}", path.display()),
            Self::NotAFile { path } => {
                match path {
                    Some(path) => write!(f, "{} is not a regular file", path.display())?,
                    None => f.write_str("the payload is not a regular file")?,
                }
                f.write_str(": use Payload::reader and say how long it is")
            }
            Self::LenChanged { announced, found } => write!(
                f,
                "the payload's file had {announced} bytes when the call began, it has {found} now: \
                 upload it again when it is complete"
            ),
            Self::Cancelled => f.write_str("it was cancelled"),
            Self::Panicked => f.write_str("a callback or the endpoint panicked: see the panic"),
            Self::Entropy(error) => write!(f, "the system gave no random bytes: {error}"),
            Self::NoRuntime => f.write_str("there is no Tokio runtime: await the call inside one"),
        }
    }
}

/// `Display` prints every cause, so there is nothing left for `source`.
impl StdError for TransportError {}

/// Prints what reqwest tried, and what happened: the error itself and its last source.
fn fmt_reqwest(error: &reqwest::Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut last: Option<&(dyn StdError + 'static)> = None;
    let mut next = error.source();
    while let Some(source) = next {
        last = Some(source);
        next = source.source();
    }
    match last {
        Some(cause) if is_without_tls(cause) => f.write_str(
            "there is no TLS: enable the feature `rustls` or `native-tls` of imagekit-reqwest",
        ),
        Some(cause) => write!(f, "{error}: {cause}"),
        None => write!(f, "{error}"),
    }
}

/// Whether this is how reqwest's connector refuses `https` in a build without TLS.
fn is_without_tls(cause: &dyn StdError) -> bool {
    cfg!(not(any(feature = "rustls", feature = "native-tls")))
        && cause.to_string().contains("scheme is not http")
}

/// A client that could not be created.
#[derive(Debug)]
#[non_exhaustive]
pub enum ClientError {
    /// The key or a base URL is missing, or cannot work.
    Config(ConfigError),
    /// reqwest refuses its settings.
    Transport(reqwest::Error),
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Transport(error) => fmt_reqwest(error, f),
        }
    }
}

/// `Display` prints every cause, so there is nothing left for `source`.
impl StdError for ClientError {}

impl From<ConfigError> for ClientError {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}
