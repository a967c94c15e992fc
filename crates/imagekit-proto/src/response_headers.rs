//! The names of the response headers that the core reads.

pub(crate) const REQUEST_ID: &str = "x-ik-requestid";
pub(crate) const LIMIT: &str = "x-ratelimit-limit";
pub(crate) const RESET: &str = "x-ratelimit-reset";
pub(crate) const INTERVAL: &str = "x-ratelimit-interval";
pub(crate) const RETRY_AFTER: &str = "retry-after";
pub(crate) const RETRY_AFTER_MS: &str = "retry-after-ms";
pub(crate) const SHOULD_RETRY: &str = "x-should-retry";
pub(crate) const DATE: &str = "date";

/// The response headers that this crate reads, beside those that a web page sees anyway. A server that
/// is called from pages of another origin has to name them in `access-control-expose-headers`: without
/// them a call has no request id, no rate limit, and waits between retries of its own.
pub const RESPONSE_HEADERS: [&str; 8] =
    [REQUEST_ID, LIMIT, RESET, INTERVAL, RETRY_AFTER, RETRY_AFTER_MS, SHOULD_RETRY, DATE];
