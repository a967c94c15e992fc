//! Output lines.

use imagekit_proto::{Error, ErrorKind, RateLimit, Reply};
use serde_json::{Value, json};
use std::fmt::Display;
use std::time::Duration;

/// Returns the line for the outcome of a call.
pub fn line<T: Display>(operation: &str, outcome: Result<Reply<Value>, Error<T>>) -> Value {
    match outcome {
        Ok(reply) => json!({
            "ok": true,
            "operation": operation,
            "status": reply.meta.status.as_u16(),
            "attempts": reply.attempts,
            "request_id": reply.meta.request_id,
            "rate_limit": reply.meta.rate_limit.map(rate_limit),
            "value": reply.value,
        }),
        Err(error) => json!({
            "ok": false,
            "operation": operation,
            "error": kind(error.kind()),
            "status": error.status().map(|status| status.as_u16()),
            "message": message(&error),
            "attempts": error.attempts(),
            "may_have_been_applied": error.may_have_been_applied(),
            "request_id": error.request_id(),
        }),
    }
}

/// Returns the line for an input that no call could be built from.
pub fn refused(operation: Option<&str>, message: String) -> Value {
    json!({
        "ok": false,
        "operation": operation,
        "error": "build",
        "status": null,
        "message": message,
        "attempts": 0,
        "may_have_been_applied": false,
        "request_id": null,
    })
}

fn kind<T>(kind: &ErrorKind<T>) -> &'static str {
    match kind {
        ErrorKind::Build(_) => "build",
        ErrorKind::Api(_) => "api",
        ErrorKind::Decode(_) => "decode",
        ErrorKind::MaybeApplied { .. } => "maybe_applied",
        ErrorKind::Deadline { .. } => "deadline",
        _ => "transport",
    }
}

/// Returns the API's message if there is one, else the library's.
fn message<T: Display>(error: &Error<T>) -> String {
    match error.kind() {
        ErrorKind::Api(api) => api.message.clone().unwrap_or_else(|| error.to_string()),
        _ => error.to_string(),
    }
}

fn rate_limit(rate_limit: RateLimit) -> Value {
    let milliseconds = |duration: Duration| u64::try_from(duration.as_millis()).ok();
    json!({
        "limit": rate_limit.limit,
        "reset_ms": rate_limit.reset.and_then(milliseconds),
        "interval_ms": rate_limit.interval.and_then(milliseconds),
    })
}
