//! How a whole call can end, but for success.

use std::fmt;

use http::StatusCode;

use super::{ApiError, DecodeError};
use crate::endpoint::BuildError;

/// A call that did not end with the operation's result. `T` is the transport's own error.
#[derive(Debug)]
pub struct Error<T> {
    operation: &'static str,
    attempts: u32,
    kind: ErrorKind<T>,
}

/// How a call ended.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind<T> {
    /// The request could not be built; nothing was sent.
    Build(BuildError),
    /// The API answered with an error.
    Api(Box<ApiError>),
    /// A success whose body is not the operation's answer.
    Decode(Box<DecodeError>),
    /// The server may or may not have carried out an operation that must not happen twice.
    /// Look whether it did before you send it again.
    #[non_exhaustive]
    MaybeApplied {
        /// The error status, if there was an answer.
        status: Option<StatusCode>,
        /// What left it open.
        cause: Cause<T>,
    },
    /// No answer was had.
    Transport(Failure<T>),
    /// The deadline of the call has come.
    #[non_exhaustive]
    Deadline {
        /// How the last attempt failed, if there was one.
        last: Option<Cause<T>>,
    },
    /// The state machine was driven wrongly: a defect of the transport's loop.
    Misuse(Misuse),
}

/// How one attempt failed.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "an attempt has an answer or it has none")]
pub enum Cause<T> {
    /// With an error of the API.
    Api(Box<ApiError>),
    /// Without an answer.
    Transport(Failure<T>),
}

/// An attempt without an answer: what a transport reports.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "transports build it")]
pub struct Failure<T> {
    /// What decides about the next attempt.
    pub kind: FailureKind,
    /// The transport's own error.
    pub source: T,
}

impl<T> Failure<T> {
    /// Bundles the two.
    pub fn new(kind: FailureKind, source: T) -> Self {
        Self { kind, source }
    }
}

/// What a failure tells about the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// The server certainly did not see the request: no connection was had.
    NotSent,
    /// The server may have seen the request: timeout, reset, early close. When in doubt, this.
    Ambiguous,
    /// The payload could not be read, or was not as long as announced.
    Payload,
    /// The response is larger than [`Attempt::max_response`](crate::Attempt::max_response).
    TooLarge,
    /// The caller gave up.
    Cancelled,
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
    UnexpectedAnswer,
}

impl<T> Error<T> {
    pub(crate) fn new(operation: &'static str, attempts: u32, kind: ErrorKind<T>) -> Self {
        Self { operation, attempts, kind }
    }

    /// A call that a transport could not even begin (it has no entropy, no runtime, or no
    /// payload), reported as [`ErrorKind::Transport`] after no attempt at all.
    pub fn not_begun(operation: &'static str, failure: Failure<T>) -> Self {
        Self::new(operation, 0, ErrorKind::Transport(failure))
    }

    /// How the call ended.
    pub fn kind(&self) -> &ErrorKind<T> {
        &self.kind
    }

    /// How the call ended, by value.
    pub fn into_kind(self) -> ErrorKind<T> {
        self.kind
    }

    /// How many requests were sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The operation's id.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The API's error, wherever in the outcome it stands.
    pub fn api(&self) -> Option<&ApiError> {
        match &self.kind {
            ErrorKind::Api(error)
            | ErrorKind::MaybeApplied { cause: Cause::Api(error), .. }
            | ErrorKind::Deadline { last: Some(Cause::Api(error)) } => Some(error),
            _ => None,
        }
    }

    /// The HTTP status, if there was an answer.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.kind {
            ErrorKind::Decode(error) => Some(error.status),
            _ => self.api().map(|error| error.status),
        }
    }

    /// The transport's failure, wherever in the outcome it stands.
    pub fn failure(&self) -> Option<&Failure<T>> {
        match &self.kind {
            ErrorKind::Transport(failure)
            | ErrorKind::MaybeApplied { cause: Cause::Transport(failure), .. }
            | ErrorKind::Deadline { last: Some(Cause::Transport(failure)) } => Some(failure),
            _ => None,
        }
    }

    /// 404: there is no such thing.
    pub fn is_not_found(&self) -> bool {
        self.api().is_some_and(ApiError::is_not_found)
    }

    /// 429: too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.api().is_some_and(ApiError::is_rate_limited)
    }

    /// The server may have carried out the operation.
    pub fn is_maybe_applied(&self) -> bool {
        matches!(self.kind, ErrorKind::MaybeApplied { .. })
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

impl<T: fmt::Display> fmt::Display for Error<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        match &self.kind {
            ErrorKind::Build(error) => write!(f, "{operation} was not sent: {error}"),
            ErrorKind::Api(error) => error.fmt(f),
            ErrorKind::Decode(error) => error.fmt(f),
            ErrorKind::MaybeApplied { cause, .. } => write!(
                f,
                "{operation} may or may not have been carried out, \
                 look before you send it again: {cause}"
            ),
            ErrorKind::Transport(failure) => write!(f, "{operation} had no answer: {failure}"),
            ErrorKind::Deadline { last: Some(cause) } => {
                write!(f, "{operation} did not succeed before its deadline: {cause}")
            }
            ErrorKind::Deadline { last: None } => {
                write!(f, "{operation} was not sent: its deadline had passed")
            }
            ErrorKind::Misuse(misuse) => write!(f, "{operation} was driven wrongly: {misuse}"),
        }?;
        if self.attempts > 1 {
            write!(f, " [{} attempts]", self.attempts)?;
        }
        Ok(())
    }
}

impl<T: std::error::Error + 'static> std::error::Error for Error<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Build(error) => Some(error),
            ErrorKind::Decode(error) => Some(error),
            _ => match (self.api(), self.failure()) {
                (Some(error), _) => Some(error),
                (None, Some(failure)) => Some(&failure.source),
                (None, None) => None,
            },
        }
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

impl<T: fmt::Display> fmt::Display for Failure<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.source)
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "nothing was sent",
            Self::Ambiguous => "the connection failed while the request was on its way",
            Self::Payload => "the payload failed",
            Self::TooLarge => "the response is too large",
            Self::Cancelled => "the caller gave up",
        })
    }
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PolledInFlight => "it was polled while a request was in flight",
            Self::PolledAfterDone => "it was polled after it was done",
            Self::UnexpectedAnswer => "an answer came although no request was in flight",
        })
    }
}
