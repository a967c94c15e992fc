//! What needs no request: webhooks, client-side upload, perceptual hashes.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod events;
mod phash;
mod signatures;
mod upload_auth;
