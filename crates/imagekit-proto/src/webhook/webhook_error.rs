//! Messages that are not accepted.

use std::fmt;
use std::time::Duration;

/// Why a message was not accepted as ImageKit's, or could not be signed.
///
/// No variant holds a secret, a signature or a part of the body. Respond to such a request with
/// a 4xx status and ignore its content.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The webhook secret is empty.
    EmptySecret,
    /// The message id has a dot, which separates the parts of the signed text.
    DotInMessageId,
    /// The message id is empty or cannot be a header value (only when signing).
    InvalidMessageId,
    /// The timestamp is too large (only when signing).
    InvalidTimestamp,
    /// The header is absent or empty.
    MissingHeader {
        /// The header's name.
        name: &'static str,
    },
    /// The header came more than once, so it is unknown which one was signed.
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
    /// The body is larger than
    /// [`WebhookVerifier::max_body`](super::WebhookVerifier::max_body) allows.
    BodyTooLarge {
        /// The body's length in bytes.
        len: usize,
        /// The limit in bytes.
        max: usize,
    },
    /// No signature matches any of the secrets: a forgery, another secret, or a changed body.
    NoMatch,
    /// The signature is valid, but older than the tolerance: a replay, or a wrong clock.
    TooOld {
        /// The age of the signature.
        age: Duration,
        /// The maximum age.
        tolerance: Duration,
    },
    /// The signature is valid, but further in the future than the tolerance: a wrong clock.
    TooNew {
        /// How far it is ahead of the clock passed in.
        ahead: Duration,
        /// The maximum distance.
        tolerance: Duration,
    },
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptySecret => {
                f.write_str("the webhook secret is empty: copy it whole from the dashboard")
            }
            Self::DotInMessageId => f.write_str(
                "the message id has a dot, so the signed text is ambiguous: refuse the request",
            ),
            Self::InvalidMessageId => f.write_str(
                "the message id cannot be a header value: use printable characters without \
                 spaces at the ends",
            ),
            Self::InvalidTimestamp => {
                f.write_str("the timestamp is too large: pass seconds, not milliseconds")
            }
            Self::MissingHeader { name } => write!(
                f,
                "the header {name} is missing: pass the headers as received, and refuse the \
                 request if it came without"
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
                 bytes as received (not parsed and serialised again) and the whole secret text \
                 (whsec_ included), also the previous one while it is being replaced",
            ),
            Self::TooOld { age, tolerance } => write!(
                f,
                "the signature is {} s old, more than the {} s allowed: refuse the request as a \
                 replay, or set this machine's clock",
                age.as_secs(),
                tolerance.as_secs()
            ),
            Self::TooNew { ahead, tolerance } => write!(
                f,
                "the signature is {} s in the future, more than the {} s allowed: set this \
                 machine's clock, and pass Unix seconds",
                ahead.as_secs(),
                tolerance.as_secs()
            ),
        }
    }
}

impl std::error::Error for WebhookError {}
