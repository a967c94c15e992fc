//! The operations from outside: what holds for every request and every model.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests fail by them")]

mod limits;
mod secrets;
