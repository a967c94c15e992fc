//! The driver of all machines of `proto::flow`.

use std::fmt;
use std::panic::resume_unwind;
use std::time::Instant;

use crate::calls::{Calls, Ended, Panicked};
use crate::client::Client;
use crate::error::TransportError;
use crate::proto::Endpoint;
use crate::proto::flow::{FlowStep, Machine};

/// Iterator over the items of a machine of [`proto::flow`](crate::proto::flow): what
/// [`Client::pages`], [`Client::send_all`] and [`Client::items`] return.
///
/// A request that is alone in flight is sent by the calling thread; requests that are in flight
/// together, or while you work on an item, are each sent by a thread of their own. When you drop the
/// iterator, each of these threads ends with the request that it is sending, without a retry.
///
/// A panic in a callback or an endpoint reaches the code that asks for the next item. If it is caught,
/// the iterator goes on: the call that panicked counts as failed ([`TransportError::Panicked`]).
#[must_use = "nothing is sent until it is iterated"]
pub struct Items<M: Machine> {
    machine: M,
    calls: Calls<M::Request>,
    clock: Instant,
    output: Option<M::Output>,
    is_over: bool,
}

impl<M> Items<M>
where
    M: Machine<TransportError = TransportError>,
    M::Request: Endpoint<Output: Send + 'static> + Send + 'static,
{
    pub(crate) fn new(client: Client, machine: M) -> Self {
        let calls = Calls::new(client);
        Self { machine, calls, clock: Instant::now(), output: None, is_over: false }
    }

    /// Returns the output of the machine. Ends it now if there are items left: nothing more is
    /// sent, and the output says what was not done.
    ///
    /// ```
    /// use imagekit_ureq::proto::api::assets::ListAndSearchAssets;
    /// # use imagekit_ureq::Client;
    /// # let server = imagekit_loopback::Server::json(&format!("[{}]", imagekit_loopback::FILE));
    /// # let client = Client::new(server.config())?;
    ///
    /// let mut assets = client.pages(ListAndSearchAssets::new());
    /// for asset in assets.by_ref() {
    ///     println!("{:?}", asset?);
    /// }
    /// let end = assets.finish();
    /// assert!(end.is_complete());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn finish(mut self) -> M::Output {
        match self.output.take() {
            Some(output) => output,
            None => self.machine.finish(),
        }
    }

    /// Returns the machine.
    pub(crate) fn machine(&self) -> &M {
        &self.machine
    }

    /// Replaces the machine by one with the same requests in flight.
    pub(crate) fn map<N>(self, change: impl FnOnce(M) -> N) -> Items<N>
    where
        N: Machine<Request = M::Request, Output = M::Output>,
    {
        let Self { machine, calls, clock, output, is_over } = self;
        Items { machine: change(machine), calls, clock, output, is_over }
    }

    /// Reports how a call ended. A panic is raised again here, in the code that asked for the next item;
    /// to the machine the call has failed, so that the rest is handed out afterwards.
    fn report(&mut self, Ended { key, outcome }: Ended<<M::Request as Endpoint>::Output>) {
        let now = self.clock.elapsed();
        match outcome {
            Ok(outcome) => self.machine.on_outcome(now, key, outcome),
            Err(Panicked { error, panic }) => {
                self.machine.on_failure(now, key, error);
                resume_unwind(panic);
            }
        }
    }

    fn end(&mut self, output: M::Output) {
        self.output = Some(output);
        self.is_over = true;
    }
}

impl<M> Iterator for Items<M>
where
    M: Machine<TransportError = TransportError>,
    M::Request: Endpoint<Output: Send + 'static> + Send + 'static,
{
    type Item = M::Item;

    fn next(&mut self) -> Option<M::Item> {
        // The request that the machine sent last: a thread sends it only if there is more to do.
        let mut last = None;
        while !self.is_over {
            while let Some(ended) = self.calls.ended() {
                self.report(ended);
            }
            let step = self.machine.poll(self.clock.elapsed());
            if let Some((key, request)) = last.take() {
                if matches!(step, FlowStep::Pending) && self.calls.is_empty() {
                    let ended = self.calls.send(key, request);
                    self.report(ended);
                    continue;
                }
                self.calls.start(key, request);
            }
            let wait = match step {
                FlowStep::Send(key, request) => {
                    last = Some((key, request));
                    continue;
                }
                FlowStep::Item(item) => return Some(item),
                FlowStep::Done(output) => {
                    self.end(output);
                    continue;
                }
                FlowStep::Sleep(wait) => Some(wait),
                FlowStep::Pending if self.calls.is_empty() => {
                    // A machine that waits for nothing would never end.
                    let output = self.machine.finish();
                    self.end(output);
                    continue;
                }
                FlowStep::Pending => None,
            };
            if let Some(ended) = self.calls.wait(wait) {
                self.report(ended);
            }
        }
        None
    }
}

impl<M: Machine + fmt::Debug> fmt::Debug for Items<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("machine", &self.machine).finish_non_exhaustive()
    }
}
