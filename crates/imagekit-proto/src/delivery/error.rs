//! Errors of transformations, URLs and signatures.

#[cfg(feature = "sign")]
use crate::types::UnixTime;
use std::fmt;

/// The reason why a transformation string cannot be built or parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidTransformation {
    /// A value holds `,` or `:`, plain or percent-encoded, and would add parameters or steps.
    #[non_exhaustive]
    Separator {
        /// The code of the value's parameter; `i` for the path of a layer.
        code: String,
    },
    /// The code of a parameter holds anything but letters, digits, `-` and `_`, or belongs to a
    /// layer (`l-...`).
    #[non_exhaustive]
    Code {
        /// The code.
        code: String,
    },
    /// A parsed string has an empty parameter.
    EmptyParameter,
    /// A layer (`l-text`, `l-image`, ...) has no `l-end`.
    UnclosedLayer,
    /// An `l-end` closes no layer.
    UnopenedLayer,
    /// Layers are nested more than 16 deep.
    TooDeep,
    /// A number is infinite or not a number.
    NotANumber,
    /// A raw transformation in the path holds a segment `.` or `..`, which changes the path.
    DotSegment,
}

impl fmt::Display for InvalidTransformation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Separator { code } if code == "i" => {
                return f.write_str(
                    "the path of a layer holds `,` or `:`, which would end it: write it with \
                     `Encoding::Auto` or `Encoding::Base64`",
                );
            }
            Self::Separator { code } => {
                return write!(
                    f,
                    "the value of the transformation parameter `{}` holds `,` or `:`, plain or \
                     percent-encoded, and would add parameters: remove it, or pass text of your \
                     own to `raw`",
                    code.escape_debug()
                );
            }
            Self::Code { code } => {
                return write!(
                    f,
                    "`{}` is not the code of a transformation parameter: use letters, digits, `-` \
                     and `_`, an `Overlay` for a layer, or `raw` for text of your own",
                    code.escape_debug()
                );
            }
            Self::EmptyParameter => {
                "a transformation parameter is empty: remove the doubled, leading or trailing \
                 separator"
            }
            Self::UnclosedLayer => "a layer is not closed: end it with `l-end`",
            Self::UnopenedLayer => "`l-end` closes no layer: open one, for example with `l-text`",
            Self::TooDeep => "layers are nested more than 16 deep: use fewer",
            Self::NotANumber => "a transformation holds NaN or an infinity: pass a finite number",
            Self::DotSegment => {
                "a raw transformation holds `.` or `..` between slashes, which would change the \
                 path: remove it, or put the transformation into the query"
            }
        })
    }
}

impl std::error::Error for InvalidTransformation {}

/// The reason why text is not an absolute URL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlProblem {
    /// The text is empty.
    Empty,
    /// It does not begin with `http://` or `https://`.
    NotHttp,
    /// It has no host.
    NoHost,
    /// The host holds characters that an ASCII host name cannot hold.
    Host,
    /// The port is not a number up to 65535.
    Port,
    /// The user information before `@` holds characters that must be percent-encoded.
    UserInfo,
}

impl fmt::Display for UrlProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::NotHttp => "it must begin with `https://` or `http://`",
            Self::NoHost => "it has no host",
            Self::Host => {
                "its host holds characters that a host name cannot hold (write an international \
                 name in its ASCII form, `xn--...`)"
            }
            Self::Port => "its port is not a number up to 65535",
            Self::UserInfo => "its user information holds characters that must be percent-encoded",
        })
    }
}

/// The reason why a URL cannot be built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlError {
    /// The URL endpoint is not an absolute URL.
    Base(UrlProblem),
    /// The source is empty.
    EmptySource,
    /// The source starts like an absolute URL but is not one.
    Source(UrlProblem),
    /// The source's `..` segments lead out of the URL endpoint.
    LeavesBase,
    /// The transformation cannot be written.
    Transformation(InvalidTransformation),
    /// The URL is longer than the 65,534 bytes that `http::Uri` holds.
    TooLong,
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base(problem) => write!(
                f,
                "the URL endpoint is not valid, {problem}: copy it from the ImageKit dashboard (for \
                 example `https://ik.imagekit.io/your_id`)"
            ),
            Self::EmptySource => f.write_str("the source is empty: pass a file's path or its URL"),
            Self::Source(problem) => write!(
                f,
                "the source is not valid, {problem}: pass an absolute URL, or a path to \
                 `UrlBase::url`"
            ),
            Self::LeavesBase => f.write_str(
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

impl From<InvalidTransformation> for UrlError {
    fn from(error: InvalidTransformation) -> Self {
        Self::Transformation(error)
    }
}

/// The reason why a URL cannot be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg(feature = "sign")]
pub enum SignError {
    /// The private key is empty.
    EmptyKey,
    /// The lifetime is less than a second.
    NoLifetime,
    /// The expiry is not after the time now.
    Past,
    /// The expiry is after the year 2286 (9,999,999,999 seconds), which milliseconds are too.
    TooLate,
    /// The time now is after the year 2286, which milliseconds are too: a URL signed with it would
    /// practically never expire.
    ClockOutOfRange,
    /// The URL does not start with the signer's URL endpoint: ImageKit would reject the signature.
    OutsideBase,
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
            Self::TooLate => {
                "the expiry is after the year 2286, which no signature can hold: pass seconds \
                 since 1970, not milliseconds, or `Expiry::NEVER`"
            }
            Self::ClockOutOfRange => {
                "the time now is after the year 2286: pass the seconds since 1970, not \
                 milliseconds or nanoseconds"
            }
            Self::OutsideBase => {
                "the URL does not start with the signer's URL endpoint, so ImageKit would reject \
                 its signature: sign with the URL endpoint that serves it"
            }
            Self::AlreadySigned => {
                "the URL has a parameter `ik-s` or `ik-t` already: remove both before signing"
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

/// The reason why a signed URL is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg(feature = "sign")]
pub enum VerifyError {
    /// The URL does not start with the signer's URL endpoint.
    OutsideBase,
    /// The URL does not end in a signature.
    Unsigned,
    /// The signature belongs to another URL, expiry or key.
    Forged,
    /// The signature was valid until `at`.
    Expired {
        /// The time from which on it is rejected.
        at: UnixTime,
    },
}

#[cfg(feature = "sign")]
impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutsideBase => f.write_str(
                "the URL does not start with the signer's URL endpoint: verify it with the URL \
                 endpoint that it was signed for",
            ),
            Self::Unsigned => f.write_str(
                "the URL does not end in a signature: reject it, or pass it as it was requested",
            ),
            Self::Forged => f.write_str(
                "the signature does not belong to this URL and expiry: reject it, or check the \
                 private key",
            ),
            Self::Expired { at } => {
                write!(f, "the signature expired at {at} (Unix seconds): sign the URL again")
            }
        }
    }
}

#[cfg(feature = "sign")]
impl std::error::Error for VerifyError {}
