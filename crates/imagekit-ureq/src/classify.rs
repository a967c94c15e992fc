//! From an error of ureq's to what it says about the request.

use std::error::Error as StdError;
use std::fmt;

use crate::error::TransportError;
use crate::proto::error::{Failure, FailureKind};

/// An error from before a connection was had. The resolver and the connector wrap theirs in it:
/// ureq's error alone does not tell whether a refusal or a timeout came before the request.
#[derive(Debug)]
pub(crate) struct Unsent(ureq::Error);

impl Unsent {
    pub(crate) fn wrap(error: ureq::Error) -> ureq::Error {
        ureq::Error::Other(Box::new(Self(error)))
    }
}

impl fmt::Display for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Unsent {}

/// Certain cases are [`FailureKind::NotSent`], everything else is ambiguous.
pub(crate) fn classify(error: ureq::Error) -> Failure<TransportError> {
    let (kind, error) = match error {
        ureq::Error::Other(inner) => match inner.downcast::<Unsent>() {
            Ok(unsent) => (FailureKind::NotSent, unsent.0),
            Err(inner) => (FailureKind::Ambiguous, ureq::Error::Other(inner)),
        },
        // ureq raises these before it writes, whatever the connector does.
        error @ (ureq::Error::BadUri(_)
        | ureq::Error::HostNotFound
        | ureq::Error::InvalidProxyUrl
        | ureq::Error::ConnectionFailed
        | ureq::Error::RequireHttpsOnly(_)
        | ureq::Error::TlsRequired) => (FailureKind::NotSent, error),
        error => (FailureKind::Ambiguous, error),
    };
    let source = match error {
        ureq::Error::Timeout(_) => TransportError::Timeout,
        error => TransportError::Http(error),
    };
    Failure::new(kind, source)
}
