//! A transport of plain sockets with one connection per request.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;
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
        let ends = attempt.timeout.map(|timeout| Instant::now() + timeout);
        let address = attempt.request.uri().authority().map_or("", |authority| authority.as_str());
        let stream = connect(address, attempt.timeout).map_err(Failure::not_sent)?;
        http1::exchange(&mut Timed { stream, ends }, attempt)
    }
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
