//! How a call ended, in the same form for every transport.

use std::fmt;
use std::time::Duration;

use imagekit_proto::Reply;
use imagekit_proto::error::{Cause, Error, ErrorKind, FailureKind};
use serde_json::Value;

use crate::seen::excerpt;

/// The end of a call, without what differs between transports.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum End {
    Value(Value),
    Build,
    Api(u16),
    Decode(u16),
    MaybeApplied(Why),
    Transport(FailureKind),
    Deadline(Option<Why>),
    Other(String),
}

/// How an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    Status(u16),
    Failure(FailureKind),
}

impl<T> From<&Cause<T>> for Why {
    fn from(cause: &Cause<T>) -> Self {
        match cause {
            Cause::Api(error) => Self::Status(error.status.as_u16()),
            Cause::Transport(failure) => Self::Failure(failure.kind),
        }
    }
}

/// How a call ended.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) end: End,
    pub(crate) attempts: u32,
    pub(crate) may_have_been_applied: bool,
    pub(crate) request_id: Option<String>,
    /// The API's message.
    pub(crate) message: Option<String>,
    /// What `Display` and `Debug` print: it must hold no secret.
    pub(crate) texts: Vec<String>,
    /// The waits that the core asked for, on a clock that moves by nothing else.
    pub(crate) waits: Option<Vec<Duration>>,
}

impl Outcome {
    pub(crate) fn of<T: fmt::Display + fmt::Debug>(result: Result<Reply<Value>, Error<T>>) -> Self {
        match result {
            Ok(reply) => Self {
                attempts: reply.attempts,
                may_have_been_applied: false,
                request_id: reply.meta.request_id.clone(),
                message: None,
                texts: vec![format!("{reply:?}")],
                waits: None,
                end: End::Value(reply.value),
            },
            Err(error) => Self {
                attempts: error.attempts(),
                may_have_been_applied: error.may_have_been_applied(),
                request_id: error.request_id().map(str::to_owned),
                message: error.api().and_then(|api| api.message.clone()),
                texts: vec![error.to_string(), format!("{error:?}")],
                waits: None,
                end: End::of(error.into_kind()),
            },
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => {
                write!(f, "returns {}", excerpt(value.to_string().as_bytes()))
            }
            Self::Build => f.write_str("is refused before anything is sent"),
            Self::Api(status) => write!(f, "fails with the API error of status {status}"),
            Self::Decode(status) => write!(f, "fails to decode the response of status {status}"),
            Self::MaybeApplied(why) => write!(f, "fails with MaybeApplied after {why}"),
            Self::Transport(kind) => write!(f, "fails with the transport failure {kind:?}"),
            Self::Deadline(None) => f.write_str("runs out of its deadline"),
            Self::Deadline(Some(why)) => write!(f, "runs out of its deadline after {why}"),
            Self::Other(what) => write!(f, "ends in another way: {what}"),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "the status {status}"),
            Self::Failure(kind) => write!(f, "the transport failure {kind:?}"),
        }
    }
}

impl End {
    fn of<T: fmt::Debug>(kind: ErrorKind<T>) -> Self {
        match kind {
            ErrorKind::Build(_) => Self::Build,
            ErrorKind::Api(error) => Self::Api(error.status.as_u16()),
            ErrorKind::Decode(error) => Self::Decode(error.status.as_u16()),
            ErrorKind::MaybeApplied { status, cause, .. } => {
                let why = Why::from(&cause);
                match (status, why) {
                    (None, Why::Failure(_)) => Self::MaybeApplied(why),
                    (Some(status), Why::Status(code)) if status == code => Self::MaybeApplied(why),
                    _ => Self::Other(format!("status {status:?} is not that of {why:?}")),
                }
            }
            ErrorKind::Transport(failure) => Self::Transport(failure.kind),
            ErrorKind::Deadline { last, .. } => Self::Deadline(last.as_ref().map(Why::from)),
            other => Self::Other(format!("{other:?}")),
        }
    }
}
