//! When a request is sent again, and how long after.

use std::time::Duration;

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};

use crate::endpoint::Repeat;
use crate::error::FailureKind;
use crate::wire::{MILLISECOND, SECOND, decimal, http_date, longest, values};

/// How often and how patiently a call is tried.
///
/// ```
/// use std::time::Duration;
/// use imagekit_proto::RetryPolicy;
///
/// let policy = RetryPolicy::default().max_attempts(5).deadline(Duration::from_secs(20));
/// let once = RetryPolicy::never();
/// # let _ = (policy, once);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How many requests a call may send; 3 by default, 0 counts as 1.
    pub max_attempts: u32,
    /// The backoff before the second attempt is random up to this, and doubles with each one;
    /// 500 ms by default.
    pub base_delay: Duration,
    /// The longest wait: backoff is cut to it, and a server that asks for more ends the call at
    /// once; 30 s by default.
    pub max_delay: Duration,
    /// How long one attempt may take, connecting and body included; 60 s by default. A large
    /// upload over a slow line needs more.
    pub attempt_timeout: Option<Duration>,
    /// How long the whole call may take, waits included; unlimited by default.
    pub deadline: Option<Duration>,
    /// The longest response body that is read; 32 MiB by default.
    pub max_response: u64,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(30),
            attempt_timeout: Some(Duration::from_secs(60)),
            deadline: None,
            max_response: 32 << 20,
        }
    }
}

impl RetryPolicy {
    /// One attempt, nothing repeated.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets how many requests a call may send.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the first backoff.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the longest wait.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets how long one attempt may take; `None` is without limit.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = timeout.into();
        self
    }

    /// Sets how long the whole call may take; `None` is without limit.
    pub fn deadline(mut self, deadline: impl Into<Option<Duration>>) -> Self {
        self.deadline = deadline.into();
        self
    }

    /// Sets the longest response body that is read, in bytes.
    pub fn max_response(mut self, bytes: u64) -> Self {
        self.max_response = bytes;
        self
    }

    /// Exponential backoff with full jitter, before attempt `attempt + 1`.
    pub(crate) fn backoff(&self, attempt: u32, entropy: u128) -> Duration {
        let doubled = 1u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        let ceiling = self.base_delay.saturating_mul(doubled).min(self.max_delay);
        // 32 random bits are a fine enough fraction of a wait of seconds.
        let fraction = mix(entropy, attempt) as u32;
        let nanos = ceiling.as_nanos().saturating_mul(u128::from(fraction)) >> 32;
        Duration::new(
            u64::try_from(nanos / u128::from(SECOND)).unwrap_or(u64::MAX),
            (nanos % u128::from(SECOND)) as u32,
        )
    }
}

/// Fresh bits for attempt `attempt` out of the call's entropy (the finaliser of SplitMix64, over
/// both halves).
pub(crate) fn mix(entropy: u128, attempt: u32) -> u128 {
    let step = u64::from(attempt).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let high = finalise(((entropy >> 64) as u64).wrapping_add(step));
    let low = finalise((entropy as u64) ^ high);
    (u128::from(high) << 64) | u128::from(low)
}

fn finalise(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// What an error status leaves to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The request may be sent again.
    Again,
    /// It is over, and the outcome is clear.
    Final,
    /// It is over, and the server may have acted.
    MaybeApplied,
}

/// The rule for error statuses.
pub(crate) fn judge_status(status: StatusCode, repeat: Repeat) -> Verdict {
    let ambiguous = status == StatusCode::REQUEST_TIMEOUT || status.is_server_error();
    match (repeat, ambiguous) {
        (Repeat::Once, false) => Verdict::Final,
        (_, false) if status == StatusCode::TOO_MANY_REQUESTS => Verdict::Again,
        (_, false) => Verdict::Final,
        (Repeat::Safe, true) => Verdict::Again,
        (Repeat::OnlyIfUnsent | Repeat::Once, true) => Verdict::MaybeApplied,
    }
}

/// The rule for attempts without an answer.
pub(crate) fn judge_failure(kind: FailureKind, repeat: Repeat) -> Verdict {
    match (kind, repeat) {
        (FailureKind::NotSent, _) | (FailureKind::Ambiguous, Repeat::Safe) => Verdict::Again,
        (FailureKind::Ambiguous, Repeat::OnlyIfUnsent | Repeat::Once) => Verdict::MaybeApplied,
        (FailureKind::Payload | FailureKind::TooLarge | FailureKind::Cancelled, _) => {
            Verdict::Final
        }
    }
}

/// What the server says about a next attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Advice {
    /// `x-should-retry: false`.
    pub(crate) stop: bool,
    /// The longest wait that any header asks for.
    pub(crate) wait: Option<Duration>,
}

impl Advice {
    pub(crate) fn of(status: StatusCode, headers: &HeaderMap) -> Self {
        let stop = values(headers, "x-should-retry").any(|text| text.eq_ignore_ascii_case("false"));
        let milliseconds = |name| longest(headers, name, MILLISECOND);
        let reset = (status == StatusCode::TOO_MANY_REQUESTS)
            .then(|| milliseconds("x-ratelimit-reset"))
            .flatten();
        let wait = reset.max(milliseconds("retry-after-ms")).max(retry_after(headers));
        Self { stop, wait }
    }
}

/// `Retry-After` in seconds, or as a date, which is read against the response's own `Date`: the
/// core has no clock, and the server's need not agree with ours.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let now = || values(headers, DATE.as_str()).find_map(http_date::parse);
    values(headers, RETRY_AFTER.as_str())
        .filter_map(|text| {
            decimal(text, SECOND)
                .or_else(|| http_date::parse(text)?.checked_sub(now()?).map(Duration::from_secs))
        })
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(status: u16, headers: &[(&'static str, &str)]) -> Option<Duration> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        Advice::of(StatusCode::from_u16(status).unwrap(), &map).wait
    }

    const MS: fn(u64) -> Option<Duration> = |ms| Some(Duration::from_millis(ms));

    #[test]
    fn the_longest_hint_holds() {
        let all = [("retry-after-ms", "300"), ("retry-after", "2"), ("x-ratelimit-reset", "1500")];
        assert_eq!(wait(429, &all), MS(2000));
        assert_eq!(wait(429, &all[2..]), MS(1500));
        assert_eq!(wait(503, &all[2..]), None);
        assert_eq!(wait(503, &all[..1]), MS(300));
        assert_eq!(wait(429, &[("x-ratelimit-reset", "200, 5000")]), MS(5000));
        assert_eq!(
            wait(429, &[("x-ratelimit-reset", "200"), ("x-ratelimit-reset", "70")]),
            MS(200)
        );
        assert_eq!(wait(429, &[("retry-after", "0")]), MS(0));
        assert_eq!(wait(429, &[("retry-after", "0.2")]), MS(200));
    }

    #[test]
    fn negative_and_garbled_hints_are_none() {
        for text in ["-5", "soon", "", "1e9", "NaN", "Sun, 06 Nov 1994 08:49:37 GMT"] {
            assert_eq!(wait(429, &[("retry-after", text)]), None, "{text}");
        }
        assert_eq!(wait(429, &[("retry-after-ms", "-1"), ("retry-after", "1")]), MS(1000));
    }

    #[test]
    fn dates_are_read_against_the_servers_own() {
        let date = |retry, date| wait(503, &[("retry-after", retry), ("date", date)]);
        let (early, late) = ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:40 GMT");
        assert_eq!(date(late, early), MS(3000));
        assert_eq!(date(early, late), None);
    }

    #[test]
    fn a_hint_too_large_is_not_no_hint() {
        assert_eq!(wait(429, &[("retry-after", "99999999999999999999999")]), Some(Duration::MAX));
    }

    #[test]
    fn backoff_grows_and_stays_under_its_cap() {
        let policy = RetryPolicy::default();
        for attempt in 1..70 {
            let ceiling = Duration::from_millis(500).saturating_mul(1 << (attempt - 1).min(20));
            for entropy in [0, 1, u128::MAX, 0x0123_4567_89ab_cdef] {
                let wait = policy.backoff(attempt, entropy);
                assert!(wait <= ceiling.min(policy.max_delay), "{attempt}: {wait:?}");
            }
        }
        assert_ne!(policy.backoff(1, 1), policy.backoff(1, 2));
    }
}
