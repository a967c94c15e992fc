//! Timeouts of an attempt: in all, and without progress.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::cancel::Cancelled;
use crate::error::TransportError;

/// When an attempt last made progress, for its idle timeout; nothing, for one without.
#[derive(Clone)]
pub(crate) struct Progress(Option<Arc<Last>>);

struct Last {
    idle_timeout: Duration,
    began: Instant,
    /// Nanoseconds after `began`.
    at: AtomicU64,
}

impl Progress {
    pub(crate) fn new(idle_timeout: Option<Duration>) -> Self {
        Self(idle_timeout.map(|idle_timeout| {
            Arc::new(Last { idle_timeout, began: Instant::now(), at: AtomicU64::new(0) })
        }))
    }

    /// Records that the transport took a byte of the request or delivered one of the response.
    pub(crate) fn made(&self) {
        if self.0.is_some() {
            self.made_until(Instant::now());
        }
    }

    /// Records that the attempt waits for itself until then, which is no lack of progress.
    pub(crate) fn made_until(&self, time: Instant) {
        if let Some(last) = &self.0 {
            let nanos = time.saturating_duration_since(last.began).as_nanos();
            last.at.fetch_max(u64::try_from(nanos).unwrap_or(u64::MAX), Ordering::Relaxed);
        }
    }

    /// Returns when the attempt ends unless it makes progress until then.
    fn due(&self) -> Option<Instant> {
        let last = self.0.as_ref()?;
        let at = Duration::from_nanos(last.at.load(Ordering::Relaxed));
        last.began.checked_add(at.saturating_add(last.idle_timeout))
    }
}

/// Runs `exchange` until `timeout` has passed, or the idle timeout of `progress` without any, or
/// `cancelled` ends it.
///
/// `exchange` is pinned already: moved in here, the future would hold it twice.
pub(crate) async fn within<F: Future>(
    timeout: Option<Duration>,
    progress: &Progress,
    mut cancelled: Option<Cancelled>,
    mut exchange: Pin<&mut F>,
) -> Result<F::Output, TransportError> {
    let ends = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let next = || ends.into_iter().chain(progress.due()).min();
    if next().is_none() && cancelled.is_none() {
        return Ok(exchange.await);
    }
    let mut timer = pin!(next().map(sleep_until));
    poll_fn(|cx| {
        if cancelled.as_mut().is_some_and(|cancelled| cancelled.as_mut().poll(cx).is_ready()) {
            return Poll::Ready(Err(TransportError::Cancelled));
        }
        if let Poll::Ready(done) = exchange.as_mut().poll(cx) {
            return Poll::Ready(Ok(done));
        }
        while let Some(mut timer) = timer.as_mut().as_pin_mut() {
            if timer.as_mut().poll(cx).is_pending() {
                break;
            }
            let now = Instant::now();
            match next() {
                Some(next) if next > now => timer.reset(next),
                _ if ends.is_some_and(|ends| ends <= now) => {
                    return Poll::Ready(Err(TransportError::Timeout));
                }
                _ => return Poll::Ready(Err(TransportError::IdleTimeout)),
            }
        }
        Poll::Pending
    })
    .await
}
