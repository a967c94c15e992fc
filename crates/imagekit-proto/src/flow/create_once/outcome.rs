//! How a [`CreateOnce`](super::CreateOnce) ends.

use std::fmt;

use crate::error::{Error, Misuse};

/// What was created once: `O`, the output of the operation that creates, or `F`, what a look-up
/// found.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "it was created now, or it was there")]
pub enum Created<O, F> {
    /// The request created it: this is the response.
    Now(O),
    /// A look-up saw it: it was there before, or a request whose response was lost created it.
    Found(F),
}

impl<O, F> Created<O, F> {
    /// Returns the response of the request that created it, if there was one.
    pub fn response(&self) -> Option<&O> {
        match self {
            Self::Now(output) => Some(output),
            Self::Found(_) => None,
        }
    }

    /// Returns what a look-up found, if it was that.
    pub fn found(&self) -> Option<&F> {
        match self {
            Self::Now(_) => None,
            Self::Found(found) => Some(found),
        }
    }
}

/// Why it is not certain that something was created.
#[derive(Debug)]
#[non_exhaustive]
pub enum CreateOnceError<F, T> {
    /// The first look-up failed. Nothing was created.
    Lookup(Box<Error<T>>),
    /// The request failed, without an effect.
    Create(Box<Error<T>>),
    /// Something else is in the place. It is as it was.
    Taken(Box<F>),
    /// A request may have had its effect, and no look-up saw it: this is the error of that request.
    /// Look again later.
    NotSeen(Box<Error<T>>),
    /// The driver called [`finish`](crate::flow::Machine::finish) before the end was known.
    #[non_exhaustive]
    Finished {
        /// Whether a request may have had its effect.
        may_have_been_applied: bool,
    },
    /// The machine was driven wrongly, which is a defect of the driver.
    #[non_exhaustive]
    Misuse {
        /// How.
        misuse: Misuse,
        /// Whether a request may have had its effect.
        may_have_been_applied: bool,
    },
}

impl<F, T> CreateOnceError<F, T> {
    /// Returns whether a request may have created something, unseen.
    pub fn may_have_been_applied(&self) -> bool {
        match self {
            Self::Lookup(_) | Self::Create(_) | Self::Taken(_) => false,
            Self::NotSeen(_) => true,
            Self::Finished { may_have_been_applied }
            | Self::Misuse { may_have_been_applied, .. } => *may_have_been_applied,
        }
    }

    /// Returns the error of the request that failed, if one did.
    pub fn request_error(&self) -> Option<&Error<T>> {
        match self {
            Self::Lookup(error) | Self::Create(error) | Self::NotSeen(error) => Some(error),
            Self::Taken(_) | Self::Finished { .. } | Self::Misuse { .. } => None,
        }
    }
}

impl<F, T: fmt::Display> fmt::Display for CreateOnceError<F, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lookup(error) => {
                write!(f, "it was not sent, because the look-up failed: {error}")
            }
            Self::Create(error) => error.fmt(f),
            Self::Taken(_) => f.write_str(
                "something else is in the place and was left as it is: choose another name, or \
                 replace it",
            ),
            Self::NotSeen(error) => write!(f, "no look-up has seen it yet: {error}"),
            Self::Finished { may_have_been_applied: true } => {
                f.write_str("it may have been created: look before you create it again")
            }
            Self::Finished { .. } => f.write_str("it was not created"),
            Self::Misuse { misuse, .. } => write!(f, "it was driven wrongly: {misuse}"),
        }
    }
}

impl<F: fmt::Debug, T: std::error::Error + 'static> std::error::Error for CreateOnceError<F, T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.request_error()?.source()
    }
}
