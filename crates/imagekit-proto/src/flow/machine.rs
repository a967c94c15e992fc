//! The interface that all machines of this module share.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::call::Outcome;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Misuse};
use crate::reply::Reply;

/// A state machine of many calls, without I/O.
///
/// A driver polls it, does what the step says, and reports the outcome of each request under the
/// key that came with it. The [module's front page](crate::flow) has a complete driver; one driver
/// works for every machine. Nothing panics, in whatever order the methods are called.
pub trait Machine {
    /// The requests that it sends: each is a whole call, with its retries.
    type Request: Endpoint;
    /// The error of the transport: `T` of [`Error<T>`](Error).
    type TransportError;
    /// What it hands out on the way.
    type Item;
    /// What it hands out at the end.
    type Output;

    /// Returns what to do next. `now` is a time on any monotonic clock of the caller.
    fn poll(&mut self, now: Duration) -> FlowStep<Self::Request, Self::Item, Self::Output>;

    /// Reports that the request under `key` succeeded.
    ///
    /// A response under a key that has no request in flight changes nothing; the output says so
    /// ([`Misuse::UnexpectedResponse`]).
    fn on_response(
        &mut self,
        now: Duration,
        key: RequestKey,
        response: Reply<<Self::Request as Endpoint>::Output>,
    );

    /// Reports that the request under `key` failed. An unknown key is treated like that of a
    /// response.
    fn on_failure(&mut self, now: Duration, key: RequestKey, error: Error<Self::TransportError>);

    /// Keeps at most `requests` requests in flight from now on, whatever was asked for: a driver
    /// that sends one at a time calls this with 1. Zero counts as 1.
    fn limit_concurrency(&mut self, requests: usize);

    /// Ends the machine now and returns what there is: nothing more is sent, and the outcome of a
    /// request in flight no longer counts.
    fn finish(&mut self) -> Self::Output;

    /// Reports how the request under `key` ended: [`on_response`](Self::on_response) or
    /// [`on_failure`](Self::on_failure).
    fn on_outcome(
        &mut self,
        now: Duration,
        key: RequestKey,
        outcome: Outcome<<Self::Request as Endpoint>::Output, Self::TransportError>,
    ) {
        match outcome {
            Ok(response) => self.on_response(now, key, response),
            Err(error) => self.on_failure(now, key, error),
        }
    }
}

impl<M: Machine + ?Sized> Machine for &mut M {
    type Request = M::Request;
    type TransportError = M::TransportError;
    type Item = M::Item;
    type Output = M::Output;

    fn poll(&mut self, now: Duration) -> FlowStep<M::Request, M::Item, M::Output> {
        (**self).poll(now)
    }

    fn on_response(
        &mut self,
        now: Duration,
        key: RequestKey,
        response: Reply<<M::Request as Endpoint>::Output>,
    ) {
        (**self).on_response(now, key, response);
    }

    fn on_failure(&mut self, now: Duration, key: RequestKey, error: Error<M::TransportError>) {
        (**self).on_failure(now, key, error);
    }

    fn limit_concurrency(&mut self, requests: usize) {
        (**self).limit_concurrency(requests);
    }

    fn finish(&mut self) -> M::Output {
        (**self).finish()
    }
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a driver has to handle every case")]
#[must_use = "the driver has to do what the step says"]
pub enum FlowStep<R, I, O> {
    /// Send this request as a call of its own and report the result under the key. The machine may
    /// be polled before that: it then says what else can be done.
    Send(RequestKey, R),
    /// Poll again after this time, or as soon as a request in flight has ended.
    Sleep(Duration),
    /// Nothing to do until a request in flight has ended. Never returned to a driver that reports
    /// each outcome before it polls again.
    Pending,
    /// Hand this to the user.
    Item(I),
    /// The machine is done. Requests may still be in flight if they no longer matter.
    Done(O),
}

/// Names a request in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestKey(u64);

/// The requests in flight, with what is remembered of each.
#[derive(Debug)]
pub(super) struct InFlight<V> {
    next: u64,
    open: BTreeMap<RequestKey, V>,
    /// The greatest number of them.
    limit: usize,
}

impl<V> InFlight<V> {
    pub(super) fn new() -> Self {
        Self { next: 0, open: BTreeMap::new(), limit: usize::MAX }
    }

    /// Returns requests whose keys follow those of `earlier`.
    pub(super) fn after(earlier: &Self) -> Self {
        Self { next: earlier.next, ..Self::new() }
    }

    pub(super) fn limit(&mut self, limit: usize) {
        self.limit = limit.max(1);
    }

    /// Whether a driver sends one request at a time.
    pub(super) fn is_sequential(&self) -> bool {
        self.limit == 1
    }

    /// Returns how many requests may be in flight when `wanted` are asked for.
    pub(super) fn at_most(&self, wanted: usize) -> usize {
        wanted.max(1).min(self.limit)
    }

    /// Whether another request may be sent when at most `wanted` shall be in flight.
    pub(super) fn has_room(&self, wanted: usize) -> bool {
        self.open.len() < self.at_most(wanted)
    }

    pub(super) fn insert(&mut self, value: V) -> RequestKey {
        let key = RequestKey(self.next);
        self.next += 1;
        self.open.insert(key, value);
        key
    }

    /// Takes out what is remembered of `key`; an unknown key is a misuse, noted in `misuse`.
    pub(super) fn remove(&mut self, key: RequestKey, misuse: &mut Option<Misuse>) -> Option<V> {
        let value = self.open.remove(&key);
        if value.is_none() {
            misuse.get_or_insert(Misuse::UnexpectedResponse);
        }
        value
    }

    pub(super) fn any(&self, holds: impl FnMut(&V) -> bool) -> bool {
        self.open.values().any(holds)
    }

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Takes out everything, in the order in which it was sent.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = V> + use<V> {
        std::mem::take(&mut self.open).into_values()
    }
}

/// Whether the same request would fail in the same way again: it cannot be built, or the API
/// rejects it with a status that no wait changes.
pub(super) fn is_permanent<T>(error: &Error<T>) -> bool {
    match error.kind() {
        ErrorKind::Build(_) | ErrorKind::Misuse(_) => true,
        ErrorKind::Api(error) => {
            let status = error.status.as_u16();
            (300..500).contains(&status) && !matches!(status, 408 | 423 | 425 | 429)
        }
        _ => false,
    }
}
