//! Attempts without a response: what a transport reports.

use std::fmt;

/// An attempt without a response: what a transport reports. `T` is the transport's own error.
///
/// ```
/// use std::io;
/// use imagekit_proto::error::{Failure, FailureKind};
///
/// fn classify(error: io::Error, connected: bool) -> Failure<io::Error> {
///     let is_timeout = error.kind() == io::ErrorKind::TimedOut;
///     let kind = if connected { FailureKind::Ambiguous } else { FailureKind::NotSent };
///     Failure::new(kind, error).timeout(is_timeout)
/// }
/// assert!(classify(io::ErrorKind::TimedOut.into(), true).is_timeout);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Failure<T> {
    /// What the failure says about the request.
    pub kind: FailureKind,
    /// Whether a timeout ended the attempt.
    pub is_timeout: bool,
    /// The transport's own error.
    pub source: T,
}

impl<T> Failure<T> {
    /// Creates the failure of an attempt that did not end by a timeout.
    pub fn new(kind: FailureKind, source: T) -> Self {
        Self { kind, is_timeout: false, source }
    }

    /// Creates the failure of an attempt that found no connection: nothing was sent.
    pub fn not_sent(source: impl Into<T>) -> Self {
        Self::new(FailureKind::NotSent, source.into())
    }

    /// Creates the failure of an attempt of which the server may have seen the request.
    pub fn ambiguous(source: impl Into<T>) -> Self {
        Self::new(FailureKind::Ambiguous, source.into())
    }

    /// Says whether a timeout ended the attempt.
    pub fn timeout(mut self, is_timeout: bool) -> Self {
        self.is_timeout = is_timeout;
        self
    }
}

/// What a failed attempt says about the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// The server certainly did not see the request: there was no connection.
    NotSent,
    /// The server may have seen the request: timeout, reset, early close. When in doubt, this.
    Ambiguous,
    /// The payload could not be read, or was not as long as announced. The request was cut off
    /// before it was complete.
    Payload,
    /// The response is larger than [`Attempt::max_response`](crate::Attempt::max_response).
    TooLarge,
    /// The caller cancelled the attempt.
    Cancelled,
}

impl FailureKind {
    /// Whether the server may have acted on the request.
    pub(crate) fn leaves_fate_unknown(self) -> bool {
        match self {
            Self::NotSent | Self::Payload => false,
            Self::Ambiguous | Self::TooLarge | Self::Cancelled => true,
        }
    }
}

impl<T: fmt::Display> fmt::Display for Failure<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.source, self.kind)
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "the request was not sent",
            Self::Ambiguous => "the server may have seen the request",
            Self::Payload => "the payload failed",
            Self::TooLarge => "the response is too large",
            Self::Cancelled => "the caller cancelled the attempt",
        })
    }
}
