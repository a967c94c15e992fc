//! Progress of background jobs.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::instant::Instant;

/// The progress of a folder job or a purge. Its effect is there at once; its status is pending
/// until its time is over, and at the first look in any case, so that clients meet both.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Progress {
    due: Instant,
    seen: bool,
}

impl Progress {
    pub(crate) fn new(now: Instant, duration: Duration) -> Self {
        Self { due: now.plus(duration), seen: false }
    }

    /// Returns the status for a status request.
    pub(crate) fn is_completed(&mut self, now: Instant) -> bool {
        std::mem::replace(&mut self.seen, true) && !self.is_running(now)
    }

    pub(crate) fn is_running(&self, now: Instant) -> bool {
        now < self.due
    }
}
