//! A transport of plain sockets with one connection per request.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Response, Uri};
use imagekit_proto::Attempt;
use imagekit_proto::error::Failure;
use imagekit_proto::transport::{ReadBody, Transport};

use super::http1;

/// A transport of plain `std` sockets.
pub(super) struct Tcp;

impl Transport for Tcp {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        let start = Instant::now();
        move || start.elapsed()
    }

    fn sleep(&self, wait: Duration) {
        thread::sleep(wait);
    }

    fn send(&self, attempt: Attempt<ReadBody<'_>>) -> Result<Response<Bytes>, Failure<io::Error>> {
        let limits = Limits::of(&attempt);
        let stream = limits.connect(attempt.request.uri()).map_err(Failure::not_sent)?;
        http1::exchange(&mut Timed { stream, limits }, attempt)
    }
}

/// The timeouts of an attempt.
#[derive(Clone, Copy, Default)]
pub(super) struct Limits {
    pub(super) ends: Option<Instant>,
    pub(super) idle: Option<Duration>,
}

impl Limits {
    pub(super) fn of<B>(attempt: &Attempt<B>) -> Self {
        let ends = attempt.timeout.map(|timeout| Instant::now() + timeout);
        Self { ends, idle: attempt.idle_timeout }
    }

    pub(super) fn connect(self, uri: &Uri) -> io::Result<TcpStream> {
        let address = uri.authority().map_or("", |authority| authority.as_str());
        match self.left()? {
            Some(left) => {
                TcpStream::connect_timeout(&address.parse().map_err(io::Error::other)?, left)
            }
            None => TcpStream::connect(address),
        }
    }

    /// How long the next read or write may take.
    fn left(self) -> io::Result<Option<Duration>> {
        let left = self.ends.map(|ends| ends.saturating_duration_since(Instant::now()));
        match left.into_iter().chain(self.idle).min() {
            Some(Duration::ZERO) => Err(io::ErrorKind::TimedOut.into()),
            left => Ok(left),
        }
    }
}

/// A socket whose operations end by the timeouts of an attempt.
pub(super) struct Timed {
    pub(super) stream: TcpStream,
    pub(super) limits: Limits,
}

impl Read for Timed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.limits.left()?)?;
        self.stream.read(buffer)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.limits.left()?)?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
