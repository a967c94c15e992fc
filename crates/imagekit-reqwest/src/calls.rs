//! Calls in flight, all of them in the caller's own task.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use crate::client::Client;
use crate::error::{Error, TransportError};
use crate::proto::error::Failure;
use crate::proto::flow::RequestKey;
use crate::proto::{Endpoint, Operation, Outcome};

/// Calls in flight. Dropping it cancels them.
pub(crate) struct Calls<E: Endpoint> {
    client: Client,
    in_flight: Vec<InFlight<E::Output>>,
    task: Arc<Task>,
}

struct InFlight<O> {
    key: RequestKey,
    operation: &'static Operation,
    wakeup: Arc<Wakeup>,
    waker: Waker,
    call: Pin<Box<dyn Future<Output = Outcome<O, TransportError>> + Send>>,
}

/// How a call ended.
pub(crate) struct Ended<O> {
    pub(crate) key: RequestKey,
    pub(crate) outcome: Result<Outcome<O, TransportError>, Panicked>,
}

/// A panic of a callback or an endpoint, and the error that stands for it.
pub(crate) struct Panicked {
    pub(crate) error: Error,
    pub(crate) panic: Box<dyn Any + Send>,
}

impl Panicked {
    fn new(operation: &Operation, panic: Box<dyn Any + Send>) -> Self {
        Self { error: operation.lost(Failure::ambiguous(TransportError::Panicked)), panic }
    }
}

/// The task that polls the calls.
#[derive(Default)]
struct Task(Mutex<Option<Waker>>);

impl Task {
    fn set(&self, waker: &Waker) {
        let mut task = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if task.as_ref().is_none_or(|task| !task.will_wake(waker)) {
            *task = Some(waker.clone());
        }
    }
}

/// Whether a call has more to do: of many calls, only these are polled.
struct Wakeup {
    is_due: AtomicBool,
    task: Arc<Task>,
}

impl Wake for Wakeup {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // In this order: the task is set before it looks for what is due.
        self.is_due.store(true, Ordering::Release);
        let task = self.task.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(task) = task {
            task.wake();
        }
    }
}

impl<E: Endpoint<Output: Send + 'static> + Send + 'static> Calls<E> {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, in_flight: Vec::new(), task: Arc::default() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.in_flight.is_empty()
    }

    /// Adds a call; it begins when it is polled.
    pub(crate) fn start(&mut self, key: RequestKey, endpoint: E) {
        let (client, operation) = (self.client.clone(), endpoint.operation());
        let call = Box::pin(async move { client.send(endpoint).await });
        let wakeup = Arc::new(Wakeup { is_due: AtomicBool::new(true), task: self.task.clone() });
        let waker = Waker::from(wakeup.clone());
        self.in_flight.push(InFlight { key, operation, wakeup, waker, call });
    }

    /// Polls the calls that have more to do, and returns the first one that ended. `None`: each of
    /// them wakes the task when there is more to do.
    pub(crate) fn poll(&mut self, cx: &Context<'_>) -> Option<Ended<E::Output>> {
        self.task.set(cx.waker());
        for (index, in_flight) in self.in_flight.iter_mut().enumerate() {
            let InFlight { key, operation, wakeup, waker, call } = in_flight;
            if !wakeup.is_due.swap(false, Ordering::Acquire) {
                continue;
            }
            let poll = AssertUnwindSafe(|| call.as_mut().poll(&mut Context::from_waker(waker)));
            let outcome = match catch_unwind(poll) {
                Ok(Poll::Pending) => continue,
                Ok(Poll::Ready(outcome)) => Ok(outcome),
                Err(panic) => Err(Panicked::new(operation, panic)),
            };
            let key = *key;
            drop(self.in_flight.remove(index));
            return Some(Ended { key, outcome });
        }
        None
    }
}
