//! The emulator as its users see it: driven by requests that the core builds.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers outside of test functions fail tests too"
)]

mod account;
mod auth;
mod calls;
mod checks;
mod custom_metadata;
#[cfg(feature = "server")]
mod data;
mod delivery;
mod details;
mod extensions;
mod faults;
mod indexes;
mod manage;
mod media;
mod not_implemented;
mod operations;
#[cfg(feature = "server")]
mod page;
#[cfg(feature = "server")]
mod program;
mod robustness;
mod search;
#[cfg(feature = "server")]
mod server;
mod shapes;
mod support;
mod tool;
mod transport;
mod upload;
mod versions;
mod webhooks;
