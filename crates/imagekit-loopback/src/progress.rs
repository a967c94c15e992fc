//! What the progress callback of an upload is told.

use std::sync::{Arc, Mutex, PoisonError};

/// Collects what the progress callback of an upload is told.
#[derive(Clone, Debug, Default)]
pub struct ProgressLog(Arc<Mutex<Vec<(u64, u64)>>>);

impl ProgressLog {
    /// Returns the callback that collects it.
    pub fn callback(&self) -> impl FnMut(u64, u64) + Send + 'static {
        let told = Arc::clone(&self.0);
        move |sent, total| {
            told.lock().unwrap_or_else(PoisonError::into_inner).push((sent, total));
        }
    }

    /// Returns all calls: the bytes sent, and the length of the payload.
    pub fn told(&self) -> Vec<(u64, u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the numbers of bytes of each attempt, of a payload of `total` bytes.
    ///
    /// # Panics
    ///
    /// Another length was told, or a number that did not grow within an attempt.
    pub fn attempts(&self, total: u64) -> Vec<Vec<u64>> {
        let mut attempts: Vec<Vec<u64>> = Vec::new();
        for (sent, of) in self.told() {
            assert_eq!(of, total);
            if sent == 0 {
                attempts.push(Vec::new());
            }
            let attempt = attempts.last_mut().unwrap();
            assert!(attempt.last().is_none_or(|last| *last < sent), "{sent} after {attempt:?}");
            attempt.push(sent);
        }
        attempts
    }
}
