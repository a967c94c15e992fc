//! One HTTP/1.1 exchange over any reader and writer: enough for the table, and independent of the
//! libraries under test.

use std::io::{self, Read, Write};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode, Version};
use imagekit_proto::Attempt;
use imagekit_proto::error::{Failure, FailureKind};
use imagekit_proto::transport::ReadBody;

use crate::seen::{find, head_end};

/// The longest response head, and the most headers in it.
const LONGEST_HEAD: usize = 64 << 10;
const MOST_HEADERS: usize = 100;

/// Sends the request of `attempt` and reads the response.
pub(super) fn exchange<C: Read + Write>(
    connection: &mut C,
    attempt: Attempt<ReadBody<'_>>,
) -> Result<Response<Bytes>, Failure<io::Error>> {
    let Attempt { request, max_response, .. } = attempt;
    send(connection, request).map_err(Failure::ambiguous)?;
    receive(connection, max_response)
}

/// Sends a request.
pub(super) fn send(connection: &mut impl Write, request: Request<impl Read>) -> io::Result<()> {
    let (parts, mut body) = request.into_parts();
    connection.write_all(&write_head(&Request::from_parts(parts, ())))?;
    io::copy(&mut body, connection)?;
    connection.flush()
}

/// Reads a response.
pub(super) fn receive(
    connection: &mut impl Read,
    max_response: u64,
) -> Result<Response<Bytes>, Failure<io::Error>> {
    ResponseReader { connection, buffer: Vec::new() }.read(max_response).map_err(|fault| {
        let (kind, error) = match fault {
            Fault::Io(error) => (FailureKind::Ambiguous, error),
            Fault::Malformed(why) => (FailureKind::Ambiguous, invalid(why)),
            Fault::TooLarge => (FailureKind::TooLarge, invalid("the response is too large")),
        };
        Failure::new(kind, error)
    })
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

pub(super) fn write_head(request: &Request<()>) -> Vec<u8> {
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let host = request.uri().authority().map_or("", |authority| authority.as_str());
    let mut head = format!("{} {target} HTTP/1.1\r\nhost: {host}\r\n", request.method());
    for (name, value) in request.headers() {
        head.push_str(name.as_str());
        head.push_str(": ");
        head.push_str(&String::from_utf8_lossy(value.as_bytes()));
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    head.into_bytes()
}

enum Fault {
    Io(io::Error),
    Malformed(&'static str),
    TooLarge,
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

struct ResponseReader<'c, C> {
    connection: &'c mut C,
    /// Bytes that were read and not used yet.
    buffer: Vec<u8>,
}

impl<C: Read> ResponseReader<'_, C> {
    fn read(mut self, max: u64) -> Result<Response<Bytes>, Fault> {
        let response = loop {
            let response = self.head()?;
            if !response.status().is_informational() {
                break response;
            }
        };
        let body = self.body(&response, max)?;
        Ok(response.map(|()| body.into()))
    }

    fn head(&mut self) -> Result<Response<()>, Fault> {
        loop {
            if let Some(len) = head_end(&self.buffer) {
                let head: Vec<u8> = self.buffer.drain(..len).collect();
                return parse_head(&head).ok_or(Fault::Malformed("the head is not HTTP"));
            }
            if self.buffer.len() > LONGEST_HEAD {
                return Err(Fault::Malformed("the head is too long"));
            }
            if !self.fill()? {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
            }
        }
    }

    fn body(&mut self, response: &Response<()>, max: u64) -> Result<Vec<u8>, Fault> {
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        if matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
            return Ok(Vec::new());
        }
        if header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
            return self.chunks(max);
        }
        let Some(len) = header("content-length") else {
            return self.until_end(max);
        };
        let len = len.parse().map_err(|_| Fault::Malformed("the length is no number"))?;
        if len > max {
            return Err(Fault::TooLarge);
        }
        self.take(len)
    }

    fn chunks(&mut self, max: u64) -> Result<Vec<u8>, Fault> {
        let mut body = Vec::new();
        loop {
            let line = self.line()?;
            let size = line.split(';').next().unwrap_or_default().trim();
            let size = u64::from_str_radix(size, 16)
                .map_err(|_| Fault::Malformed("the chunk has no length"))?;
            if size == 0 {
                while !self.line()?.is_empty() {}
                return Ok(body);
            }
            if size > max.saturating_sub(body.len() as u64) {
                return Err(Fault::TooLarge);
            }
            body.extend_from_slice(&self.take(size)?);
            if !self.line()?.is_empty() {
                return Err(Fault::Malformed("the chunk is longer than announced"));
            }
        }
    }

    fn until_end(&mut self, max: u64) -> Result<Vec<u8>, Fault> {
        loop {
            if self.buffer.len() as u64 > max {
                return Err(Fault::TooLarge);
            }
            if !self.fill()? {
                return Ok(std::mem::take(&mut self.buffer));
            }
        }
    }

    fn take(&mut self, len: u64) -> Result<Vec<u8>, Fault> {
        while (self.buffer.len() as u64) < len {
            if !self.fill()? {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
            }
        }
        let len = usize::try_from(len).map_err(|_| Fault::TooLarge)?;
        Ok(self.buffer.drain(..len).collect())
    }

    fn line(&mut self) -> Result<String, Fault> {
        loop {
            if let Some(len) = find(&self.buffer, b"\r\n") {
                let line = self.take(len as u64)?;
                self.take(2)?;
                return Ok(String::from_utf8_lossy(&line).into_owned());
            }
            if !self.fill()? {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
            }
        }
    }

    fn fill(&mut self) -> io::Result<bool> {
        let mut chunk = [0; 16 << 10];
        loop {
            match self.connection.read(&mut chunk) {
                Ok(count) => {
                    self.buffer.extend_from_slice(chunk.get(..count).unwrap_or_default());
                    return Ok(count > 0);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn parse_head(head: &[u8]) -> Option<Response<()>> {
    let text = std::str::from_utf8(head).ok()?;
    let mut lines = text.trim_end_matches("\r\n").split("\r\n");
    let mut words = lines.next()?.splitn(3, ' ');
    let version = match words.next()? {
        "HTTP/1.1" => Version::HTTP_11,
        "HTTP/1.0" => Version::HTTP_10,
        _ => return None,
    };
    let mut response = Response::new(());
    *response.version_mut() = version;
    *response.status_mut() = words.next()?.parse().ok()?;
    for (index, line) in lines.enumerate() {
        let (name, value) = line.split_once(':')?;
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        let value = HeaderValue::from_str(value.trim_matches([' ', '\t'])).ok()?;
        response.headers_mut().append(name, value);
        if index >= MOST_HEADERS {
            return None;
        }
    }
    Some(response)
}
