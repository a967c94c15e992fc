//! The core from outside: what its users can rely on.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests fail by them")]

mod api;
mod body;
mod call;
mod delivery;
mod encode;
mod errors;
mod event;
mod flow;
mod multipart;
mod options;
mod pace;
mod phash;
mod search;
mod secrets;
#[cfg(feature = "tracing")]
mod span;
mod transport;
#[cfg(feature = "sign")]
mod upload_auth;
#[cfg(feature = "sign")]
mod webhook;
