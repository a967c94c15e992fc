//! Timeouts of an attempt: in all, and without progress.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

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
        if let Some(last) = &self.0 {
            let nanos = u64::try_from(last.began.elapsed().as_nanos()).unwrap_or(u64::MAX);
            last.at.store(nanos, Ordering::Relaxed);
        }
    }

    /// Returns when the attempt ends unless it makes progress until then.
    fn due(&self) -> Option<Instant> {
        let last = self.0.as_ref()?;
        let at = Duration::from_nanos(last.at.load(Ordering::Relaxed));
        last.began.checked_add(at.saturating_add(last.idle_timeout))
    }
}

/// Runs `exchange` until `timeout` has passed, or the idle timeout of `progress` without any.
///
/// `exchange` is pinned already: moved in here, the future would hold it twice.
pub(crate) async fn within<F: Future>(
    timeout: Option<Duration>,
    progress: &Progress,
    mut exchange: Pin<&mut F>,
) -> Result<F::Output, TransportError> {
    let ends = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let next = || ends.into_iter().chain(progress.due()).min();
    let Some(first) = next() else { return Ok(exchange.await) };
    let mut timer = pin!(sleep_until(first));
    poll_fn(|cx| {
        if let Poll::Ready(done) = exchange.as_mut().poll(cx) {
            return Poll::Ready(Ok(done));
        }
        while timer.as_mut().poll(cx).is_ready() {
            let now = Instant::now();
            match next() {
                Some(next) if next > now => timer.as_mut().reset(next),
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
