//! A transport of plain sockets with one connection per request.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;
use imagekit_proto::error::{Failure, FailureKind};
use imagekit_proto::{Attempt, Call, Config, Step};

use super::{Transport, entropy, http1, over_tcp};
use crate::case::{Called, Case};
use crate::outcome::Outcome;
use crate::report::Played;
use crate::source::{Source, Supply};

/// A transport of plain `std` sockets.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Tcp;

impl Transport for Tcp {
    fn name(&self) -> &'static str {
        "tcp"
    }

    fn play(&self, case: &Case) -> io::Result<Played> {
        over_tcp(case, |config| {
            let calls = case.calls.iter().enumerate();
            Ok(calls.map(|(index, call)| drive(&config, call, entropy(index))).collect())
        })
    }
}

fn drive(config: &Config, called: &Called, entropy: u128) -> Outcome {
    let clock = Instant::now();
    let mut call = Call::new(config, &*called.endpoint, called.options.clone(), entropy);
    if let Some(source) = &called.source {
        call = source.announce(call);
    }
    loop {
        match call.poll(clock.elapsed()) {
            Step::Send(attempt) => match send(attempt, supply(called.source.as_ref())) {
                Ok(response) => call.on_response(clock.elapsed(), response),
                Err(failure) => call.on_failure(clock.elapsed(), failure),
            },
            Step::Sleep(wait) => thread::sleep(wait),
            Step::Done(result) => return Outcome::of(result),
        }
    }
}

/// The payload of one attempt.
pub(super) fn supply(source: Option<&Source>) -> Supply {
    match source {
        None => Supply::default(),
        Some(Source::Bytes(bytes) | Source::Path(bytes)) => Supply::new(bytes.clone(), 10_000),
        Some(Source::Once(supply) | Source::Stream(supply) | Source::Reopen(supply)) => {
            supply.clone()
        }
    }
}

fn send(attempt: Attempt, mut payload: Supply) -> Result<Response<Bytes>, Failure<io::Error>> {
    let ends = attempt.timeout.map(|timeout| Instant::now() + timeout);
    let address = attempt.request.uri().authority().map_or("", |authority| authority.as_str());
    let stream = connect(address, attempt.timeout)
        .map_err(|error| Failure::new(FailureKind::NotSent, error))?;
    http1::exchange(&mut Timed { stream, ends }, attempt, &mut payload)
}

fn connect(address: &str, timeout: Option<Duration>) -> io::Result<TcpStream> {
    match timeout {
        Some(timeout) => {
            let address = address.parse().map_err(io::Error::other)?;
            TcpStream::connect_timeout(&address, timeout)
        }
        None => TcpStream::connect(address),
    }
}

/// A socket with one deadline for all its operations.
struct Timed {
    stream: TcpStream,
    ends: Option<Instant>,
}

impl Timed {
    fn left(&self) -> io::Result<Option<Duration>> {
        match self.ends.map(|ends| ends.saturating_duration_since(Instant::now())) {
            Some(Duration::ZERO) => Err(io::ErrorKind::TimedOut.into()),
            left => Ok(left),
        }
    }
}

impl Read for Timed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.left()?)?;
        self.stream.read(buffer)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.left()?)?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
