//! How a whole call ends, if not with a result.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::{ApiError, BuildError, DecodeError, Failure, FailureKind};

/// A call that did not end with the operation's result. `T` is the transport's own error.
///
/// The methods return what most callers need; [`kind`](Self::kind) has the details.
///
/// ```
/// use imagekit_proto::Error;
///
/// fn explain<T: std::error::Error>(error: &Error<T>) -> String {
///     if error.is_not_found() {
///         "there is no such file".to_owned()
///     } else if error.is_auth_failure() {
///         "check the private key".to_owned()
///     } else if error.may_have_been_applied() {
///         format!("look whether it was done before you send it again: {error}")
///     } else {
///         error.to_string()
///     }
/// }
/// # let _ = explain::<std::io::Error>;
/// ```
#[derive(Debug)]
pub struct Error<T> {
    operation: &'static str,
    attempts: u32,
    may_have_been_applied: bool,
    kind: ErrorKind<T>,
}

/// How a call ended.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind<T> {
    /// The request could not be built; nothing was sent.
    Build(BuildError),
    /// The API responded with an error.
    Api(Box<ApiError>),
    /// The status was 2xx, but the body is not the operation's result.
    Decode(Box<DecodeError>),
    /// The server may have carried out an operation that is not idempotent. Look whether it did
    /// before you send it again.
    #[non_exhaustive]
    MaybeApplied {
        /// The error status, if there was a response.
        status: Option<StatusCode>,
        /// Why the outcome is unknown.
        cause: Cause<T>,
    },
    /// No response was received.
    Transport(Failure<T>),
    /// The deadline of the call passed.
    #[non_exhaustive]
    Deadline {
        /// How the last attempt failed, if there was one.
        last: Option<Cause<T>>,
    },
    /// The client is paced, and as things stand the permit for the next request comes after the
    /// deadline of the call: see [`pace`](crate::pace).
    #[non_exhaustive]
    PermitTooLate {
        /// When it would come, from the time at which the call ended.
        wait: Duration,
        /// How the last attempt failed, if there was one.
        last: Option<Cause<T>>,
    },
    /// The state machine was driven wrongly, which is a defect of the transport's loop.
    Misuse(Misuse),
}

/// How one attempt failed.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "an attempt has a response or it has none")]
pub enum Cause<T> {
    /// With an error response of the API.
    Api(Box<ApiError>),
    /// Without a response.
    Transport(Failure<T>),
}

/// A state machine driven wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Misuse {
    /// Polled while a request is in flight: report its response or failure first.
    PolledInFlight,
    /// Polled after the call was done.
    PolledAfterDone,
    /// A response or failure was reported although no request is in flight.
    UnexpectedResponse,
}

impl<T> Error<T> {
    pub(crate) fn new(
        operation: &'static str,
        attempts: u32,
        may_have_been_applied: bool,
        kind: ErrorKind<T>,
    ) -> Self {
        Self { operation, attempts, may_have_been_applied, kind }
    }

    /// Creates the error of a call that a transport could not even begin (without entropy, without
    /// a runtime, without its payload): [`ErrorKind::Transport`] after no attempt.
    pub fn not_begun(operation: &'static str, failure: Failure<T>) -> Self {
        Self::new(operation, 0, false, ErrorKind::Transport(failure))
    }

    /// Returns how the call ended.
    pub fn kind(&self) -> &ErrorKind<T> {
        &self.kind
    }

    /// Returns how the call ended, by value.
    pub fn into_kind(self) -> ErrorKind<T> {
        self.kind
    }

    /// Returns the operation's id, such as `get-file-details`.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns how many requests were sent; attempts that found no connection do not count. One
    /// whose payload failed counts, even if that was before the first byte.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns whether the operation may have taken effect on the server, in this attempt or an
    /// earlier one. Never for a GET.
    ///
    /// True once the fate of any attempt is unknown: after 408, 5xx or a status that HTTP does not
    /// know, a connection that failed while the request was in flight, a response over the size
    /// limit, or a 2xx that cannot be decoded.
    pub fn may_have_been_applied(&self) -> bool {
        self.may_have_been_applied
    }

    /// Returns the API's error, if the last response was one.
    pub fn api(&self) -> Option<&ApiError> {
        match &self.kind {
            ErrorKind::Api(error) => Some(error),
            _ => match self.cause()? {
                Cause::Api(error) => Some(error),
                Cause::Transport(_) => None,
            },
        }
    }

    /// Returns the transport's failure, if the last attempt had no response.
    pub fn failure(&self) -> Option<&Failure<T>> {
        match &self.kind {
            ErrorKind::Transport(failure) => Some(failure),
            _ => match self.cause()? {
                Cause::Transport(failure) => Some(failure),
                Cause::Api(_) => None,
            },
        }
    }

    fn cause(&self) -> Option<&Cause<T>> {
        match &self.kind {
            ErrorKind::MaybeApplied { cause, .. }
            | ErrorKind::Deadline { last: Some(cause) }
            | ErrorKind::PermitTooLate { last: Some(cause), .. } => Some(cause),
            _ => None,
        }
    }

    /// Returns the HTTP status of the last response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.kind {
            ErrorKind::Decode(error) => Some(error.status),
            _ => self.api().map(|error| error.status),
        }
    }

    /// Returns `x-ik-requestId` of the last response, by which ImageKit's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        match &self.kind {
            ErrorKind::Decode(error) => error.request_id.as_deref(),
            _ => self.api()?.request_id.as_deref(),
        }
    }

    /// Returns how long the server asks to wait before the next attempt, if it says so.
    pub fn retry_after(&self) -> Option<Duration> {
        self.api()?.retry_after
    }

    /// Returns whether the status is 404: the resource does not exist.
    pub fn is_not_found(&self) -> bool {
        self.api().is_some_and(ApiError::is_not_found)
    }

    /// Returns whether the status is 401 or 403: the key, token or signature is missing, wrong or
    /// may not do this.
    pub fn is_auth_failure(&self) -> bool {
        self.api().is_some_and(ApiError::is_auth_failure)
    }

    /// Returns whether the status is 429: too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.api().is_some_and(ApiError::is_rate_limited)
    }

    /// Returns whether time ran out: the deadline of the call passed, leaves no time for another
    /// attempt, or its last attempt had a timeout.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, ErrorKind::Deadline { .. } | ErrorKind::PermitTooLate { .. })
            || self.failure().is_some_and(|failure| failure.is_timeout)
    }

    /// Returns whether the caller cancelled the call.
    pub fn is_cancelled(&self) -> bool {
        self.failure().is_some_and(|failure| failure.kind == FailureKind::Cancelled)
    }
}

impl<T> Cause<T> {
    pub(crate) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::Transport(_) => None,
        }
    }
}

impl<T> From<Cause<T>> for ErrorKind<T> {
    fn from(cause: Cause<T>) -> Self {
        match cause {
            Cause::Api(error) => Self::Api(error),
            Cause::Transport(failure) => Self::Transport(failure),
        }
    }
}

/// Prints the whole error on one line, its causes included.
impl<T: fmt::Display> fmt::Display for Error<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        match &self.kind {
            ErrorKind::Build(error) => write!(f, "{operation} was not sent: {error}"),
            ErrorKind::Api(error) => error.fmt(f),
            ErrorKind::Decode(error) => error.fmt(f),
            ErrorKind::MaybeApplied { cause: Cause::Api(error), .. } => error.fmt(f),
            ErrorKind::MaybeApplied { cause: Cause::Transport(failure), .. }
            | ErrorKind::Transport(failure) => {
                write!(f, "{operation} got no response: {failure}")
            }
            ErrorKind::Deadline { last: Some(cause) } => {
                write!(f, "{operation} did not succeed before its deadline: {cause}")
            }
            ErrorKind::Deadline { last: None } => {
                write!(f, "{operation} was not sent: its deadline had passed")
            }
            ErrorKind::PermitTooLate { wait, last: Some(cause) } => write!(
                f,
                "{operation} did not succeed before its deadline, and the rate limit allows the \
                 next attempt in {wait:?} only: {cause}"
            ),
            ErrorKind::PermitTooLate { wait, last: None } => write!(
                f,
                "{operation} was not sent: the rate limit allows it in {wait:?} only, after its \
                 deadline"
            ),
            ErrorKind::Misuse(misuse) => write!(f, "{operation} was driven wrongly: {misuse}"),
        }?;
        if self.attempts > 1 {
            write!(f, " [{} attempts]", self.attempts)?;
        }
        if self.may_have_been_applied {
            f.write_str("; it may have been applied, so look before you send it again")?;
        }
        Ok(())
    }
}

/// `Display` prints the causes, so `source` starts after them: with what the transport's error
/// itself leaves to its source.
impl<T: std::error::Error + 'static> std::error::Error for Error<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.failure()?.source.source()
    }
}

impl<T: fmt::Display> fmt::Display for Cause<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Transport(failure) => failure.fmt(f),
        }
    }
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PolledInFlight => {
                "it was polled while a request was in flight, so report the response first"
            }
            Self::PolledAfterDone => "it was polled after it was done",
            Self::UnexpectedResponse => "a response was reported although none was expected",
        })
    }
}
