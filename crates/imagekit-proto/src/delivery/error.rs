//! What can be wrong with a transformation, a URL or its signature.

use std::fmt;

/// A transformation that cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransformationError {
    /// Nothing stands between two separators.
    EmptyParameter,
    /// A layer (`l-text`, `l-image`, ...) without its `l-end`.
    UnclosedLayer,
    /// An `l-end` without its layer.
    UnopenedLayer,
    /// Layers inside layers, more than 16 deep.
    TooDeep,
    /// A number that is infinite or not a number.
    NotANumber,
    /// A raw transformation whose `.` or `..` between slashes would change the URL's path.
    DotSegment,
}

impl fmt::Display for TransformationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmptyParameter => {
                "a transformation parameter is empty: remove the doubled, leading or trailing \
                 separator"
            }
            Self::UnclosedLayer => "a layer is not closed: end it with `l-end`",
            Self::UnopenedLayer => "`l-end` closes no layer: open one with `l-text` or the like",
            Self::TooDeep => "layers are nested more than 16 deep: use fewer",
            Self::NotANumber => "a transformation holds NaN or an infinity: pass a finite number",
            Self::DotSegment => {
                "a raw transformation holds `.` or `..` between slashes, which would change the \
                 path: write it without, or put the transformation into the query"
            }
        })
    }
}

impl std::error::Error for TransformationError {}

/// What is wrong with text that should be an absolute URL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlProblem {
    /// There is no text.
    Empty,
    /// It does not begin with `http://` or `https://`.
    NotHttp,
    /// It names no host.
    NoHost,
    /// The host holds what no ASCII host name holds.
    Host,
    /// The port is not a number up to 65535.
    Port,
    /// The user information before `@` holds what must be percent-encoded.
    UserInfo,
}

impl fmt::Display for UrlProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::NotHttp => "it must begin with `https://` or `http://`",
            Self::NoHost => "it names no host",
            Self::Host => {
                "its host holds characters that a host name cannot hold (write an international \
                 name in its ASCII form, `xn--...`)"
            }
            Self::Port => "its port is not a number up to 65535",
            Self::UserInfo => "its user information holds characters to be percent-encoded",
        })
    }
}

/// A URL that cannot be built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlError {
    /// The URL endpoint is no absolute URL.
    Endpoint(UrlProblem),
    /// The source is empty.
    EmptySource,
    /// The source looks absolute but is no absolute URL.
    Source(UrlProblem),
    /// The source's `..` segments lead out of the URL endpoint.
    LeavesEndpoint,
    /// The transformation cannot be written.
    Transformation(TransformationError),
    /// The URL is longer than the 65,534 bytes that `http::Uri` holds.
    TooLong,
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endpoint(problem) => write!(
                f,
                "the URL endpoint cannot be used: {problem}; copy it from the ImageKit dashboard, \
                 for example https://ik.imagekit.io/your_id"
            ),
            Self::EmptySource => {
                f.write_str("the source is empty: pass a file's path or its whole URL")
            }
            Self::Source(problem) => write!(f, "the source cannot be used: {problem}"),
            Self::LeavesEndpoint => f.write_str(
                "the source leads out of the URL endpoint: remove the `..` segments from it",
            ),
            Self::Transformation(error) => error.fmt(f),
            Self::TooLong => f.write_str(
                "the URL is longer than 65534 bytes: use a named transformation or a shorter text",
            ),
        }
    }
}

impl std::error::Error for UrlError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transformation(error) => Some(error),
            _ => None,
        }
    }
}

impl From<TransformationError> for UrlError {
    fn from(error: TransformationError) -> Self {
        Self::Transformation(error)
    }
}

/// A URL that cannot be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg(feature = "sign")]
pub enum SignError {
    /// The private key is empty.
    EmptyKey,
    /// The lifetime is less than a second.
    NoLifetime,
    /// The expiry is not after the clock's time.
    Past,
    /// The expiry is beyond the range of Unix seconds.
    TooLate,
    /// The clock's time lies after the year 2286, which is what milliseconds look like: a URL
    /// signed with it would be good for ages.
    ClockOutOfRange,
    /// The URL does not begin with the signer's URL endpoint: nobody would accept the signature.
    OutsideEndpoint,
    /// The URL has a parameter `ik-s` or `ik-t` already.
    AlreadySigned,
    /// The URL itself cannot be built.
    Url(UrlError),
}

#[cfg(feature = "sign")]
impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmptyKey => "the private key is empty: copy it from the ImageKit dashboard",
            Self::NoLifetime => {
                "the lifetime is less than a second: pass a longer one, or `Expiry::NEVER`"
            }
            Self::Past => "the expiry is not in the future: check the clock and the lifetime",
            Self::TooLate => "the expiry is out of range: use `Expiry::NEVER`",
            Self::ClockOutOfRange => {
                "the wall clock is out of range: pass the seconds since 1970, not milliseconds or \
                 nanoseconds"
            }
            Self::OutsideEndpoint => {
                "the URL does not begin with the signer's URL endpoint, so ImageKit would refuse \
                 its signature: sign with the URL endpoint that serves it"
            }
            Self::AlreadySigned => {
                "the URL holds `ik-s` or `ik-t` already: sign the URL without them"
            }
            Self::Url(error) => return error.fmt(f),
        })
    }
}

#[cfg(feature = "sign")]
impl std::error::Error for SignError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Url(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(feature = "sign")]
impl From<UrlError> for SignError {
    fn from(error: UrlError) -> Self {
        Self::Url(error)
    }
}

/// Why a URL's signature is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg(feature = "sign")]
pub enum VerifyError {
    /// The URL does not begin with the signer's URL endpoint.
    OutsideEndpoint,
    /// The URL does not end in a signature.
    Unsigned,
    /// The signature belongs to another URL, expiry or key.
    Forged,
    /// The signature was good until `at`, in Unix seconds.
    Expired {
        /// The second from which on it is refused.
        at: u64,
    },
}

#[cfg(feature = "sign")]
impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutsideEndpoint => {
                f.write_str("the URL does not begin with the signer's URL endpoint")
            }
            Self::Unsigned => f.write_str("the URL does not end in a signature"),
            Self::Forged => f.write_str("the signature does not belong to this URL and expiry"),
            Self::Expired { at } => write!(f, "the signature expired at {at} (Unix seconds)"),
        }
    }
}

#[cfg(feature = "sign")]
impl std::error::Error for VerifyError {}
