//! What a batch returns: one list for each fate of a file.

use std::fmt;
use std::sync::Arc;

use crate::error::{Error, ItemError, Misuse};

/// The outcome of a [`Batch`](super::Batch). Every id is in exactly one of `succeeded`, `failed`,
/// `missing`, `unknown` and `not_sent`.
#[derive(Debug)]
#[non_exhaustive]
#[must_use = "it may say that something was not done: see `is_complete`"]
pub struct BatchOutcome<T> {
    /// The files that it was done to.
    pub succeeded: Vec<String>,
    /// The files that it was certainly not done to, and why.
    pub failed: Vec<FailedFile<T>>,
    /// The files that do not exist.
    pub missing: Vec<String>,
    /// The files that it may have been done to: look before you send them again.
    pub unknown: Vec<UnknownFile<T>>,
    /// The files that were in no request, or only in one that was to be repeated without its
    /// missing files: the batch was stopped before.
    pub not_sent: Vec<String>,
    /// The errors of the requests that failed as a whole, in the order in which they ended. The
    /// reasons in `failed` and `unknown` share them.
    pub failed_requests: Vec<Arc<Error<T>>>,
    /// Files that a response names although its request did not.
    pub unexpected: Vec<String>,
    /// How the driver misused the machine, if it did.
    pub misuse: Option<Misuse>,
}

impl<T> BatchOutcome<T> {
    /// Returns whether it was done to every file.
    pub fn is_complete(&self) -> bool {
        self.failed.is_empty()
            && self.missing.is_empty()
            && self.unknown.is_empty()
            && self.not_sent.is_empty()
            && self.unexpected.is_empty()
            && self.misuse.is_none()
    }

    /// Returns the files that a new batch may be given without doing anything twice: those that
    /// were not sent, and those that certainly failed. For each of the latter, `failed` says whether
    /// another request makes sense.
    pub fn remaining(&self) -> Vec<String> {
        let failed = self.failed.iter().map(|file| &file.id);
        self.not_sent.iter().chain(failed).cloned().collect()
    }

    pub(super) fn polled_after_done() -> Self {
        Self { misuse: Some(Misuse::PolledAfterDone), ..Self::default() }
    }
}

impl<T> Default for BatchOutcome<T> {
    fn default() -> Self {
        Self {
            succeeded: Vec::new(),
            failed: Vec::new(),
            missing: Vec::new(),
            unknown: Vec::new(),
            not_sent: Vec::new(),
            failed_requests: Vec::new(),
            unexpected: Vec::new(),
            misuse: None,
        }
    }
}

/// A file that it was certainly not done to. Prints its id and the reason.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedFile<T> {
    /// The id.
    pub id: String,
    /// Why.
    pub reason: FailureReason<T>,
}

/// Why it was not done to a file.
#[derive(Debug)]
#[non_exhaustive]
pub enum FailureReason<T> {
    /// The API reports an error of this file.
    File(ItemError),
    /// The request that named the file failed as a whole.
    Request(Arc<Error<T>>),
}

/// A file that it may have been done to. Prints its id and the reason.
#[derive(Debug)]
#[non_exhaustive]
pub struct UnknownFile<T> {
    /// The id.
    pub id: String,
    /// Why it is not known.
    pub reason: UnknownReason<T>,
}

/// Why it is not known whether it was done to a file.
#[derive(Debug)]
#[non_exhaustive]
pub enum UnknownReason<T> {
    /// The response names the file neither as done nor as failed.
    Unnamed,
    /// The request failed, and may have been applied all the same.
    Request(Arc<Error<T>>),
    /// The driver ended the batch while the request was in flight.
    Finished,
}

impl<T: fmt::Display> fmt::Display for FailedFile<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.id, self.reason)
    }
}

impl<T: fmt::Display> fmt::Display for FailureReason<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => {
                f.write_str(error.error.as_deref().unwrap_or("failed without a reason"))
            }
            Self::Request(error) => error.fmt(f),
        }
    }
}

impl<T: fmt::Display> fmt::Display for UnknownFile<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.id, self.reason)
    }
}

impl<T: fmt::Display> fmt::Display for UnknownReason<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unnamed => f.write_str("the response does not mention the file"),
            Self::Request(error) => error.fmt(f),
            Self::Finished => f.write_str("the batch was ended while the request was in flight"),
        }
    }
}
