//! Calls in flight, all of them in the caller's own task.

use std::pin::Pin;
use std::task::{Context, Poll};

use crate::client::Client;
use crate::error::TransportError;
use crate::proto::flow::RequestKey;
use crate::proto::{Endpoint, Outcome};

/// Calls in flight. Dropping it cancels them.
pub(crate) struct Calls<E: Endpoint> {
    client: Client,
    in_flight: Vec<InFlight<E::Output>>,
}

struct InFlight<O> {
    key: RequestKey,
    call: Pin<Box<dyn Future<Output = Outcome<O, TransportError>> + Send>>,
}

impl<E: Endpoint<Output: Send + 'static> + Send + 'static> Calls<E> {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, in_flight: Vec::new() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.in_flight.is_empty()
    }

    /// Adds a call; it begins when it is polled.
    pub(crate) fn start(&mut self, key: RequestKey, endpoint: E) {
        let client = self.client.clone();
        let call = Box::pin(async move { client.send(endpoint).await });
        self.in_flight.push(InFlight { key, call });
    }

    /// Polls the calls from number `from` on, and returns the first outcome with its number. `None`:
    /// each of them wakes the task when there is more to do.
    pub(crate) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        from: usize,
    ) -> Option<(usize, RequestKey, Outcome<E::Output, TransportError>)> {
        for index in from..self.in_flight.len() {
            let InFlight { key, call } = self.in_flight.get_mut(index)?;
            let key = *key;
            if let Poll::Ready(outcome) = call.as_mut().poll(cx) {
                drop(self.in_flight.remove(index));
                return Some((index, key, outcome));
            }
        }
        None
    }

    pub(crate) fn len(&self) -> usize {
        self.in_flight.len()
    }
}
