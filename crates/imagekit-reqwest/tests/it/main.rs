//! What is particular to this adapter: payload sources, failures of reqwest, the client itself.
#![expect(clippy::unwrap_used, clippy::panic, reason = "the lints' exceptions miss helpers")]

mod client;
mod failure;
mod payload;
mod server;
