//! A count of the requests that a server handles at the same time.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// Counts requests that a server handles at the same time, and holds each until `wanted` are.
#[derive(Debug)]
pub struct Gate {
    wanted: usize,
    inside: Mutex<(usize, usize)>,
    changed: Condvar,
}

impl Gate {
    /// Creates a gate that waits for `wanted` requests.
    pub fn new(wanted: usize) -> Arc<Self> {
        Arc::new(Self { wanted, inside: Mutex::default(), changed: Condvar::new() })
    }

    /// Counts a request, and returns once `wanted` were inside together, or after 10 seconds.
    pub fn enter(&self) {
        let mut inside = self.inside.lock().unwrap();
        inside.0 += 1;
        inside.1 = inside.1.max(inside.0);
        self.changed.notify_all();
        let patience = Duration::from_secs(10);
        let is_too_few = |inside: &mut (usize, usize)| inside.1 < self.wanted;
        drop(self.changed.wait_timeout_while(inside, patience, is_too_few).unwrap());
    }

    /// Ends the count of a request.
    pub fn leave(&self) {
        self.inside.lock().unwrap().0 -= 1;
    }

    /// Returns the most requests that were inside together.
    pub fn most(&self) -> usize {
        self.inside.lock().unwrap().1
    }
}
