//! From an error of reqwest to what it says about the request.

use crate::error::TransportError;
use crate::proto::error::{Failure, FailureKind};

/// Certain errors are [`FailureKind::NotSent`], all others are ambiguous.
pub(crate) fn classify(error: reqwest::Error) -> Failure<TransportError> {
    // Name resolution, TCP, proxy and TLS all count as connecting.
    let kind = if error.is_connect() || error.is_builder() {
        FailureKind::NotSent
    } else {
        FailureKind::Ambiguous
    };
    let is_timeout = error.is_timeout();
    let source = if is_timeout {
        TransportError::Timeout
    } else {
        // The URL may hold a signature.
        TransportError::Http(error.without_url())
    };
    Failure::new(kind, source).timeout(is_timeout)
}
