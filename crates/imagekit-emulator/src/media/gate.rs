//! A bound on the memory that all decoders together use at once.

use std::sync::{Condvar, Mutex, PoisonError};

/// Lets decoders in as long as the bytes that they announce fit; later ones wait.
pub(super) struct Gate {
    capacity: u64,
    used: Mutex<u64>,
    freed: Condvar,
}

/// Permission to use so many bytes until it is dropped.
pub(crate) struct Pass<'a> {
    gate: &'a Gate,
    bytes: u64,
}

impl Gate {
    pub(super) const fn new(capacity: u64) -> Self {
        Self { capacity, used: Mutex::new(0), freed: Condvar::new() }
    }

    /// Waits until `bytes` fit beside those in use; `None` when they exceed the capacity.
    pub(super) fn enter(&self, bytes: u64) -> Option<Pass<'_>> {
        if bytes > self.capacity {
            return None;
        }
        let full = |used: &mut u64| *used > self.capacity - bytes;
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut used = self.freed.wait_while(used, full).unwrap_or_else(PoisonError::into_inner);
        *used += bytes;
        Some(Pass { gate: self, bytes })
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut used = self.gate.used.lock().unwrap_or_else(PoisonError::into_inner);
        *used -= self.bytes;
        self.gate.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::Gate;

    #[test]
    fn what_is_inside_never_exceeds_the_capacity() {
        let gate = Gate::new(10);
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for bytes in [4, 4, 4, 10, 1, 3, 7, 4] {
                let (gate, now, most) = (&gate, &now, &most);
                scope.spawn(move || {
                    for _ in 0..100 {
                        let pass = gate.enter(bytes).unwrap();
                        let inside = now.fetch_add(bytes, Ordering::SeqCst) + bytes;
                        most.fetch_max(inside, Ordering::SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(bytes, Ordering::SeqCst);
                        drop(pass);
                    }
                });
            }
        });
        assert!((1..=10).contains(&most.into_inner()));
        assert!(gate.enter(11).is_none());
        assert!(gate.enter(10).is_some());
    }
}
