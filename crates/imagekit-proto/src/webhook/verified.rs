//! Messages with a valid signature.

use std::fmt;
use std::time::Duration;

use super::{Event, EventError, ExtensionCallback};
use crate::secret::HiddenBytes;
use crate::types::UnixTime;

/// A message with a valid signature; only a [`WebhookVerifier`](super::WebhookVerifier) returns
/// one.
#[derive(Clone, Copy)]
pub struct VerifiedWebhook<'a> {
    message_id: Option<&'a str>,
    /// Since 1970.
    signed_at: Duration,
    body: &'a [u8],
}

impl<'a> VerifiedWebhook<'a> {
    pub(super) fn new(message_id: Option<&'a str>, signed_at: Duration, body: &'a [u8]) -> Self {
        Self { message_id, signed_at, body }
    }

    /// Returns the id of the message, the same in every delivery of it; `None` in the older
    /// scheme.
    pub fn message_id(&self) -> Option<&'a str> {
        self.message_id
    }

    /// Returns when ImageKit signed this delivery.
    pub fn signed_at(&self) -> UnixTime {
        UnixTime::from_secs(self.signed_at.as_secs())
    }

    /// Returns the milliseconds of the signing time beyond its whole second, 0 to 999. Always 0
    /// in the current scheme, which signs whole seconds.
    pub fn signed_at_subsec_millis(&self) -> u32 {
        self.signed_at.subsec_millis()
    }

    /// Returns the body as received.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }

    /// Parses the body as an event; one of a type that this version of the crate does not know
    /// is [`Event::Unknown`].
    ///
    /// # Errors
    ///
    /// The body is not an event, or not as documented: see [`EventError`].
    #[doc(alias = "unwrap")]
    pub fn event(&self) -> Result<Event, EventError> {
        Event::parse_unverified(self.body)
    }

    /// Parses the body as an extension callback, which has another shape than events.
    ///
    /// # Errors
    ///
    /// The body has another shape: see [`EventError`].
    pub fn callback(&self) -> Result<ExtensionCallback, EventError> {
        ExtensionCallback::parse_unverified(self.body)
    }
}

impl fmt::Debug for VerifiedWebhook<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedWebhook")
            .field("message_id", &self.message_id)
            .field("signed_at", &self.signed_at())
            .field("body", &HiddenBytes(self.body))
            .finish()
    }
}
