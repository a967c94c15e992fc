//! The end of calls whose outcome nobody waits for any more.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Ends calls in other threads before their next request.
#[derive(Default)]
pub(crate) struct Stop {
    is_set: Mutex<bool>,
    changed: Condvar,
}

/// The error of a call that was ended early.
pub(crate) struct Stopped;

impl Stop {
    /// Ends the calls, and wakes those that sleep.
    pub(crate) fn set(&self) {
        *self.lock() = true;
        self.changed.notify_all();
    }

    /// Sleeps for `time`, or until the calls shall end.
    pub(crate) fn sleep(&self, time: Duration) -> Result<(), Stopped> {
        let (is_set, _) = self
            .changed
            .wait_timeout_while(self.lock(), time, |is_set| !*is_set)
            .unwrap_or_else(PoisonError::into_inner);
        if *is_set { Err(Stopped) } else { Ok(()) }
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.is_set.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
