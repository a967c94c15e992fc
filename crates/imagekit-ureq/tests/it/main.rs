//! What is particular to this adapter: payload sources, failures of ureq, the client itself.
#![expect(clippy::unwrap_used, clippy::panic, reason = "the lints' exceptions miss helpers")]

mod client;
mod conformance;
mod early;
mod event;
mod failure;
mod many;
mod pace;
mod payload;
mod proxy;
mod timeout;
mod watched;

use imagekit_ureq::proto::error::{Failure, FailureKind};
use imagekit_ureq::proto::{CallOptions, RetryPolicy};
use imagekit_ureq::{Error, TransportError};

/// Options for one attempt.
fn once() -> CallOptions {
    CallOptions::default().retry(RetryPolicy::never())
}

fn failure(error: &Error) -> &Failure<TransportError> {
    error.failure().unwrap_or_else(|| panic!("{error:?}"))
}

fn kind(error: &Error) -> FailureKind {
    failure(error).kind
}
