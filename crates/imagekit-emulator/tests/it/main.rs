//! The emulator as its users see it: driven by requests that the core builds.

mod auth;
mod details;
mod faults;
mod manage;
mod search;
#[cfg(feature = "server")]
mod server;
mod shapes;
mod support;
mod upload;
mod versions;
