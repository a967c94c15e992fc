//! Webhook events, recorded and sent.

mod events;
#[cfg(feature = "server")]
mod sending;
