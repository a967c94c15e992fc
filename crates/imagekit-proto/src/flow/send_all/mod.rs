//! Any number of calls, several at a time.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::iter::Fuse;
use std::time::Duration;

use crate::call::Outcome;
use crate::endpoint::Endpoint;
use crate::error::{Error, Misuse};
use crate::flow::machine::{FlowStep, InFlight, Machine, RequestKey};
use crate::reply::Reply;

/// Sends every endpoint of an iterator, several at a time.
///
/// A [`Machine`] whose items are the outcomes, each with the number of its endpoint. The iterator is
/// asked for an endpoint when that is sent, and no endpoint is sent while twice `concurrency` are in
/// flight or held for an earlier one, so memory is bounded.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/drive.rs"));
/// # fn main() {
/// # let client = Client::new();
/// use imagekit_proto::api::files::GetFileDetails;
/// use imagekit_proto::flow::SendAll;
///
/// let ids = ["598821f949c0a938d57563bd", "598821f949c0a938d57563bd"];
/// let all = SendAll::new(ids.map(GetFileDetails::new)).concurrency(8);
/// let end = drive(&client, all, |sent| match sent.outcome {
///     Ok(file) => println!("{} is {}", ids[sent.index], file.name),
///     Err(error) => println!("{}: {error}", ids[sent.index]),
/// });
/// assert_eq!((end.succeeded, end.failed), (2, 0));
/// # }
/// ```
#[must_use = "nothing is sent until it is polled"]
pub struct SendAll<I: Iterator<Item: Endpoint>, T> {
    endpoints: Fuse<I>,
    concurrency: usize,
    in_order: bool,
    stop_on_error: bool,
    /// How many endpoints were sent.
    sent: usize,
    in_flight: InFlight<usize>,
    /// The outcomes that are not handed out yet, by number.
    held: BTreeMap<usize, Outcome<<I::Item as Endpoint>::Output, T>>,
    /// Their numbers in the order in which they came.
    arrived: VecDeque<usize>,
    /// The number of the outcome that is handed out next, when they are in order.
    next: usize,
    is_over: bool,
    end: SendAllEnd,
}

/// The outcome of one endpoint.
#[derive(Debug)]
#[non_exhaustive]
pub struct Sent<O, T> {
    /// The number of the endpoint in the iterator, from 0.
    pub index: usize,
    /// How its call ended.
    pub outcome: Outcome<O, T>,
}

/// How a [`SendAll`] ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendAllEnd {
    /// How many calls succeeded, of those whose outcome was handed out.
    pub succeeded: usize,
    /// How many calls failed, of those whose outcome was handed out.
    pub failed: usize,
    /// The numbers of the endpoints whose outcome was not handed out, because the driver called
    /// [`finish`](Machine::finish): they may have been applied.
    pub unknown: Vec<usize>,
    /// Whether it stopped before the end of the iterator was seen.
    pub is_stopped: bool,
    /// How the driver misused the machine, if it did.
    pub misuse: Option<Misuse>,
}

impl<I: Iterator<Item: Endpoint>, T> SendAll<I, T> {
    /// Sends each of `endpoints`, four at a time.
    pub fn new(endpoints: impl IntoIterator<IntoIter = I, Item = I::Item>) -> Self {
        Self {
            endpoints: endpoints.into_iter().fuse(),
            concurrency: 4,
            in_order: true,
            stop_on_error: false,
            sent: 0,
            in_flight: InFlight::new(),
            held: BTreeMap::new(),
            arrived: VecDeque::new(),
            next: 0,
            is_over: false,
            end: SendAllEnd::default(),
        }
    }

    /// Keeps up to `requests` requests in flight. 4 by default; 0 counts as 1.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Hands the outcomes out in the order of the endpoints (the default), or as they come.
    pub fn in_order(mut self, yes: bool) -> Self {
        self.in_order = yes;
        self
    }

    /// Sends nothing more after the first call that failed, or goes on (the default). What is in
    /// flight then is still handed out.
    pub fn stop_on_error(mut self, yes: bool) -> Self {
        self.stop_on_error = yes;
        self
    }

    /// Returns the endpoints that were not sent.
    pub fn into_remaining(self) -> impl Iterator<Item = I::Item> {
        self.endpoints
    }

    fn next_outcome(&mut self) -> Option<Sent<<I::Item as Endpoint>::Output, T>> {
        let index = if self.in_order { self.next } else { *self.arrived.front()? };
        let outcome = self.held.remove(&index)?;
        self.arrived.retain(|arrived| *arrived != index);
        self.next = index.saturating_add(1);
        match &outcome {
            Ok(_) => self.end.succeeded += 1,
            Err(_) => self.end.failed += 1,
        }
        Some(Sent { index, outcome })
    }

    fn keep(&mut self, key: RequestKey, outcome: Outcome<<I::Item as Endpoint>::Output, T>) {
        let Some(index) = self.in_flight.remove(key, &mut self.end.misuse) else { return };
        if self.is_over {
            return;
        }
        if outcome.is_err() {
            self.end.is_stopped |= self.stop_on_error;
        }
        self.arrived.push_back(index);
        self.held.insert(index, outcome);
    }

    fn has_room(&self) -> bool {
        let coming = self.in_flight.len().saturating_add(self.held.len());
        let most = match self.in_flight.at_most(self.concurrency) {
            1 => 1,
            several => several.saturating_mul(2),
        };
        self.in_flight.has_room(self.concurrency) && coming < most
    }
}

impl<I: Iterator<Item: Endpoint>, T> Machine for SendAll<I, T> {
    type Request = I::Item;
    type TransportError = T;
    type Item = Sent<<I::Item as Endpoint>::Output, T>;
    type Output = SendAllEnd;

    fn poll(&mut self, _: Duration) -> FlowStep<I::Item, Self::Item, SendAllEnd> {
        if self.is_over {
            self.end.misuse.get_or_insert(Misuse::PolledAfterDone);
            return FlowStep::Done(self.end.clone());
        }
        if !self.end.is_stopped && self.has_room() {
            if let Some(endpoint) = self.endpoints.next() {
                let key = self.in_flight.insert(self.sent);
                self.sent += 1;
                return FlowStep::Send(key, endpoint);
            }
        }
        if let Some(sent) = self.next_outcome() {
            FlowStep::Item(sent)
        } else if self.in_flight.is_empty() {
            self.is_over = true;
            FlowStep::Done(self.end.clone())
        } else {
            FlowStep::Pending
        }
    }

    fn on_response(
        &mut self,
        _: Duration,
        key: RequestKey,
        response: Reply<<I::Item as Endpoint>::Output>,
    ) {
        self.keep(key, Ok(response));
    }

    fn on_failure(&mut self, _: Duration, key: RequestKey, error: Error<T>) {
        self.keep(key, Err(error));
    }

    fn limit_concurrency(&mut self, requests: usize) {
        self.in_flight.limit(requests);
    }

    fn finish(&mut self) -> SendAllEnd {
        if !self.is_over {
            self.is_over = true;
            self.end.is_stopped = true;
            let held = std::mem::take(&mut self.held).into_keys();
            self.end.unknown = self.in_flight.drain().chain(held).collect();
            self.end.unknown.sort_unstable();
        }
        self.end.clone()
    }
}

impl<I: Iterator<Item: Endpoint>, T> fmt::Debug for SendAll<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendAll")
            .field("sent", &self.sent)
            .field("in_flight", &self.in_flight.len())
            .field("held", &self.held.len())
            .finish_non_exhaustive()
    }
}
