//! Webhooks: where events are sent, and how they are signed.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use http::Uri;
use imagekit_proto::Secret;
use imagekit_proto::webhook::WebhookSigner;

/// A receiver of all events.
///
/// A `Server` posts each event to it, signed with its secret, until the response is a 2xx; an
/// emulator without a server only records events. `Debug` prints neither the secret nor the URL's
/// query.
///
/// ```
/// use imagekit_emulator::{Emulator, Webhook};
/// use std::time::Duration;
///
/// let webhook = Webhook::new("http://127.0.0.1:3000/hooks")?
///     .with_secret("whsec_c2VjcmV0")?
///     .with_retries(3, Duration::from_millis(100));
/// let emulator = Emulator::new();
/// emulator.add_webhook(webhook);
/// # Ok::<(), imagekit_emulator::WebhookError>(())
/// ```
#[derive(Clone)]
pub struct Webhook {
    pub(super) url: String,
    pub(super) signer: WebhookSigner,
    pub(super) retries: Retries,
    /// The types of events that it receives; `None`: all.
    pub(super) events: Option<Vec<String>>,
    /// A request named the URL: it has to be one of this machine.
    pub(super) only_loopback: bool,
}

/// How often a message is sent, and how long the waits are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Retries {
    pub(crate) attempts: u32,
    /// Before the second attempt; each further wait is twice as long.
    pub(crate) first_wait: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self { attempts: 5, first_wait: Duration::from_secs(1) }
    }
}

impl Retries {
    /// The wait after a failed attempt (from 1); `None` after the last one.
    #[cfg(feature = "server")]
    pub(crate) fn wait_after(&self, attempt: u32) -> Option<Duration> {
        let doubled = 1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        (attempt < self.attempts).then(|| self.first_wait.saturating_mul(doubled))
    }
}

/// The default secret of webhooks.
pub(crate) const DEFAULT_SECRET: &str = "whsec_emulator";

impl Webhook {
    /// Creates a webhook with the secret
    /// [`Emulator::WEBHOOK_SECRET`](crate::Emulator::WEBHOOK_SECRET), five attempts, and waits of
    /// 1, 2, 4 and 8 seconds between them.
    ///
    /// # Errors
    ///
    /// [`WebhookError::Url`] if the URL is not an absolute `http` URL: the emulator sends without
    /// TLS.
    pub fn new(url: &str) -> Result<Self, WebhookError> {
        let wrong = || WebhookError::Url { url: url.to_owned() };
        let uri: Uri = url.parse().map_err(|_| wrong())?;
        if uri.scheme_str() != Some("http") || uri.host().is_none_or(str::is_empty) {
            return Err(wrong());
        }
        let signer = WebhookSigner::new(DEFAULT_SECRET).map_err(|_| WebhookError::EmptySecret)?;
        let retries = Retries::default();
        Ok(Self { url: url.to_owned(), signer, retries, events: None, only_loopback: false })
    }

    /// The webhook that a request has created. `None` if the secret is empty.
    pub(crate) fn of_account(url: &str, secret: &Secret, events: &[String]) -> Option<Self> {
        Some(Self {
            url: url.to_owned(),
            signer: WebhookSigner::new(secret.clone()).ok()?,
            retries: Retries::default(),
            events: Some(events.to_vec()),
            only_loopback: true,
        })
    }

    pub(super) fn wants(&self, event_type: &str) -> bool {
        self.events.as_ref().is_none_or(|events| events.iter().any(|wanted| wanted == event_type))
    }

    /// Sets the secret that messages are signed with: the whole text, such as `whsec_c2VjcmV0`.
    ///
    /// # Errors
    ///
    /// [`WebhookError::EmptySecret`] if it is empty.
    pub fn with_secret(mut self, secret: impl Into<Secret>) -> Result<Self, WebhookError> {
        self.signer = WebhookSigner::new(secret).map_err(|_| WebhookError::EmptySecret)?;
        Ok(self)
    }

    /// Sets how often a message is sent at most, and the wait before the second attempt; each
    /// further wait is twice as long.
    pub fn with_retries(mut self, attempts: u32, first_wait: Duration) -> Self {
        self.retries = Retries { attempts: attempts.max(1), first_wait };
        self
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.split('?').next().unwrap_or_default();
        f.debug_struct("Webhook")
            .field("url", &url)
            .field("secret", &Secret::default())
            .field("retries", &self.retries)
            .finish()
    }
}

/// A webhook cannot be created.
///
/// ```
/// use imagekit_emulator::{Webhook, WebhookError};
///
/// let error = Webhook::new("https://example.com/hook").unwrap_err();
/// assert!(matches!(error, WebhookError::Url { .. }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The URL is not an absolute `http` URL.
    #[non_exhaustive]
    Url {
        /// The URL.
        url: String,
    },
    /// The secret is empty.
    EmptySecret,
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url { url } => write!(
                f,
                "the webhook URL {:?} is not an absolute http URL: the emulator sends without TLS, \
                 so use one such as http://127.0.0.1:3000/hooks",
                url.split('?').next().unwrap_or_default()
            ),
            Self::EmptySecret => f.write_str("the webhook secret is empty: use one like whsec_..."),
        }
    }
}

impl Error for WebhookError {}
