//! Rate limits and their headers.

use std::collections::BTreeMap;
use std::time::Duration;

use http::HeaderMap;
use http::HeaderValue;

use crate::instant::Instant;

/// How many requests each operation allows. Uploads have no limit.
///
/// A bucket of `limit` requests that fills evenly over `interval`, one for each operation. Its
/// state is in the headers `X-RateLimit-Limit`, `X-RateLimit-Reset` and
/// `X-RateLimit-Interval` of every response. By default nothing is refused.
///
/// ```
/// use std::time::Duration;
/// use imagekit_emulator::{Emulator, RateLimit};
///
/// // The response to the third request within a second is 429:
/// let emulator =
///     Emulator::new().with_rate_limit(RateLimit::enforced(2, Duration::from_secs(1)));
/// # let _ = emulator;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    limit: u32,
    interval: Duration,
    mode: Mode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Off,
    Announced,
    Enforced,
}

impl RateLimit {
    /// No limit and no headers.
    pub fn off() -> Self {
        Self { mode: Mode::Off, ..Self::default() }
    }

    /// Announces this limit in the headers; a request beyond it is handled normally.
    pub fn announced(limit: u32, interval: Duration) -> Self {
        Self { limit, interval, mode: Mode::Announced }
    }

    /// The response to a request beyond the limit is 429.
    pub fn enforced(limit: u32, interval: Duration) -> Self {
        Self { limit, interval, mode: Mode::Enforced }
    }

    /// `off`, `announced` or `enforced`.
    #[cfg(feature = "server")]
    pub(crate) fn mode(&self) -> &'static str {
        match self.mode {
            Mode::Off => "off",
            Mode::Announced => "announced",
            Mode::Enforced => "enforced",
        }
    }

    /// How many requests in which time.
    #[cfg(feature = "server")]
    pub(crate) fn rate(&self) -> (u32, Duration) {
        (self.limit, self.interval)
    }
}

/// 100 requests a second, announced but not enforced. ImageKit does not publish its limits.
impl Default for RateLimit {
    fn default() -> Self {
        Self::announced(100, Duration::from_secs(1))
    }
}

/// The buckets of all operations.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    buckets: BTreeMap<&'static str, Bucket>,
}

#[derive(Debug)]
struct Bucket {
    /// Requests left, in thousandths.
    left: u64,
    filled: Instant,
}

/// The effect of the limit on one request.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) allowed: bool,
    headers: Option<[(&'static str, u64); 3]>,
}

impl Limiter {
    pub(crate) fn take(
        &mut self,
        operation: &'static str,
        limit: &RateLimit,
        now: Instant,
    ) -> Verdict {
        if limit.mode == Mode::Off {
            return Verdict { allowed: true, headers: None };
        }
        const ONE: u64 = 1000;
        let interval = u64::try_from(limit.interval.as_millis()).unwrap_or(u64::MAX).max(1);
        let full = u64::from(limit.limit) * ONE;
        let bucket = self.buckets.entry(operation).or_insert(Bucket { left: full, filled: now });
        let passed = u64::try_from(now.since(bucket.filled).as_millis()).unwrap_or(u64::MAX);
        bucket.left = bucket.left.saturating_add(full.saturating_mul(passed) / interval).min(full);
        bucket.filled = now;
        let allowed = bucket.left >= ONE;
        if allowed {
            bucket.left -= ONE;
        }
        // Rounded up, so that a request after this wait is allowed.
        let missing = ONE.saturating_sub(bucket.left);
        let reset = if missing == 0 || full == 0 {
            if full == 0 { interval } else { 0 }
        } else {
            missing.saturating_mul(interval).div_ceil(full)
        };
        Verdict {
            allowed: allowed || limit.mode != Mode::Enforced,
            headers: Some([
                ("x-ratelimit-limit", u64::from(limit.limit)),
                ("x-ratelimit-reset", reset),
                ("x-ratelimit-interval", interval),
            ]),
        }
    }
}

impl Verdict {
    /// Writes the headers, where the response does not have them yet.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in self.headers.iter().flatten() {
            headers.entry(*name).or_insert_with(|| HeaderValue::from(*value));
        }
    }
}
