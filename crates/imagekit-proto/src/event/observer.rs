//! From what a call does to events for the user's function.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::Method;

#[cfg(feature = "tracing")]
use super::span::Recorder;
use super::{CallEnd, CallEvent, EventKind, WaitReason};
use crate::endpoint::Operation;
use crate::error::{Error, Failure, FailureKind};
use crate::meta::Meta;
use crate::reply::Reply;

/// The function that receives the events of many calls. Clones share it, and the numbers of calls.
#[derive(Clone)]
pub struct Observer(Arc<Inner<OnEvent>>);

type OnEvent = dyn Fn(&CallEvent) + Send + Sync;

struct Inner<F: ?Sized> {
    calls: AtomicU64,
    on_event: F,
}

impl Observer {
    /// Creates one of a function.
    pub fn new(on_event: impl Fn(&CallEvent) + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner { calls: AtomicU64::new(0), on_event }))
    }

    fn next_call(&self) -> u64 {
        self.0.calls.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observer").finish_non_exhaustive()
    }
}

/// A call that is observed, and what its next event needs to know.
pub(crate) struct Observed {
    observer: Option<Observer>,
    #[cfg(feature = "tracing")]
    recorder: Option<Recorder>,
    operation: &'static Operation,
    /// Number of the call.
    call: u64,
    phase: Phase,
    began: Duration,
    now: Duration,
    /// When the last request was sent.
    sent_at: Duration,
    /// Attempts begun, and those that found a connection.
    begun: u32,
    sent: u32,
    may_have_been_applied: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Idle,
    InFlight,
    Pacing,
    Over,
}

impl Observed {
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            observer: None,
            #[cfg(feature = "tracing")]
            recorder: None,
            operation,
            call: 0,
            phase: Phase::New,
            began: Duration::ZERO,
            now: Duration::ZERO,
            sent_at: Duration::ZERO,
            begun: 0,
            sent: 0,
            may_have_been_applied: false,
        }
    }

    pub(crate) fn report_to(&mut self, observer: Observer) {
        self.observer = Some(observer);
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn record_in(&mut self, span: tracing::Span) {
        self.recorder = Some(Recorder::new(span));
    }

    /// The call is polled, or told of a response.
    pub(crate) fn at(&mut self, now: Duration) {
        self.now = now;
        if self.phase == Phase::New {
            self.phase = Phase::Idle;
            self.began = now;
            self.call = self.observer.as_ref().map_or(0, Observer::next_call);
            self.emit(EventKind::Began { method: self.operation.method.clone() });
        }
    }

    pub(crate) fn sending(&mut self) {
        self.begun = self.begun.saturating_add(1);
        (self.phase, self.sent_at) = (Phase::InFlight, self.now);
        self.emit(EventKind::Sending);
    }

    pub(crate) fn response(&mut self, meta: &Meta) {
        self.phase = Phase::Idle;
        self.sent = self.sent.saturating_add(1);
        self.emit(EventKind::Response {
            status: meta.status,
            request_id: meta.request_id.clone(),
            rate_limit: meta.rate_limit,
            took: self.now.saturating_sub(self.sent_at),
        });
    }

    pub(crate) fn failure<T>(&mut self, failure: &Failure<T>) {
        self.phase = Phase::Idle;
        if failure.kind != FailureKind::NotSent {
            self.sent = self.sent.saturating_add(1);
        }
        self.emit(EventKind::Failure {
            failure: failure.kind,
            is_timeout: failure.is_timeout,
            took: self.now.saturating_sub(self.sent_at),
        });
    }

    /// The fate of an attempt is unknown.
    pub(crate) fn may_have_been_applied(&mut self) {
        self.may_have_been_applied = true;
    }

    /// The call waits for a retry.
    pub(crate) fn waiting(&mut self, wait: Duration, reason: WaitReason) {
        self.emit(EventKind::Waiting { wait, reason });
    }

    /// The call waits for its turn: one event, however often it asks.
    pub(crate) fn pacing(&mut self, wait: Duration) {
        if self.phase != Phase::Pacing {
            self.phase = Phase::Pacing;
            self.emit(EventKind::Waiting { wait, reason: WaitReason::Pace });
        }
    }

    pub(crate) fn ended<O, T>(&mut self, outcome: &Result<Reply<O>, Error<T>>) {
        let kind = match outcome {
            Ok(reply) => EventKind::Ended {
                end: CallEnd::Success,
                attempts: reply.attempts,
                status: Some(reply.meta.status),
                request_id: reply.meta.request_id.clone(),
                may_have_been_applied: false,
            },
            Err(error) => EventKind::Ended {
                end: CallEnd::of(error),
                attempts: error.attempts(),
                status: error.status(),
                request_id: error.request_id().map(str::to_owned),
                may_have_been_applied: error.may_have_been_applied(),
            },
        };
        self.end(kind);
    }

    fn end(&mut self, kind: EventKind) {
        if self.phase != Phase::Over {
            self.phase = Phase::Over;
            self.emit(kind);
        }
    }

    fn emit(&mut self, kind: EventKind) {
        let elapsed = self.now.saturating_sub(self.began);
        let (call, operation, attempt) = (self.call, self.operation.id, self.begun);
        let event = CallEvent { call, operation, attempt, elapsed, kind };
        #[cfg(feature = "tracing")]
        if let Some(recorder) = &mut self.recorder {
            recorder.record(&event);
        }
        if let Some(observer) = &self.observer {
            (observer.0.on_event)(&event);
        }
    }
}

/// A call that is dropped ends too.
impl Drop for Observed {
    fn drop(&mut self) {
        // A panic in the user's function, while another one goes on, would abort the process.
        if matches!(self.phase, Phase::New | Phase::Over) || std::thread::panicking() {
            return;
        }
        let in_flight = self.phase == Phase::InFlight;
        let may_be = in_flight && self.operation.method != Method::GET;
        self.end(EventKind::Ended {
            end: CallEnd::Cancelled,
            attempts: self.sent.saturating_add(in_flight.into()),
            status: None,
            request_id: None,
            may_have_been_applied: self.may_have_been_applied || may_be,
        });
    }
}
