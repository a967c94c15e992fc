//! Connections that a server may have hung up on while nobody looked.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::task::yield_now;
use tokio::time::Instant;

/// When a client last heard of its connections.
pub(crate) struct Pool {
    made: Instant,
    /// Milliseconds after `made`.
    heard: AtomicU64,
}

impl Pool {
    pub(crate) fn new() -> Self {
        Self { made: Instant::now(), heard: AtomicU64::new(0) }
    }

    /// Lets the connections see what came for them since the runtime last ran.
    ///
    /// A runtime of one thread stands still between two `block_on`. A server that hung up
    /// meanwhile would not be noticed, the request would be lost on its connection, and nobody
    /// could say whether it was carried out. Right after another call there is nothing to notice,
    /// and looking costs turns of the runtime.
    pub(crate) async fn notice_hang_ups(&self, now: Instant) {
        const MILLISECONDS: u64 = 10;
        if self.age(now).saturating_sub(self.heard.load(Ordering::Relaxed)) >= MILLISECONDS {
            // The first turn wakes the connections, the second runs them.
            yield_now().await;
            yield_now().await;
        }
    }

    /// The connections were heard of at `now`.
    pub(crate) fn heard_of(&self, now: Instant) {
        self.heard.store(self.age(now), Ordering::Relaxed);
    }

    fn age(&self, now: Instant) -> u64 {
        u64::try_from(now.saturating_duration_since(self.made).as_millis()).unwrap_or(u64::MAX)
    }
}
