//! The clock of all clients of this process.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Returns the time since the first use of the clock. All clients have the same one, so that several
/// can share a pace.
pub(crate) fn now() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}
