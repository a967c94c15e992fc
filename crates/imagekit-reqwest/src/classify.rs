//! From an error of reqwest's to what it says about the request.

use crate::error::TransportError;
use crate::proto::error::{Failure, FailureKind};

/// Certain cases are [`FailureKind::NotSent`], everything else is ambiguous.
pub(crate) fn classify(error: reqwest::Error) -> Failure<TransportError> {
    // Name resolution, TCP, proxy and TLS all count as connecting.
    let kind = if error.is_connect() || error.is_builder() {
        FailureKind::NotSent
    } else {
        FailureKind::Ambiguous
    };
    let source = if error.is_timeout() {
        TransportError::Timeout
    } else {
        // A URL may hold what is nobody's business, such as a signature.
        TransportError::Http(error.without_url())
    };
    Failure::new(kind, source)
}
