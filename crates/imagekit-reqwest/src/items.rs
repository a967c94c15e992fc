//! The driver of all machines of `proto::flow`.

use std::fmt;
use std::future::poll_fn;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep};

use crate::calls::{Calls, Ended, Panicked};
use crate::client::Client;
use crate::error::TransportError;
use crate::proto::Endpoint;
use crate::proto::flow::{FlowStep, Machine};

/// Stream of the items of a machine of [`proto::flow`](crate::proto::flow): what [`Client::pages`],
/// [`Client::send_all`] and [`Client::items`] return.
///
/// All requests are part of the task that polls the stream: nothing is spawned, and dropping the
/// stream cancels what is in flight. A request that was sent may have its effect all the same.
/// Requests in flight make no progress while you await something else between two items, and their
/// timeouts pass meanwhile.
///
/// A panic in a callback or an endpoint reaches the code that polls. If it is caught, the stream goes on:
/// the call that panicked counts as failed ([`TransportError::Panicked`]).
#[must_use = "nothing is sent until it is polled"]
pub struct Items<M: Machine> {
    machine: M,
    calls: Calls<M::Request>,
    clock: Instant,
    sleep: Option<Pin<Box<Sleep>>>,
    output: Option<M::Output>,
    is_over: bool,
}

/// The machine is never pinned.
impl<M: Machine> Unpin for Items<M> {}

impl<M> Items<M>
where
    M: Machine<TransportError = TransportError>,
    M::Request: Endpoint<Output: Send + 'static> + Send + 'static,
{
    pub(crate) fn new(client: Client, machine: M) -> Self {
        let calls = Calls::new(client);
        Self { machine, calls, clock: Instant::now(), sleep: None, output: None, is_over: false }
    }

    /// Returns the next item; `None` at the end. Cancel safe: a future that is dropped loses no
    /// item.
    ///
    /// ```
    /// use imagekit_reqwest::proto::api::assets::ListAndSearchAssets;
    /// # use imagekit_reqwest::Client;
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = imagekit_loopback::Server::json(&format!("[{}]", imagekit_loopback::FILE));
    /// # let client = Client::new(server.config())?;
    ///
    /// let mut assets = client.pages(ListAndSearchAssets::new());
    /// while let Some(asset) = assets.next().await {
    ///     println!("{:?}", asset?);
    /// }
    /// let end = assets.finish();
    /// assert!(end.is_complete());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next(&mut self) -> Option<M::Item> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// Returns the output of the machine. Ends it now if there are items left: nothing more is
    /// sent, what is in flight is cancelled, and the output says what was not done.
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
        let Self { machine, calls, clock, sleep, output, is_over } = self;
        Items { machine: change(machine), calls, clock, sleep, output, is_over }
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<M::Item>> {
        while !self.is_over {
            while let Some(ended) = self.calls.poll(cx) {
                self.report(ended);
            }
            match self.machine.poll(self.clock.elapsed()) {
                FlowStep::Send(key, request) => self.calls.start(key, request),
                FlowStep::Item(item) => return Poll::Ready(Some(item)),
                FlowStep::Done(output) => self.end(output),
                FlowStep::Sleep(time) => match self.poll_sleep(cx, time) {
                    Some(Poll::Ready(())) => {}
                    Some(Poll::Pending) => return Poll::Pending,
                    None => self.end_now(),
                },
                // A machine that waits for nothing would never end.
                FlowStep::Pending if self.calls.is_empty() => self.end_now(),
                FlowStep::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(None)
    }

    /// Polls a timer that ends `time` from now; `None` without a runtime, where Tokio's would panic.
    fn poll_sleep(&mut self, cx: &mut Context<'_>, time: Duration) -> Option<Poll<()>> {
        Handle::try_current().ok()?;
        let timer = self.sleep.insert(Box::pin(sleep(time)));
        Some(timer.as_mut().poll(cx))
    }

    fn end_now(&mut self) {
        let output = self.machine.finish();
        self.end(output);
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

impl<M> Stream for Items<M>
where
    M: Machine<TransportError = TransportError>,
    M::Request: Endpoint<Output: Send + 'static> + Send + 'static,
{
    type Item = M::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<M::Item>> {
        self.get_mut().poll_item(cx)
    }
}

impl<M: Machine + fmt::Debug> fmt::Debug for Items<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("machine", &self.machine).finish_non_exhaustive()
    }
}
