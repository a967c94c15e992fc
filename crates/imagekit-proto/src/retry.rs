//! When a request is sent again, and how long after.

use std::time::Duration;

use http::StatusCode;

use crate::endpoint::Idempotency;
use crate::error::FailureKind;

/// How often a call is attempted, and how long it waits between attempts.
///
/// What is retried at all is fixed: see [`CallOptions`](crate::CallOptions).
///
/// ```
/// use std::time::Duration;
/// use imagekit_proto::{CallOptions, RetryPolicy};
///
/// let patient = RetryPolicy::default().max_attempts(6).max_delay(Duration::from_secs(120));
/// let options = CallOptions::default().retry(patient);
/// let single = CallOptions::default().retry(RetryPolicy::never());
/// # let _ = (options, single);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// The greatest number of attempts; 3 by default, 0 counts as 1.
    pub max_attempts: u32,
    /// The longest backoff before the second attempt, which doubles with each further one; 500 ms
    /// by default. The backoff itself is random between zero and that.
    pub base_delay: Duration,
    /// The longest wait; 30 s by default. Backoff is cut to it; a server that asks for a longer
    /// wait ends the call at once, with the server's error.
    pub max_delay: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(30),
        }
    }
}

impl RetryPolicy {
    /// Returns the policy of one attempt and no retries.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the greatest number of attempts.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the longest backoff before the second attempt.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the longest wait.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Returns the backoff after attempt number `attempt`: exponential, with full jitter.
    pub(crate) fn backoff(&self, attempt: u32, entropy: u128) -> Duration {
        let retry = attempt.saturating_sub(1);
        let doubled = 1u32.checked_shl(retry).unwrap_or(u32::MAX);
        let ceiling = self.base_delay.saturating_mul(doubled).min(self.max_delay);
        // Each retry has its own 32 bits; from the fifth on they repeat, under a longer ceiling.
        let fraction = entropy.rotate_right(retry.wrapping_mul(32)) as u32;
        let nanos = ceiling.as_nanos().saturating_mul(u128::from(fraction)) >> 32;
        // A fraction of a duration is one.
        let second = u128::from(crate::meta::SECOND);
        Duration::new((nanos / second) as u64, (nanos % second) as u32)
    }
}

/// What a failed attempt leaves to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The request may be sent again.
    Retry,
    /// The call is over, with the attempt's error.
    Final,
    /// The call is over, and the server may have acted on the request.
    MaybeApplied,
}

/// Judges an error status.
pub(crate) fn judge_status(status: StatusCode, idempotency: Idempotency) -> Verdict {
    match idempotency {
        Idempotency::Idempotent if is_transient(status) => Verdict::Retry,
        Idempotency::Idempotent => Verdict::Final,
        _ if leaves_fate_unknown(status) => Verdict::MaybeApplied,
        Idempotency::NonIdempotent if status == StatusCode::TOO_MANY_REQUESTS => Verdict::Retry,
        Idempotency::NonIdempotent | Idempotency::SingleUse => Verdict::Final,
    }
}

/// Judges an attempt without a response.
pub(crate) fn judge_failure(kind: FailureKind, idempotency: Idempotency) -> Verdict {
    match (kind, idempotency) {
        (FailureKind::NotSent, _) | (FailureKind::Ambiguous, Idempotency::Idempotent) => {
            Verdict::Retry
        }
        (FailureKind::Payload, _) | (_, Idempotency::Idempotent) => Verdict::Final,
        (FailureKind::Ambiguous | FailureKind::TooLarge | FailureKind::Cancelled, _) => {
            Verdict::MaybeApplied
        }
    }
}

/// Whether a later attempt may succeed: 408, 429 and 5xx except 501 and 505.
fn is_transient(status: StatusCode) -> bool {
    match status.as_u16() {
        408 | 429 => true,
        501 | 505 => false,
        code => (500..600).contains(&code),
    }
}

/// Whether the server may have acted before it, or something before it, sent this error status:
/// 408, 5xx, and what HTTP does not know as a final status (1xx, 6xx and above).
pub(crate) fn leaves_fate_unknown(status: StatusCode) -> bool {
    status == StatusCode::REQUEST_TIMEOUT || !(200..500).contains(&status.as_u16())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_grows_and_stays_under_its_ceiling() {
        let policy = RetryPolicy::default();
        for attempt in 1..70 {
            let ceiling = Duration::from_millis(500).saturating_mul(1 << (attempt - 1).min(20));
            for entropy in [0, 1, u128::MAX, 0x0123_4567_89ab_cdef] {
                let wait = policy.backoff(attempt, entropy);
                assert!(wait <= ceiling.min(policy.max_delay), "{attempt}: {wait:?}");
            }
        }
    }

    #[test]
    fn each_retry_has_jitter_of_its_own() {
        let policy = RetryPolicy::default().max_delay(Duration::from_secs(3600));
        // A half, a quarter and an eighth of 500 ms, 1 s and 2 s.
        let entropy = 0x2000_0000_4000_0000_8000_0000;
        for (attempt, millis) in [(1, 250), (2, 250), (3, 250), (4, 0), (5, 4000)] {
            assert_eq!(policy.backoff(attempt, entropy), Duration::from_millis(millis));
        }
        let longest = RetryPolicy::default().base_delay(Duration::MAX).max_delay(Duration::MAX);
        assert!(longest.backoff(1, u128::MAX) > Duration::from_secs(u64::MAX / 4 * 3));
    }

    #[test]
    fn transient_statuses_are_retried_when_idempotent() {
        let retried = |code| {
            let status = StatusCode::from_u16(code).unwrap();
            judge_status(status, Idempotency::Idempotent) == Verdict::Retry
        };
        let codes = [408, 429, 500, 502, 503, 504, 520, 599];
        for code in 100..1000 {
            let expected =
                codes.contains(&code) || (500..600).contains(&code) && code != 501 && code != 505;
            assert_eq!(retried(code), expected, "{code}");
        }
    }

    #[test]
    fn what_is_not_idempotent_is_retried_on_429_alone() {
        for code in 100..1000 {
            let status = StatusCode::from_u16(code).unwrap();
            let verdict = judge_status(status, Idempotency::NonIdempotent);
            let single = judge_status(status, Idempotency::SingleUse);
            let expected = match code {
                408 | 100..=199 | 500..=999 => Verdict::MaybeApplied,
                429 => Verdict::Retry,
                _ => Verdict::Final,
            };
            assert_eq!(verdict, expected, "{code}");
            assert_eq!(single, if code == 429 { Verdict::Final } else { expected }, "{code}");
        }
    }
}
