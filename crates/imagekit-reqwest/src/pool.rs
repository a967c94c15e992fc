//! Idle connections that a server may have closed while the runtime did not look.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::yield_now;

use crate::clock;

/// How long idle connections go unobserved at most.
const MILLISECONDS: u64 = 5;

/// When the runtime last looked at the idle connections of a client.
pub(crate) struct Pool {
    /// In milliseconds.
    looked: AtomicU64,
}

impl Pool {
    pub(crate) fn new() -> Self {
        Self { looked: AtomicU64::new(millis(clock::now())) }
    }

    /// Lets the idle connections read what has arrived since the runtime last looked.
    ///
    /// A runtime of one thread stands still between two `block_on`, and while a task computes. A
    /// server that closed a connection meanwhile, perhaps with a 408 for a request that never came,
    /// would not be noticed: the next request would be lost on that connection, or get the 408 as
    /// its response. Other calls say nothing about a connection that is idle, so they do not count
    /// as a look.
    pub(crate) async fn notice_closed(&self, now: Duration) {
        let now = millis(now);
        if now.saturating_sub(self.looked.load(Ordering::Relaxed)) >= MILLISECONDS {
            // The first turn wakes the connections, the second runs them.
            yield_now().await;
            yield_now().await;
            self.looked.fetch_max(now, Ordering::Relaxed);
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
