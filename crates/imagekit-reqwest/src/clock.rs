//! The clock of all clients of this process.

use std::sync::OnceLock;
use std::time::Duration;

use tokio::time::Instant;

/// The time since the first clock began. All clients have the same one, so that several can share a
/// pace.
///
/// Each call has a clock of its own, which always goes on: a runtime whose time is paused may be
/// behind the one of the first clock.
pub(crate) struct Clock {
    start: Instant,
    began: Duration,
}

impl Clock {
    pub(crate) fn start() -> Self {
        static FIRST: OnceLock<Instant> = OnceLock::new();
        let start = Instant::now();
        let began = start.saturating_duration_since(*FIRST.get_or_init(|| start));
        Self { start, began }
    }

    /// Returns the time at which it began.
    pub(crate) fn began(&self) -> Duration {
        self.began
    }

    pub(crate) fn now(&self) -> Duration {
        self.began.saturating_add(self.start.elapsed())
    }
}

/// Returns the time on the clock that all calls share.
pub(crate) fn now() -> Duration {
    Clock::start().began()
}
