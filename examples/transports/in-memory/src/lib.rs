//! The emulator itself as the transport: no socket, no thread, and no waiting, since time is a number
//! that a sleep adds to. For unit tests of code that makes calls.

use std::cell::Cell;
use std::io::{self, ErrorKind};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use imagekit_emulator::{Emulator, Reaction};
use imagekit_proto::Attempt;
use imagekit_proto::error::Failure;
use imagekit_proto::transport::{ReadBody, ResponseBody, Transport};

/// A transport to one emulator.
#[derive(Clone, Debug, Default)]
pub struct InMemory {
    emulator: Emulator,
    now: Cell<Duration>,
}

impl InMemory {
    /// Creates a transport to `emulator`; the time is zero.
    pub fn new(emulator: Emulator) -> Self {
        Self { emulator, now: Cell::default() }
    }

    /// Returns how long all calls so far took, waits and injected delays included.
    pub fn now(&self) -> Duration {
        self.now.get()
    }
}

impl Transport for InMemory {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        || self.now.get()
    }

    fn sleep(&self, wait: Duration) {
        self.now.set(self.now.get().saturating_add(wait));
    }

    fn send(&self, attempt: Attempt<ReadBody<'_>>) -> Result<Response<Bytes>, Failure<io::Error>> {
        let Attempt { request, timeout, idle_timeout, max_response, .. } = attempt;
        let (parts, body) = request.into_parts();
        let body = body.into_bytes().map_err(Failure::not_sent)?;
        let (delay, response) = match self.emulator.handle(Request::from_parts(parts, body)) {
            Reaction::Response(response) => (Duration::ZERO, response),
            Reaction::After(delay, response) => (delay, response),
            // The connection was dropped, before or within the response.
            _ => return Err(Failure::ambiguous(io::Error::from(ErrorKind::ConnectionReset))),
        };
        let limit = timeout.into_iter().chain(idle_timeout).min().unwrap_or(Duration::MAX);
        self.sleep(delay.min(limit));
        if delay >= limit {
            return Err(Failure::ambiguous(io::Error::from(ErrorKind::TimedOut)).timeout(true));
        }
        let (head, bytes) = response.into_parts();
        let mut body = ResponseBody::new(&head, max_response)?;
        body.push(&bytes)?;
        Ok(body.finish(head)?)
    }
}
