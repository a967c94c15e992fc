//! Calls in flight, each in a thread of its own.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use crate::client::Client;
use crate::context::carried;
use crate::error::{Error, TransportError};
use crate::proto::error::Failure;
use crate::proto::flow::RequestKey;
use crate::proto::{Endpoint, Operation, Outcome};
use crate::stop::{Stop, Stopped};

/// Calls in flight. Dropping it ends each of them with the request that it is sending.
pub(crate) struct Calls<E: Endpoint> {
    client: Client,
    stop: Arc<Stop>,
    sender: Sender<Ended<E::Output>>,
    ended: Receiver<Ended<E::Output>>,
    in_flight: usize,
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

impl<E: Endpoint<Output: Send + 'static> + Send + 'static> Calls<E> {
    pub(crate) fn new(client: Client) -> Self {
        let (sender, ended) = mpsc::channel();
        Self { client, stop: Arc::default(), sender, ended, in_flight: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.in_flight == 0
    }

    /// Sends `endpoint` in this thread.
    pub(crate) fn send(&self, key: RequestKey, endpoint: E) -> Ended<E::Output> {
        let operation = endpoint.operation();
        let outcome = catch_unwind(AssertUnwindSafe(|| self.client.send(endpoint)))
            .map_err(|panic| Panicked::new(operation, panic));
        Ended { key, outcome }
    }

    /// Sends `endpoint` in a thread of its own; in this one if the system has no other.
    pub(crate) fn start(&mut self, key: RequestKey, endpoint: E) {
        // Handed over once the thread runs: a thread that cannot start would drop it.
        let (hand_over, taken) = mpsc::channel();
        let (client, stop) = (self.client.clone(), Arc::clone(&self.stop));
        let sender = self.sender.clone();
        let operation = endpoint.operation();
        let run = move || {
            let Ok(endpoint) = taken.recv() else { return };
            let call = AssertUnwindSafe(|| client.send_until(endpoint, &stop));
            let outcome = match catch_unwind(call) {
                Ok(Ok(outcome)) => Ok(outcome),
                Ok(Err(Stopped)) => return,
                Err(panic) => Err(Panicked::new(operation, panic)),
            };
            // Without a receiver nobody waits for it.
            let _ = sender.send(Ended { key, outcome });
        };
        self.in_flight += 1;
        let is_started =
            thread::Builder::new().name("imagekit".to_owned()).spawn(carried(run)).is_ok();
        let rejected = if is_started {
            hand_over.send(endpoint).err().map(|error| error.0)
        } else {
            Some(endpoint)
        };
        if let Some(endpoint) = rejected {
            let _ = self.sender.send(self.send(key, endpoint));
        }
    }

    /// Returns how a call ended that has ended already.
    pub(crate) fn ended(&mut self) -> Option<Ended<E::Output>> {
        let ended = self.ended.try_recv().ok()?;
        self.in_flight -= 1;
        Some(ended)
    }

    /// Returns how the next call ends, at most `time` from now if there is a limit.
    pub(crate) fn wait(&mut self, time: Option<Duration>) -> Option<Ended<E::Output>> {
        // Always connected: a sender is kept here.
        let ended = match time {
            Some(time) => self.ended.recv_timeout(time).ok()?,
            None => self.ended.recv().ok()?,
        };
        self.in_flight -= 1;
        Some(ended)
    }
}

impl<E: Endpoint> Drop for Calls<E> {
    fn drop(&mut self) {
        self.stop.set();
    }
}
