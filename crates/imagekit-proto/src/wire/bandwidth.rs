//! A limit of the bytes per second, shared by payloads.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A second in nanoseconds.
const SECOND: u128 = 1_000_000_000;

/// The most bytes that are sent at a time.
const LARGEST_PIECE: u64 = 256 << 10;

/// How far sending may catch up after it was late: timers are.
const SLACK: Duration = Duration::from_millis(100);

/// Limits the bytes of payloads that are sent in a second. Clones share one limit, so one value can
/// limit all uploads of a program, or a single one.
///
/// A transport asks before each piece of at most [`piece`](Self::piece) bytes, and waits as long as
/// [`reserve`](Self::reserve) says. Payloads that share a limit take turns. In any time `t` there
/// begin to be sent at most `rate * (t + 100 ms)` bytes and one piece.
///
/// ```
/// use std::time::Duration;
/// use imagekit_proto::wire::Bandwidth;
///
/// let limit = Bandwidth::new(1_000_000);
/// assert_eq!(limit.piece(), 100_000);
/// let now = Duration::from_secs(5); // on any monotonic clock
/// assert_eq!(limit.reserve(now, 100_000), Duration::ZERO);
/// assert_eq!(limit.reserve(now, 50_000), Duration::from_millis(100));
/// assert_eq!(limit.reserve(now, 100_000), Duration::from_millis(150));
/// ```
#[derive(Clone, Debug)]
pub struct Bandwidth {
    /// Bytes per second.
    rate: u64,
    /// When the next piece may be sent; nothing before the first.
    free_at: Arc<Mutex<Option<Duration>>>,
}

impl Bandwidth {
    /// Creates a limit of so many bytes per second. 0 counts as 1.
    pub fn new(bytes_per_second: u64) -> Self {
        Self { rate: bytes_per_second.max(1), free_at: Arc::default() }
    }

    /// Returns the most bytes to send at a time: those of a tenth of a second, at least 1 and at most
    /// 256 KiB.
    pub fn piece(&self) -> usize {
        (self.rate / 10).clamp(1, LARGEST_PIECE) as usize
    }

    /// Reserves the next turn for a piece of `bytes` bytes, and returns how long to wait before it is
    /// sent. `now` is a time on a monotonic clock that all users of the limit share.
    #[must_use = "the piece has to wait so long"]
    pub fn reserve(&self, now: Duration, bytes: usize) -> Duration {
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        let start = free_at.unwrap_or(now).max(now.saturating_sub(SLACK));
        let nanos = (bytes as u128 * SECOND).div_ceil(self.rate.into());
        let nanos = u64::try_from(nanos).unwrap_or(u64::MAX);
        *free_at = Some(start.saturating_add(Duration::from_nanos(nanos)));
        start.saturating_sub(now)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_piece_is_a_tenth_of_a_second() {
        for (rate, piece) in [(0, 1), (9, 1), (10_000, 1_000), (u64::MAX, 256 << 10)] {
            assert_eq!(Bandwidth::new(rate).piece(), piece, "{rate}");
        }
    }

    #[test]
    fn a_pause_is_caught_up_for_a_tenth_of_a_second_at_most() {
        let limit = Bandwidth::new(1_000);
        let second = Duration::from_secs(1);
        assert_eq!(limit.reserve(Duration::ZERO, 100), Duration::ZERO);
        assert_eq!(limit.reserve(9 * second, 100), Duration::ZERO);
        assert_eq!(limit.reserve(9 * second, 100), Duration::ZERO);
        assert_eq!(limit.reserve(9 * second, 100), Duration::from_millis(100));
    }

    #[test]
    fn the_slowest_rate_and_the_largest_piece_wait_without_end() {
        let limit = Bandwidth::new(0);
        assert_eq!(limit.reserve(Duration::ZERO, usize::MAX), Duration::ZERO);
        assert!(limit.reserve(Duration::ZERO, 1) >= Duration::from_nanos(u64::MAX));
    }

    proptest! {
        #[test]
        fn no_time_sends_more_than_its_share_and_little_is_lost(
            rate in 1_000_u64..100_000_000,
            senders in 1_usize..20,
            lateness in proptest::collection::vec(0_u64..20, 200..400),
        ) {
            let limit = Bandwidth::new(rate);
            let piece = limit.piece();
            // When each of the senders asks next.
            let mut due = vec![Duration::ZERO; senders];
            let mut sent: Vec<Duration> = Vec::new();
            for late in lateness {
                let next = (0..senders).min_by_key(|sender| due[*sender]).unwrap_or(0);
                let now = due[next];
                let start = now + limit.reserve(now, piece) + Duration::from_millis(late);
                sent.push(start);
                due[next] = start;
            }
            sent.sort();
            let bytes = |time: Duration| time.as_secs_f64() * rate as f64;
            let late = Duration::from_millis(20);
            for (first, from) in sent.iter().enumerate() {
                for (count, to) in sent.iter().skip(first).enumerate() {
                    let most = bytes(*to - *from + SLACK + late) + piece as f64 + 1.0;
                    prop_assert!(count as f64 * piece as f64 <= most, "{count} in {:?}", *to - *from);
                }
            }
            if let (Some(last), true) = (sent.last(), piece < LARGEST_PIECE as usize) {
                // Between 0.1 s pieces a delay of 20 ms is made up for.
                let least = bytes(last.saturating_sub(late)) - piece as f64;
                prop_assert!(sent.len() as f64 * piece as f64 >= least * 0.95);
            }
        }
    }
}
