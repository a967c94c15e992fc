//! The core from outside: what its users can rely on.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests fail by them")]

mod body;
mod call;
mod encode;
mod flow;
mod multipart;
mod search;
