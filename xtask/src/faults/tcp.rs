//! A client of plain sockets, one connection for each request: the core without a library for HTTP.

use super::scenario::Called;
use bytes::Bytes;
use http::{Response, StatusCode};
use imagekit_proto::error::{Failure, FailureKind};
use imagekit_proto::{Attempt, Call, Config, Error, Reply, Step};
use serde_json::Value;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How much of a response's head is read.
const LONGEST_HEAD: usize = 64 << 10;

/// Drives a call to its end.
pub fn send(config: &Config, called: &Called) -> Result<Reply<Value>, Error<io::Error>> {
    let clock = Instant::now();
    let entropy = u128::from(called.input.to_string().len() as u64) << 64 | 0x5DEE_CE66;
    let mut call = Call::new(config, called.endpoint(), called.options.clone(), entropy);
    if let Some(source) = &called.payload {
        call = match source.kind {
            super::scenario::SourceKind::Once => call.with_payload_once(source.length),
            _ => call.with_payload(source.length),
        };
    }
    loop {
        match call.poll(clock.elapsed()) {
            Step::Send(attempt) => match exchange(attempt, called) {
                Ok(response) => call.on_response(clock.elapsed(), response),
                Err(failure) => call.on_failure(clock.elapsed(), failure),
            },
            Step::Sleep(wait) => std::thread::sleep(wait),
            Step::Done(outcome) => return outcome,
        }
    }
}

fn exchange(attempt: Attempt, called: &Called) -> Result<Response<Bytes>, Failure<io::Error>> {
    let ambiguous = |error| Failure::new(FailureKind::Ambiguous, error);
    let timeout = attempt.timeout.unwrap_or(Duration::from_secs(5));
    let timeout = attempt.idle_timeout.map_or(timeout, |idle| idle.min(timeout));
    let ends = Instant::now() + timeout;
    let (parts, body) = attempt.request.into_parts();
    let host = parts.uri.authority().map_or("", |host| host.as_str());
    let stream = TcpStream::connect(host);
    let stream = stream.map_err(|error| Failure::new(FailureKind::NotSent, error))?;
    let mut stream = Timed { stream, ends };
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    let mut head = format!("{} {target} HTTP/1.1\r\nhost: {host}\r\n", parts.method);
    for (name, value) in &parts.headers {
        head += &format!("{name}: {}\r\n", String::from_utf8_lossy(value.as_bytes()));
    }
    stream.write_all((head + "\r\n").as_bytes()).map_err(ambiguous)?;
    let empty: Box<dyn Read> = Box::new(io::empty());
    let payload = called.payload.as_ref().map_or(empty, |source| Box::new(source.reader()));
    let mut body = body.into_reader(payload);
    let mut chunk = vec![0; 64 << 10];
    loop {
        let count = body.read(&mut chunk);
        let count = count.map_err(|error| Failure::new(FailureKind::Payload, error))?;
        if count == 0 {
            break;
        }
        stream.write_all(&chunk[..count]).map_err(ambiguous)?;
    }
    receive(&mut stream, attempt.max_response).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => Failure::new(FailureKind::TooLarge, error),
        _ => ambiguous(error),
    })
}

fn receive(stream: &mut Timed, max: u64) -> io::Result<Response<Bytes>> {
    let mut bytes = Vec::new();
    loop {
        let head = read_head(stream, &mut bytes)?;
        let response = parse(&head).ok_or(io::ErrorKind::InvalidData)?;
        if response.status().is_informational() {
            continue;
        }
        let header = |name| {
            let mut values = response.headers().get_all(name).iter();
            (values.next(), values.next())
        };
        let body = match (header("transfer-encoding"), header("content-length")) {
            _ if matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) => {
                Vec::new()
            }
            ((Some(encoding), None), (None, _)) if encoding == "chunked" => {
                chunks(stream, bytes, max)?
            }
            ((None, _), (Some(length), None)) => {
                let length = length.to_str().ok().and_then(|length| length.parse::<usize>().ok());
                let length = length.ok_or(io::ErrorKind::InvalidData)?;
                bounded(length as u64, max)?;
                while bytes.len() < length {
                    fill(stream, &mut bytes)?;
                }
                bytes.truncate(length);
                bytes
            }
            ((None, _), (None, _)) => {
                while more(stream, &mut bytes)? {
                    bounded(bytes.len() as u64, max)?;
                }
                bounded(bytes.len() as u64, max)?;
                bytes
            }
            _ => return Err(io::ErrorKind::InvalidData.into()),
        };
        return Ok(response.map(|()| body.into()));
    }
}

fn bounded(len: u64, max: u64) -> io::Result<()> {
    if len > max { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(()) }
}

fn read_head(stream: &mut Timed, bytes: &mut Vec<u8>) -> io::Result<Vec<u8>> {
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            return Ok(bytes.drain(..end + 4).collect());
        }
        if bytes.len() > LONGEST_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        fill(stream, bytes)?;
    }
}

fn chunks(stream: &mut Timed, mut bytes: Vec<u8>, max: u64) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = line(stream, &mut bytes)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(io::Error::other)?;
        if size == 0 {
            while !self::line(stream, &mut bytes)?.is_empty() {}
            return Ok(body);
        }
        bounded((body.len() + size) as u64, max)?;
        while bytes.len() < size {
            fill(stream, &mut bytes)?;
        }
        body.extend(bytes.drain(..size));
        if !self::line(stream, &mut bytes)?.is_empty() {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
}

fn line(stream: &mut Timed, bytes: &mut Vec<u8>) -> io::Result<String> {
    loop {
        if let Some(end) = bytes.windows(2).position(|two| two == b"\r\n") {
            let line: Vec<u8> = bytes.drain(..end + 2).collect();
            return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
        fill(stream, bytes)?;
    }
}

fn parse(head: &[u8]) -> Option<Response<()>> {
    let text: String = head.iter().map(|byte| char::from(*byte)).collect();
    let mut lines = text.trim_end().split("\r\n");
    let status = lines.next()?.strip_prefix("HTTP/1.1 ")?;
    let mut response = Response::builder().status(status.split(' ').next()?);
    for line in lines {
        let (name, value) = line.split_once(':')?;
        response = response.header(name, value.trim());
    }
    response.body(()).ok()
}

/// Reads more; the end is an error.
fn fill(stream: &mut Timed, bytes: &mut Vec<u8>) -> io::Result<()> {
    if more(stream, bytes)? { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn more(stream: &mut Timed, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let mut chunk = [0; 16 << 10];
    let count = stream.read(&mut chunk)?;
    bytes.extend_from_slice(&chunk[..count]);
    Ok(count > 0)
}

/// A socket with one deadline.
struct Timed {
    stream: TcpStream,
    ends: Instant,
}

impl Timed {
    fn left(&self) -> io::Result<Option<Duration>> {
        match self.ends.saturating_duration_since(Instant::now()) {
            Duration::ZERO => Err(io::ErrorKind::TimedOut.into()),
            left => Ok(Some(left)),
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
        Ok(())
    }
}
