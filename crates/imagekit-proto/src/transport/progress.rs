//! How far an attempt has come, and the timeouts that are measured by it.

use std::future::poll_fn;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use super::AsyncTransport;
use crate::error::{Failure, FailureKind};

/// How far an attempt has come: [`ChunkBody::progress`](super::ChunkBody::progress).
///
/// [`drive_async`](super::drive_async) ends an attempt by its timeouts, and has to know whether there
/// was a connection and whether bytes moved. What is taken of the body counts by itself.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<State>);

#[derive(Debug, Default)]
struct State {
    connecting: AtomicBool,
    hidden: AtomicBool,
    moved: AtomicU64,
}

impl Progress {
    /// Awaits `connect`. An attempt whose time runs out meanwhile is reported as
    /// [`NotSent`](FailureKind::NotSent), otherwise as `Ambiguous`.
    pub async fn connecting<F: Future>(&self, connect: F) -> F::Output {
        let _reset = Raised::new(&self.0.connecting);
        let output = connect.await;
        self.moved();
        output
    }

    /// Awaits `exchange`, which moves bytes that the transport cannot see: a browser's `fetch` does. The
    /// idle timeout does not end the attempt meanwhile.
    pub async fn hidden<F: Future>(&self, exchange: F) -> F::Output {
        let _reset = Raised::new(&self.0.hidden);
        let output = exchange.await;
        self.moved();
        output
    }

    /// Notes that bytes of the response have arrived.
    pub fn moved(&self) {
        self.0.moved.fetch_add(1, Ordering::Relaxed);
    }

    fn count(&self) -> u64 {
        self.0.moved.load(Ordering::Relaxed)
    }

    fn is_hidden(&self) -> bool {
        self.0.hidden.load(Ordering::Relaxed)
    }

    fn is_connecting(&self) -> bool {
        self.0.connecting.load(Ordering::Relaxed)
    }
}

/// A flag that is reset when this is dropped.
struct Raised<'a>(&'a AtomicBool);

impl<'a> Raised<'a> {
    fn new(flag: &'a AtomicBool) -> Self {
        flag.store(true, Ordering::Relaxed);
        Self(flag)
    }
}

impl Drop for Raised<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// The timeouts of an attempt.
#[derive(Clone, Copy)]
pub(super) struct Timeouts {
    pub(super) total: Option<Duration>,
    pub(super) idle: Option<Duration>,
}

/// Awaits `exchange` within its timeouts. Progress is looked for once per idle timeout.
pub(super) async fn within<X: AsyncTransport, R>(
    transport: &X,
    now: impl Fn() -> Duration,
    timeouts: Timeouts,
    progress: &Progress,
    exchange: impl Future<Output = Result<R, Failure<X::Error>>>,
) -> Result<R, Failure<X::Error>> {
    let mut exchange = pin!(exchange);
    let ends = timeouts.total.map(|total| now().saturating_add(total));
    loop {
        let (began, count) = (now(), progress.count());
        let idle = timeouts.idle.map(|idle| began.saturating_add(idle));
        let Some(due) = ends.into_iter().chain(idle).min() else { return exchange.await };
        let mut sleep = pin!(transport.sleep(due.saturating_sub(began)));
        let exchanged = poll_fn(|cx| match exchange.as_mut().poll(cx) {
            Poll::Ready(exchanged) => Poll::Ready(Some(exchanged)),
            Poll::Pending => sleep.as_mut().poll(cx).map(|()| None),
        });
        if let Some(exchanged) = exchanged.await {
            return exchanged;
        }
        let is_over = ends.is_some_and(|ends| ends <= due);
        if is_over || progress.count() == count && !progress.is_hidden() {
            return Err(timed_out(progress, is_over));
        }
    }
}

fn timed_out<T: From<io::Error>>(progress: &Progress, is_over: bool) -> Failure<T> {
    let kind = if progress.is_connecting() { FailureKind::NotSent } else { FailureKind::Ambiguous };
    let what =
        if is_over { "the attempt took too long" } else { "no byte moved for the idle timeout" };
    Failure::new(kind, io::Error::new(io::ErrorKind::TimedOut, what).into()).timeout(true)
}
