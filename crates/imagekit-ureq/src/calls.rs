//! Calls in flight, each in a thread of its own.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use crate::client::Client;
use crate::context::carried;
use crate::error::TransportError;
use crate::proto::flow::RequestKey;
use crate::proto::{Endpoint, Outcome};
use crate::stop::{Stop, Stopped};

/// Calls in flight. Dropping it ends each of them with the request that it is sending.
pub(crate) struct Calls<E: Endpoint> {
    client: Client,
    stop: Arc<Stop>,
    sender: Sender<Ended<E::Output>>,
    ended: Receiver<Ended<E::Output>>,
    in_flight: usize,
}

/// How a call ended, or the panic of its endpoint.
struct Ended<O>(RequestKey, thread::Result<Outcome<O, TransportError>>);

impl<E: Endpoint<Output: Send + 'static> + Send + 'static> Calls<E> {
    pub(crate) fn new(client: Client) -> Self {
        let (sender, ended) = mpsc::channel();
        Self { client, stop: Arc::default(), sender, ended, in_flight: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.in_flight == 0
    }

    /// Sends `endpoint` in this thread.
    pub(crate) fn send(&self, endpoint: E) -> Outcome<E::Output, TransportError> {
        self.client.send(endpoint)
    }

    /// Sends `endpoint` in a thread of its own; in this one if the system has no other.
    pub(crate) fn start(&mut self, key: RequestKey, endpoint: E) {
        // Handed over once the thread runs: a thread that cannot start would drop it.
        let (hand_over, taken) = mpsc::channel();
        let (client, stop) = (self.client.clone(), Arc::clone(&self.stop));
        let sender = self.sender.clone();
        let run = move || {
            let Ok(endpoint) = taken.recv() else { return };
            let call = AssertUnwindSafe(|| client.send_until(endpoint, &stop));
            let outcome = match catch_unwind(call) {
                Ok(Ok(outcome)) => Ok(outcome),
                Ok(Err(Stopped)) => return,
                Err(panic) => Err(panic),
            };
            // Without a receiver nobody waits for it.
            let _ = sender.send(Ended(key, outcome));
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
            let _ = self.sender.send(Ended(key, Ok(self.client.send(endpoint))));
        }
    }

    /// Returns the outcome of a call that has ended already.
    pub(crate) fn ended(&mut self) -> Option<(RequestKey, Outcome<E::Output, TransportError>)> {
        let ended = self.ended.try_recv().ok()?;
        Some(self.take(ended))
    }

    /// Returns the outcome of the next call that ends, at most `time` from now if there is a limit.
    pub(crate) fn wait(
        &mut self,
        time: Option<Duration>,
    ) -> Option<(RequestKey, Outcome<E::Output, TransportError>)> {
        // Always connected: a sender is kept here.
        let ended = match time {
            Some(time) => self.ended.recv_timeout(time).ok()?,
            None => self.ended.recv().ok()?,
        };
        Some(self.take(ended))
    }

    fn take(
        &mut self,
        Ended(key, outcome): Ended<E::Output>,
    ) -> (RequestKey, Outcome<E::Output, TransportError>) {
        self.in_flight -= 1;
        match outcome {
            Ok(outcome) => (key, outcome),
            // The endpoint panicked: the panic goes on where it would without a thread.
            Err(panic) => resume_unwind(panic),
        }
    }
}

impl<E: Endpoint> Drop for Calls<E> {
    fn drop(&mut self) {
        self.stop.set();
    }
}
