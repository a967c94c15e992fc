//! A plain `std::net::TcpStream` as the transport: blocking HTTP/1.1, one connection per attempt.
//! The guide "Bring your own transport" (`imagekit_conformance::guide`) explains it step by step.
//!
//! It speaks http only. For https, wrap the stream in a TLS stream (`rustls::StreamOwned`) once it is
//! connected.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;
use http::uri::{Scheme, Uri};
use imagekit_proto::Attempt;
use imagekit_proto::error::Failure;
use imagekit_proto::error::FailureKind::{self, Ambiguous, NotSent};
use imagekit_proto::transport::{ReadBody, ResponseDecoder, Transport, request_head};

/// The transport.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tcp;

impl Transport for Tcp {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        let start = Instant::now();
        move || start.elapsed()
    }

    fn sleep(&self, wait: Duration) {
        std::thread::sleep(wait);
    }

    fn send(&self, attempt: Attempt<ReadBody<'_>>) -> Result<Response<Bytes>, Failure<io::Error>> {
        let Attempt { mut request, timeout, idle_timeout, max_response, .. } = attempt;
        let ends = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let limits = Limits { ends, idle: idle_timeout };
        let mut stream = connect(request.uri(), limits).map_err(failed(NotSent))?;

        let mut written = limits.write(&mut stream, &request_head(&request));
        let mut buffer = vec![0; 64 << 10];
        while written.is_ok() {
            match request.body_mut().read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => written = limits.write(&mut stream, &buffer[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                // The connection is closed before the request is complete.
                Err(error) => return Err(Failure::ambiguous(error)),
            }
        }
        // A server that takes no more may have said why.
        let mut decoder = ResponseDecoder::new(max_response);
        let response = loop {
            let count = limits.read(&mut stream, &mut buffer).map_err(failed(Ambiguous))?;
            if count == 0 {
                break decoder.end()?;
            }
            if let Some(response) = decoder.feed(&buffer[..count])? {
                break response;
            }
        };
        match written {
            Err(error) if response.status().is_success() => Err(failed(Ambiguous)(error)),
            _ => Ok(response),
        }
    }
}

fn failed(kind: FailureKind) -> impl Fn(io::Error) -> Failure<io::Error> {
    move |error| {
        let is_timeout = matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock);
        Failure::new(kind, error).timeout(is_timeout)
    }
}

fn connect(uri: &Uri, limits: Limits) -> io::Result<TcpStream> {
    let Some(host) = uri.authority().filter(|_| uri.scheme() == Some(&Scheme::HTTP)) else {
        return Err(io::Error::other("this transport speaks http only"));
    };
    let name = host.host().trim_matches(['[', ']']);
    let mut connected: io::Result<_> = Err(ErrorKind::AddrNotAvailable.into());
    for address in (name, host.port_u16().unwrap_or(80)).to_socket_addrs()? {
        let left = limits.left()?.unwrap_or(Duration::from_secs(u32::MAX.into()));
        connected = connected.or_else(|_| TcpStream::connect_timeout(&address, left));
    }
    connected
}

/// The timeouts of an attempt.
#[derive(Clone, Copy)]
struct Limits {
    ends: Option<Instant>,
    idle: Option<Duration>,
}

impl Limits {
    /// How long the next operation may take.
    fn left(self) -> io::Result<Option<Duration>> {
        let left = self.ends.map(|ends| ends.saturating_duration_since(Instant::now()));
        match left.into_iter().chain(self.idle).min() {
            Some(Duration::ZERO) => Err(ErrorKind::TimedOut.into()),
            left => Ok(left),
        }
    }

    fn read(self, stream: &mut TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
        stream.set_read_timeout(self.left()?)?;
        stream.read(buffer)
    }

    fn write(self, stream: &mut TcpStream, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            stream.set_write_timeout(self.left()?)?;
            let count = stream.write(bytes)?;
            bytes = &bytes[count..];
        }
        Ok(())
    }
}
