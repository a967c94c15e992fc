//! Requests to webhooks as a test looks at them.

use http::StatusCode;

/// One request that a server sent, or tried to send, to a webhook or a `webhookUrl`.
///
/// A message is repeated until the receiver responds with a 2xx status; each repetition is an
/// attempt of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookAttempt {
    /// The receiver.
    pub url: String,
    /// The header `webhook-id`, the same in all attempts: the event's id.
    pub message_id: String,
    /// The type of the event; `None` for the result of an extension.
    pub event_type: Option<String>,
    /// Which attempt for this message it was, from 1.
    pub attempt: u32,
    /// The receiver's status; `None` if there was no response.
    pub status: Option<StatusCode>,
    /// Why there was no response.
    pub error: Option<String>,
}

impl WebhookAttempt {
    /// Returns whether the receiver took the message.
    pub fn is_success(&self) -> bool {
        self.status.is_some_and(|status| status.is_success())
    }
}
