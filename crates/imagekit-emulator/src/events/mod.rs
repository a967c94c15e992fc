//! Webhook events: recording, webhooks, and deliveries.
//!
//! The library notes each change of a file ([`Change`](crate::library::Change)); after a request,
//! `changes` makes an event of each. [`Outbox`] keeps the events and, while a server runs, the
//! messages that it has to send.

mod attempt;
mod changes;
mod event;
mod outbox;
mod uploads;
mod videos;
mod webhook;

pub use attempt::WebhookAttempt;
pub(crate) use changes::record_changes;
pub use event::RecordedEvent;
#[cfg(feature = "server")]
pub(crate) use outbox::Message;
pub(crate) use outbox::Outbox;
pub(crate) use uploads::{Transformed, record_pre_error, record_transformed};
pub(crate) use videos::record_video;
pub(crate) use webhook::DEFAULT_SECRET;
pub use webhook::{Webhook, WebhookError};
