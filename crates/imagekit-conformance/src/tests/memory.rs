//! A transport without sockets and without waiting: the script is played in memory, on a clock that
//! only the script and the call advance.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::time::Duration;

use bytes::{Buf, Bytes};
use http::Response;
use imagekit_proto::error::{Failure, FailureKind};
use imagekit_proto::transport::{Payload, ReadBody, Transport, drive};
use imagekit_proto::{Attempt, Call};

use super::http1;
use crate::case::Case;
use crate::outcome::Outcome;
use crate::play::entropy;
use crate::report::Played;
use crate::script::{Act, Exchange, Extent, Script};
use crate::seen::{Framing, Head, Recorded};
use crate::supply::Source;

/// How long a client without a timeout waits for a server that does nothing.
const PATIENCE: Duration = Duration::from_secs(20);

/// The size of simulated socket buffers.
const BUFFERS: usize = 1 << 20;

/// Makes the calls of a case against its script.
pub(super) fn play(case: &Case) -> Played {
    let host = "127.0.0.1:1".to_owned();
    let config = case.config(&host).unwrap();
    let world = World {
        script: &case.script,
        now: Cell::default(),
        waits: RefCell::default(),
        seen: RefCell::default(),
    };
    let mut outcomes = Vec::new();
    for (index, called) in case.calls.iter().enumerate() {
        let call = Call::new(&config, &*called.endpoint, called.options.clone(), entropy(index));
        let payload = called.source.as_ref().map_or_else(Payload::none, Source::payload);
        let result = drive(&world, call, payload);
        outcomes.push(Outcome { waits: Some(world.waits.take()), ..Outcome::of(result) });
    }
    Played { host, outcomes, seen: world.seen.into_inner(), outwaited: false }
}

/// A transport without sockets and without waiting.
struct World<'c> {
    script: &'c Script,
    now: Cell<Duration>,
    /// The waits of the call so far.
    waits: RefCell<Vec<Duration>>,
    seen: RefCell<Vec<Recorded>>,
}

impl Transport for World<'_> {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        || self.now.get()
    }

    fn sleep(&self, wait: Duration) {
        self.waits.borrow_mut().push(wait);
        self.now.set(self.now.get().saturating_add(wait));
    }

    fn send(&self, attempt: Attempt<ReadBody<'_>>) -> Result<Response<Bytes>, Failure<io::Error>> {
        let not_sent = |kind: io::ErrorKind| Failure::new(FailureKind::NotSent, kind.into());
        let exchanges = match self.script {
            Script::Refuse => return Err(not_sent(io::ErrorKind::ConnectionRefused)),
            Script::Silent => {
                let waited = attempt.timeout.unwrap_or(PATIENCE);
                self.now.set(self.now.get().saturating_add(waited));
                return Err(not_sent(io::ErrorKind::TimedOut));
            }
            Script::Serve(exchanges) => exchanges,
        };
        let surprise = Exchange::new([Act::Close]);
        let exchange = exchanges.get(self.seen.borrow().len()).unwrap_or(&surprise);
        let now = self.now.get();
        // A server that sleeps or resets without having read the body.
        let stalls = matches!(exchange.acts.first(), Some(Act::Sleep(_)))
            || exchange.read == Extent::Head && exchange.acts.last() == Some(&Act::Reset);
        let mut pipe = Pipe {
            takes: if stalls { BUFFERS } else { usize::MAX },
            now: &self.now,
            ends: now.saturating_add(attempt.timeout.unwrap_or(PATIENCE)),
            acts: exchange.acts.iter().cloned().collect(),
            written: Vec::new(),
            response_began: None,
        };
        let result = http1::exchange(&mut pipe, attempt);
        if let Some(mut recorded) = record(&pipe.written, now) {
            recorded.response_began = pipe.response_began;
            self.seen.borrow_mut().push(recorded);
        }
        result
    }
}

fn record(written: &[u8], arrived: Duration) -> Option<Recorded> {
    let head = Head::parse(written)?;
    let body = written.get(head.len..).unwrap_or_default().to_vec();
    let complete = head.framing() == Framing::Length(body.len() as u64);
    Some(Recorded { head, body, complete, arrived, response_began: None })
}

/// The client's end of a connection whose other end is a script.
struct Pipe<'c> {
    now: &'c Cell<Duration>,
    /// When the client gives up.
    ends: Duration,
    acts: VecDeque<Act>,
    written: Vec<u8>,
    /// How many bytes can be written to a server that does not read.
    takes: usize,
    response_began: Option<Duration>,
}

impl Pipe<'_> {
    /// Advances the clock.
    fn pass(&self, time: Duration) -> io::Result<()> {
        let then = self.now.get().saturating_add(time);
        self.now.set(then.min(self.ends));
        if then < self.ends { Ok(()) } else { Err(io::ErrorKind::TimedOut.into()) }
    }

    /// Delivers the beginning of `bytes` and keeps the rest for later.
    fn hand_out(
        &mut self,
        mut bytes: Bytes,
        buffer: &mut [u8],
        rest: impl FnOnce(Bytes) -> Act,
    ) -> usize {
        self.response_began.get_or_insert(self.now.get());
        let count = bytes.len().min(buffer.len());
        bytes.copy_to_slice(buffer.get_mut(..count).unwrap_or_default());
        if bytes.has_remaining() {
            self.acts.push_front(rest(bytes));
        }
        count
    }
}

impl Read for Pipe<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.acts.pop_front() {
                Some(Act::Drain) => {}
                Some(Act::Send(bytes)) if bytes.is_empty() => {}
                Some(Act::Send(bytes)) => return Ok(self.hand_out(bytes, buffer, Act::Send)),
                Some(Act::Dribble { bytes, .. }) if bytes.is_empty() => {}
                Some(Act::Dribble { bytes, gap }) => {
                    self.pass(gap)?;
                    let one = buffer.get_mut(..1).unwrap_or_default();
                    return Ok(self.hand_out(bytes, one, |bytes| Act::Dribble { bytes, gap }));
                }
                Some(Act::Reset) => return Err(io::ErrorKind::ConnectionReset.into()),
                Some(Act::Close) => {
                    self.acts.push_front(Act::Close);
                    return Ok(0);
                }
                Some(Act::Sleep(time)) => self.pass(time)?,
                Some(Act::Hold) | None => self.pass(PATIENCE)?,
            }
        }
    }
}

impl Write for Pipe<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.written.len() > self.takes {
            if self.acts.back() == Some(&Act::Reset) {
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            self.pass(PATIENCE)?;
        }
        self.written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
