//! From an error of ureq to what it says about the request.

use std::error::Error as StdError;
use std::fmt;

use ureq::Timeout;

use crate::error::TransportError;
use crate::proto::error::{Failure, FailureKind};

/// An error from before there was a connection. The resolver and the connector wrap theirs in it:
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

/// Certain errors are [`FailureKind::NotSent`], all others are ambiguous.
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
        ureq::Error::Timeout(Timeout::PerRead | Timeout::PerWrite) => TransportError::IdleTimeout,
        ureq::Error::Timeout(_) => TransportError::Timeout,
        // The URL in them may hold a signature.
        ureq::Error::BadUri(_) => TransportError::Http(ureq::Error::BadUri("not shown".to_owned())),
        ureq::Error::RequireHttpsOnly(_) => {
            TransportError::Http(ureq::Error::RequireHttpsOnly("the URL is http".to_owned()))
        }
        error => TransportError::Http(error),
    };
    let is_timeout = matches!(source, TransportError::Timeout | TransportError::IdleTimeout);
    Failure::new(kind, source).timeout(is_timeout)
}
