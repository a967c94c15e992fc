//! Everything that can be said about one call.

use std::time::Duration;

use crate::retry::RetryPolicy;

/// Everything that can be said about one call: retries, timeouts, limits.
///
/// A client has options for all of its calls; a single call may replace them (`send_with`).
///
/// # What is retried
///
/// | outcome of an attempt | [`Idempotent`] | [`NonIdempotent`] | [`SingleUse`] |
/// | --- | --- | --- | --- |
/// | nothing was sent (no connection) | retried | retried | retried |
/// | 429 | retried | retried | - |
/// | 408, 500, 502, 503, 504, other 5xx except 501 and 505 | retried | - | - |
/// | no response (timeout, reset, early close) | retried | - | - |
/// | any other status, a 2xx that cannot be decoded, a response over the size limit | - | - | - |
///
/// A payload that cannot be read a second time is sent once, whatever the table says.
///
/// A retry waits as long as the server asks: by `X-RateLimit-Reset` (429 only), `retry-after-ms` or
/// `Retry-After`, the longest of them. It never waits less. When that is longer than
/// [`RetryPolicy::max_delay`] or than what the deadline leaves, the call ends at once with the
/// server's error, and so it does on `x-should-retry: false`. Without such a header it waits
/// between zero and 500 ms, 1 s, 2 s, ... (exponential backoff with full jitter).
///
/// # Defaults
///
/// | option | default |
/// | --- | --- |
/// | [`retry`](Self::retry) | 3 attempts, backoff from 500 ms, waits of 30 s at most |
/// | [`attempt_timeout`](Self::attempt_timeout) | 60 s; none for uploads |
/// | [`idle_timeout`](Self::idle_timeout) | none; 60 s for uploads |
/// | [`deadline`](Self::deadline) | none |
/// | [`max_response`](Self::max_response) | 32 MiB |
/// | [`assume_idempotent`](Self::assume_idempotent) | no |
/// | [`skip_limit_checks`](Self::skip_limit_checks) | no |
///
/// ```
/// use std::time::Duration;
/// use imagekit_proto::{CallOptions, RetryPolicy};
///
/// let options = CallOptions::default()
///     .retry(RetryPolicy::default().max_attempts(5))
///     .attempt_timeout(Duration::from_secs(10))
///     .deadline(Duration::from_secs(30));
/// # let _ = options;
/// ```
///
/// [`Idempotent`]: crate::Idempotency::Idempotent
/// [`NonIdempotent`]: crate::Idempotency::NonIdempotent
/// [`SingleUse`]: crate::Idempotency::SingleUse
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallOptions {
    pub(crate) retry: RetryPolicy,
    attempt_timeout: Timeout,
    idle_timeout: Timeout,
    pub(crate) deadline: Option<Duration>,
    pub(crate) max_response: u64,
    pub(crate) assume_idempotent: bool,
    pub(crate) skip_limit_checks: bool,
}

/// A timeout that may depend on whether the call is an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Timeout {
    /// Not set: the call's kind decides.
    Default,
    /// Set, for calls of any kind.
    Set(Option<Duration>),
}

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

impl Timeout {
    /// The timeout of a call, whose kind `has_default` when none is set.
    fn of(self, has_default: bool) -> Option<Duration> {
        match self {
            Self::Default => has_default.then_some(DEFAULT_TIMEOUT),
            Self::Set(timeout) => timeout,
        }
    }
}

impl Default for CallOptions {
    fn default() -> Self {
        Self {
            retry: RetryPolicy::default(),
            attempt_timeout: Timeout::Default,
            idle_timeout: Timeout::Default,
            deadline: None,
            max_response: 32 << 20,
            assume_idempotent: false,
            skip_limit_checks: false,
        }
    }
}

impl CallOptions {
    /// Sets the number of attempts and the waits between them.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets how long one attempt may take in all, connecting and both bodies included; `None` is
    /// without limit. Holds for uploads too once it is set.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = Timeout::Set(timeout.into());
        self
    }

    /// Sets how long an attempt may go without progress: without a byte of the request taken or a
    /// byte of the response delivered by the transport. `None` is without limit.
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.idle_timeout = Timeout::Set(timeout.into());
        self
    }

    /// Sets how long the whole call may take, all attempts and waits included; `None` is without
    /// limit.
    pub fn deadline(mut self, deadline: impl Into<Option<Duration>>) -> Self {
        self.deadline = deadline.into();
        self
    }

    /// Sets the longest response body that is read, in bytes.
    pub fn max_response(mut self, bytes: u64) -> Self {
        self.max_response = bytes;
        self
    }

    /// Treats a [`NonIdempotent`](crate::Idempotency::NonIdempotent) operation as idempotent, or
    /// not: it is retried although the first attempt may have had its effect.
    ///
    /// For callers to whom doing a thing twice is better than not knowing whether it was done. An
    /// upload, for one, adds a file or a version each time. A
    /// [`SingleUse`](crate::Idempotency::SingleUse) operation stays one: its second request could
    /// only fail.
    pub fn assume_idempotent(mut self, yes: bool) -> Self {
        self.assume_idempotent = yes;
        self
    }

    /// Skips the checks of ImageKit's documented limits (list sizes, ranges, names), or not: for
    /// the case that ImageKit changes one of them. What would address another resource stays
    /// refused.
    pub fn skip_limit_checks(mut self, yes: bool) -> Self {
        self.skip_limit_checks = yes;
        self
    }

    /// Returns how long an attempt of an upload, or of another call, may take in all: what was set,
    /// or the default.
    pub fn attempt_timeout_of(&self, is_upload: bool) -> Option<Duration> {
        self.attempt_timeout.of(!is_upload)
    }

    /// Returns how long an attempt of an upload, or of another call, may go without progress: what
    /// was set, or the default.
    pub fn idle_timeout_of(&self, is_upload: bool) -> Option<Duration> {
        self.idle_timeout.of(is_upload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uploads_have_an_idle_timeout_unless_the_user_sets_another() {
        let default = CallOptions::default();
        assert_eq!(default.attempt_timeout_of(false), Some(DEFAULT_TIMEOUT));
        assert_eq!(default.attempt_timeout_of(true), None);
        assert_eq!(default.idle_timeout_of(false), None);
        assert_eq!(default.idle_timeout_of(true), Some(DEFAULT_TIMEOUT));

        let second = Duration::from_secs(1);
        let set = CallOptions::default().attempt_timeout(second).idle_timeout(second * 2);
        for is_upload in [false, true] {
            assert_eq!(set.attempt_timeout_of(is_upload), Some(second));
            assert_eq!(set.idle_timeout_of(is_upload), Some(second * 2));
        }
        let unlimited = set.attempt_timeout(None).idle_timeout(None);
        assert_eq!(unlimited.attempt_timeout_of(false), None);
        assert_eq!(unlimited.idle_timeout_of(true), None);
    }
}
