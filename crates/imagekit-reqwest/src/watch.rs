//! What a user watches and decides while a payload is sent.

use std::any::Any;
use std::future::Future as _;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep, sleep_until, timeout};

use crate::cancel::{CancelToken, Cancelled};
use crate::chunks::CHUNK;
use crate::clock;
use crate::proto::wire::Bandwidth;
use crate::timer::Progress;

/// A progress callback, which an attempt shares with its payload.
type SharedProgress = Arc<Mutex<dyn FnMut(u64, u64) + Send>>;

/// Who is told of progress, and what limits an upload.
#[derive(Clone, Default)]
pub(crate) struct Watch {
    pub(crate) progress: Option<SharedProgress>,
    pub(crate) bandwidth: Option<Bandwidth>,
    pub(crate) cancel: Option<CancelToken>,
}

impl Watch {
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.as_ref().is_some_and(CancelToken::is_cancelled)
    }

    /// Returns the moment when the upload is cancelled, if it can be.
    pub(crate) fn cancelled(&self) -> Option<Cancelled> {
        self.cancel.as_ref().map(CancelToken::cancelled)
    }

    /// Sleeps for `time`, or until the upload is cancelled.
    pub(crate) async fn sleep(&self, time: Duration) {
        match self.cancelled() {
            None => sleep(time).await,
            Some(cancelled) => drop(timeout(time, cancelled).await),
        }
    }

    fn report(&self, sent: u64, total: u64) {
        if let Some(progress) = &self.progress {
            progress.lock().unwrap_or_else(PoisonError::into_inner)(sent, total);
        }
    }

    /// Reports the beginning of an attempt with `total` bytes, and returns the watch of its payload if
    /// there is anything to do.
    pub(crate) fn begin(&self, total: u64) -> Option<Box<Watched>> {
        self.report(0, total);
        let is_watched =
            self.progress.is_some() || self.bandwidth.is_some() || self.cancel.is_some();
        is_watched.then(|| {
            Box::new(Watched {
                watch: self.clone(),
                total,
                sent: 0,
                timer: None,
                is_waiting: false,
            })
        })
    }
}

/// How a body ended early.
pub(crate) enum BodyError {
    /// The payload failed.
    Payload(io::Error),
    /// The upload was cancelled.
    Cancelled,
    /// The progress callback panicked.
    Panic(Box<dyn Any + Send>),
}

impl From<io::Error> for BodyError {
    fn from(error: io::Error) -> Self {
        Self::Payload(error)
    }
}

/// A payload on its way.
pub(crate) struct Watched {
    watch: Watch,
    total: u64,
    sent: u64,
    timer: Option<Pin<Box<Sleep>>>,
    is_waiting: bool,
}

impl Watched {
    pub(crate) fn is_cancelled(&self) -> bool {
        self.watch.is_cancelled()
    }

    /// Returns how many of the next `available` bytes to send, when it is their turn.
    pub(crate) fn poll_turn(
        &mut self,
        cx: &mut Context<'_>,
        available: usize,
        idle: &Progress,
    ) -> Poll<usize> {
        let Some(bandwidth) = &self.watch.bandwidth else {
            return Poll::Ready(available.min(CHUNK));
        };
        // The same number after the wait as before: nothing else takes from what is available.
        let count = available.min(bandwidth.piece());
        if !self.is_waiting {
            let wait = bandwidth.reserve(clock::now(), count);
            if wait.is_zero() {
                return Poll::Ready(count);
            }
            let until = Instant::now().checked_add(wait).unwrap_or_else(far_future);
            idle.made_until(until);
            match &mut self.timer {
                Some(timer) => timer.as_mut().reset(until),
                None => self.timer = Some(Box::pin(sleep_until(until))),
            }
            self.is_waiting = true;
        }
        if let Some(timer) = &mut self.timer {
            ready!(timer.as_mut().poll(cx));
        }
        self.is_waiting = false;
        Poll::Ready(count)
    }

    /// Reports that `count` bytes more are handed over.
    pub(crate) fn sent(&mut self, count: usize) -> Result<(), BodyError> {
        self.sent = self.sent.saturating_add(count as u64);
        // The connection's task, which calls this, must not end by a panic of the user's.
        catch_unwind(AssertUnwindSafe(|| self.watch.report(self.sent, self.total)))
            .map_err(BodyError::Panic)?;
        if self.is_cancelled() { Err(BodyError::Cancelled) } else { Ok(()) }
    }
}

/// As far from now as a timer goes.
fn far_future() -> Instant {
    Instant::now() + Duration::from_secs(86_400 * 365 * 30)
}
