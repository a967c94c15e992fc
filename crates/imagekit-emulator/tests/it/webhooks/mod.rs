//! Webhook events, recorded and sent.

mod account;
mod events;
#[cfg(feature = "server")]
mod sending;
