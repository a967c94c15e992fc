//! What needs no request: webhooks, client-side upload, perceptual hashes.
#![cfg(feature = "sign")]

mod events;
mod phash;
mod signatures;
mod upload_auth;
