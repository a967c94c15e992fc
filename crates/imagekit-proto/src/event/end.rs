//! How a call ended, without its details.

use std::fmt;

use crate::error::{Error, ErrorKind};

/// How a call ended: with its result, with one of the [`ErrorKind`]s, or because it was
/// dropped or cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CallEnd {
    /// With the operation's result.
    Success,
    /// [`ErrorKind::Build`].
    Build,
    /// [`ErrorKind::Api`].
    Api,
    /// [`ErrorKind::Decode`].
    Decode,
    /// [`ErrorKind::MaybeApplied`].
    MaybeApplied,
    /// [`ErrorKind::Transport`].
    Transport,
    /// [`ErrorKind::Deadline`].
    Deadline,
    /// [`ErrorKind::PermitTooLate`].
    PermitTooLate,
    /// [`ErrorKind::Misuse`].
    Misuse,
    /// It was dropped or cancelled before it was done.
    Cancelled,
}

impl CallEnd {
    /// Returns it as a label of metrics: `success`, `api`, `maybe-applied`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Build => "build",
            Self::Api => "api",
            Self::Decode => "decode",
            Self::MaybeApplied => "maybe-applied",
            Self::Transport => "transport",
            Self::Deadline => "deadline",
            Self::PermitTooLate => "permit-too-late",
            Self::Misuse => "misuse",
            Self::Cancelled => "cancelled",
        }
    }

    pub(super) fn of<T>(error: &Error<T>) -> Self {
        match error.kind() {
            _ if error.is_cancelled() => Self::Cancelled,
            ErrorKind::Build(_) => Self::Build,
            ErrorKind::Api(_) => Self::Api,
            ErrorKind::Decode(_) => Self::Decode,
            ErrorKind::MaybeApplied { .. } => Self::MaybeApplied,
            ErrorKind::Transport(_) => Self::Transport,
            ErrorKind::Deadline { .. } => Self::Deadline,
            ErrorKind::PermitTooLate { .. } => Self::PermitTooLate,
            ErrorKind::Misuse(_) => Self::Misuse,
        }
    }
}

impl fmt::Display for CallEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
