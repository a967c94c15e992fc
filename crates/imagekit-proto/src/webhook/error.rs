//! What can be wrong with a webhook.

use std::fmt;
#[cfg(feature = "sign")]
use std::time::Duration;

use crate::error::shape;

/// Why a message was not accepted as ImageKit's, or could not be signed.
///
/// No variant holds a secret, a signature or a part of the body. Answer such a request with a
/// 4xx status and do nothing else with it.
#[cfg(feature = "sign")]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The webhook secret is empty.
    EmptySecret,
    /// The message id is empty or cannot be a header value (only when signing).
    InvalidMessageId,
    /// The timestamp does not fit (only when signing).
    InvalidTimestamp,
    /// The header is absent or empty.
    MissingHeader {
        /// The header's name.
        name: &'static str,
    },
    /// The header came more than once, so that nobody knows which one was signed.
    RepeatedHeader {
        /// The header's name.
        name: &'static str,
    },
    /// The header's value is not UTF-8.
    HeaderNotUtf8 {
        /// The header's name.
        name: &'static str,
    },
    /// The timestamp is not a plain decimal number.
    MalformedTimestamp {
        /// The header's name.
        name: &'static str,
    },
    /// `x-ik-signature` lacks its `t=` or `v1=` part.
    MissingPart {
        /// The part's name.
        part: &'static str,
    },
    /// The body is larger than [`Verifier::max_body`](super::Verifier::max_body) allows.
    BodyTooLarge {
        /// The body's length in bytes.
        len: usize,
        /// The limit in bytes.
        max: usize,
    },
    /// No signature matches any of the secrets: a forgery, another secret, or a changed body.
    NoMatch,
    /// Rightly signed, but longer ago than the tolerance: a replay, or a wrong clock.
    TooOld {
        /// How long ago it was signed.
        age: Duration,
        /// What would have been accepted.
        tolerance: Duration,
    },
    /// Rightly signed, but further in the future than the tolerance: a wrong clock.
    TooNew {
        /// How far ahead of the clock passed in.
        ahead: Duration,
        /// What would have been accepted.
        tolerance: Duration,
    },
}

#[cfg(feature = "sign")]
impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptySecret => {
                f.write_str("the webhook secret is empty: copy it whole from the dashboard")
            }
            Self::InvalidMessageId => f.write_str(
                "the message id cannot be a header value: use printable characters without \
                 spaces at the ends",
            ),
            Self::InvalidTimestamp => {
                f.write_str("the timestamp does not fit: pass the time since 1970 as a Duration")
            }
            Self::MissingHeader { name } => write!(
                f,
                "the header {name} is missing: pass the headers as received; without it the \
                 request is not a webhook of this scheme"
            ),
            Self::RepeatedHeader { name } => write!(
                f,
                "the header {name} came more than once: refuse the request, ImageKit sends one"
            ),
            Self::HeaderNotUtf8 { name } => {
                write!(f, "the header {name} is not UTF-8: refuse the request")
            }
            Self::MalformedTimestamp { name } => write!(
                f,
                "the timestamp in {name} is not a plain decimal number: refuse the request"
            ),
            Self::MissingPart { part } => {
                write!(f, "x-ik-signature has no {part}= part: refuse the request")
            }
            Self::BodyTooLarge { len, max } => write!(
                f,
                "the body has {len} bytes, more than the {max} allowed: refuse the request, or \
                 raise max_body if it is genuine"
            ),
            Self::NoMatch => f.write_str(
                "no signature matches: refuse the request. If it is genuine, pass the body's \
                 bytes as received (not parsed and printed again) and the whole secret text \
                 (whsec_ included), also the previous one while it is being replaced",
            ),
            Self::TooOld { age, tolerance } => write!(
                f,
                "signed {} s ago, more than the {} s allowed: refuse the request as a replay, \
                 or set this machine's clock",
                age.as_secs(),
                tolerance.as_secs()
            ),
            Self::TooNew { ahead, tolerance } => write!(
                f,
                "signed {} s in the future, more than the {} s allowed: set this machine's \
                 clock, and pass the time since 1970",
                ahead.as_secs(),
                tolerance.as_secs()
            ),
        }
    }
}

#[cfg(feature = "sign")]
impl std::error::Error for SignatureError {}

/// Why a body is no event. Never holds a value out of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventError {
    /// The body is not UTF-8.
    NotUtf8,
    /// The body is not JSON, or nested beyond reason.
    NotJson {
        /// Where, counted from 1.
        line: usize,
        /// Where, counted from 1.
        column: usize,
    },
    /// The body is JSON, but no object with one `type` that is text: it is no event.
    NoType,
    /// The `type` (or the shape) is known, but the rest is not as documented.
    Malformed {
        /// The event's type, or `extension callback`.
        what: &'static str,
        /// What is wrong, such as ``missing field `fileId` ``.
        detail: String,
        /// Where, counted from 1.
        line: usize,
        /// Where, counted from 1.
        column: usize,
    },
}

impl EventError {
    /// Sorts an error of serde_json and leaves out the values that it quotes.
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
            Self::NotUtf8 => f.write_str("the body is not UTF-8, so it is no event"),
            Self::NotJson { line, column } => {
                write!(f, "the body is not JSON (line {line}, column {column}), so it is no event")
            }
            Self::NoType => f.write_str(
                "the body has no `type`, so it is no event; what ImageKit sends to an upload's \
                 webhookUrl is read as an extension callback",
            ),
            Self::Malformed { what, detail, line, column } => write!(
                f,
                "{what}: {detail} (line {line}, column {column}); the raw body is still there \
                 to be read by hand"
            ),
        }
    }
}

impl std::error::Error for EventError {}
