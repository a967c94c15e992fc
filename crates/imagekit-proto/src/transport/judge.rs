//! What became of a request body, and what that means for the attempt.

use std::io;

use bytes::Bytes;
use http::Response;

use crate::error::{Failure, FailureKind};

/// What became of a request body.
#[derive(Debug)]
pub(super) struct Fate {
    /// Why the payload failed.
    pub(super) error: Option<io::Error>,
    /// Whether the transport took the whole body.
    pub(super) is_complete: bool,
}

/// Corrects the result of an attempt by what became of its body: a payload that failed cut the
/// request off, and a success counts only after the whole request.
pub(super) fn judge<T: From<io::Error>>(
    result: Result<Response<Bytes>, Failure<T>>,
    fate: Fate,
) -> Result<Response<Bytes>, Failure<T>> {
    if let Some(error) = fate.error {
        return Err(Failure::new(FailureKind::Payload, error.into()));
    }
    match result {
        Ok(response) if response.status().is_success() && !fate.is_complete => {
            let status = response.status();
            let error = format!("a response of status {status} came before the request was sent");
            Err(Failure::ambiguous(io::Error::other(error)))
        }
        result => result,
    }
}

/// Returns what a transport gets in place of the payload's own error.
pub(super) fn stand_in(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("the payload failed ({error})"))
}
