//! Attempts to deliver events to webhooks.

use std::fmt;

use http::StatusCode;

/// One request that a server sent, or tried to send, to a webhook or a `webhookUrl`.
///
/// A message is repeated until the receiver responds with a 2xx status; each repetition is an
/// attempt of its own. `Debug` prints the URL without its query, which may hold a secret.
///
/// ```
/// use imagekit_emulator::Emulator;
///
/// let emulator = Emulator::new();
/// // ... what your application and a `Server` do ...
/// let failed = emulator.webhook_attempts().into_iter().filter(|attempt| !attempt.is_success());
/// assert_eq!(failed.count(), 0);
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookAttempt {
    /// The URL of the receiver.
    pub url: String,
    /// The header `webhook-id`, the same in all attempts: the event's id.
    pub message_id: String,
    /// The type of the event; `None` for the result of an extension.
    pub event_type: Option<String>,
    /// The number of the attempt for this message, from 1.
    pub attempt: u32,
    /// The receiver's status; `None` if there was no response.
    pub status: Option<StatusCode>,
    /// The reason why there was no response.
    pub error: Option<String>,
}

impl WebhookAttempt {
    /// Returns whether the receiver accepted the message.
    pub fn is_success(&self) -> bool {
        self.status.is_some_and(|status| status.is_success())
    }
}

impl fmt::Debug for WebhookAttempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookAttempt")
            .field("url", &self.url.split('?').next().unwrap_or_default())
            .field("message_id", &self.message_id)
            .field("event_type", &self.event_type)
            .field("attempt", &self.attempt)
            .field("status", &self.status)
            .field("error", &self.error)
            .finish()
    }
}
