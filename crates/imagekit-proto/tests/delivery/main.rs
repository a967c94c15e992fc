//! Delivery URLs from the outside: one binary, a module per concern.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod properties;
mod responsive;
#[cfg(feature = "sign")]
mod signing;
mod transformations;
mod urls;
