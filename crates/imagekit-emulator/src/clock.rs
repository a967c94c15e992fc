//! The emulator's clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::instant::Instant;

/// The clock of an emulator.
///
/// ```
/// use std::time::Duration;
/// use imagekit_emulator::{Clock, Emulator};
///
/// // 1 January 2026, one millisecond later with every request:
/// let emulator = Emulator::new();
/// assert_eq!(emulator.now_unix(), 1_767_225_600);
///
/// // The same, from another second on:
/// let emulator = Emulator::new().with_clock(Clock::fixed(Duration::from_secs(1_700_000_000)));
/// assert_eq!(emulator.now_unix(), 1_700_000_000);
/// emulator.advance(Duration::from_secs(60));
/// assert_eq!(emulator.now_unix(), 1_700_000_060);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock(Source);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// Advances one millisecond with every request, so that an order by date is a total order.
    Stepping(Instant),
    /// The system's clock, and how far it was advanced.
    System(Duration),
}

/// 2026-01-01T00:00:00Z.
const START: Duration = Duration::from_secs(1_767_225_600);

impl Clock {
    /// Starts at `since_epoch` (since 1970) and advances one millisecond with every request:
    /// the same requests have the same responses. It does not advance while you wait; see
    /// [`Emulator::advance`](crate::Emulator::advance).
    pub fn fixed(since_epoch: Duration) -> Self {
        Self(Source::Stepping(Instant::from_duration(since_epoch)))
    }

    /// The system's clock: for a server that is used by people, and for rate limits that end
    /// when the client has waited.
    pub fn system() -> Self {
        Self(Source::System(Duration::ZERO))
    }

    pub(crate) fn now(&self) -> Instant {
        match self.0 {
            Source::Stepping(now) => now,
            Source::System(ahead) => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Instant::from_duration(since.saturating_add(ahead))
            }
        }
    }

    /// Returns what is lost when the program ends: the time of a stepping clock, how far the
    /// system's was advanced.
    #[cfg(feature = "server")]
    pub(crate) fn state(&self) -> (Option<Instant>, Duration) {
        match self.0 {
            Source::Stepping(now) => (Some(now), Duration::ZERO),
            Source::System(ahead) => (None, ahead),
        }
    }

    /// Continues where another clock ended, if that one is ahead.
    #[cfg(feature = "server")]
    pub(crate) fn resume(&mut self, (time, advanced): (Option<Instant>, Duration)) {
        match &mut self.0 {
            Source::Stepping(now) => *now = time.map_or(*now, |time| time.max(*now)),
            Source::System(ahead) => *ahead = advanced.max(*ahead),
        }
    }

    /// The time of a request.
    pub(crate) fn tick(&mut self) -> Instant {
        let now = self.now();
        if let Source::Stepping(next) = &mut self.0 {
            *next = next.plus(Duration::from_millis(1));
        }
        now
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        match &mut self.0 {
            Source::Stepping(now) => *now = now.plus(by),
            Source::System(ahead) => *ahead = ahead.saturating_add(by),
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::fixed(START)
    }
}
