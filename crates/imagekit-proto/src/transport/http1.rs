//! HTTP/1.1 without I/O, for transports over a bare connection: a socket, a TLS stream.

use std::io;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HOST, HeaderName, HeaderValue, TRANSFER_ENCODING};
use http::response::Parts;
use http::{Request, Response, StatusCode};

use super::response::{ResponseBody, ResponseError};
use crate::error::Failure;

/// The longest line, in bytes, and the most headers of a response.
const LONGEST_LINE: usize = 64 << 10;
const MOST_HEADERS: usize = 100;

/// Returns the head of a request as HTTP/1.1 has it: the request line, a `host` header made from the
/// URL, the request's headers and an empty line. The body follows it.
///
/// ```
/// use imagekit_proto::transport::request_head;
///
/// let request = http::Request::get("https://api.imagekit.io/v1/files?limit=1")
///     .header("accept", "application/json")
///     .body(())?;
/// assert_eq!(
///     request_head(&request),
///     b"GET /v1/files?limit=1 HTTP/1.1\r\nhost: api.imagekit.io\r\naccept: application/json\r\n\r\n"
/// );
/// # Ok::<(), http::Error>(())
/// ```
pub fn request_head<B>(request: &Request<B>) -> Vec<u8> {
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let host = request.uri().authority().map_or("", |authority| authority.as_str());
    let mut head =
        format!("{} {target} HTTP/1.1\r\n{HOST}: {host}\r\n", request.method()).into_bytes();
    for (name, value) in request.headers() {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            head.extend_from_slice(part);
        }
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// A response of HTTP/1.1 while it arrives: status, headers, and a body of any framing (announced
/// length, chunks, until the connection ends). Interim responses (1xx) are skipped.
///
/// ```
/// use imagekit_proto::error::Failure;
/// use imagekit_proto::transport::ResponseDecoder;
///
/// let mut decoder = ResponseDecoder::new(1000); // `max_response` of the attempt
/// assert!(decoder.feed(b"HTTP/1.1 200 OK\r\ncontent-le")?.is_none());
/// let response = decoder.feed(b"ngth: 2\r\n\r\n{}")?.expect("it is complete");
/// assert_eq!((response.status().as_u16(), &response.body()[..]), (200, &b"{}"[..]));
/// # Ok::<(), Failure<std::io::Error>>(())
/// ```
#[derive(Debug)]
pub struct ResponseDecoder {
    max_response: u64,
    expects: Expects,
    /// A line that is not complete.
    line: Vec<u8>,
    head: Parts,
    body: Option<ResponseBody>,
}

/// What comes next.
#[derive(Clone, Copy, Debug)]
enum Expects {
    StatusLine,
    Header,
    /// So many bytes of the body.
    Body(u64),
    /// The body until the connection ends.
    Rest,
    ChunkSize,
    /// So many bytes of a chunk.
    Chunk(u64),
    ChunkEnd,
    Trailer,
    Nothing,
}

impl ResponseDecoder {
    /// Creates a decoder of one response whose body has at most `max_response` bytes.
    pub fn new(max_response: u64) -> Self {
        let (line, expects) = (Vec::new(), Expects::StatusLine);
        Self { max_response, expects, line, head: no_head(), body: None }
    }

    /// Takes bytes of the connection, and returns the response once it is complete. Bytes beyond it
    /// are ignored.
    ///
    /// # Errors
    ///
    /// The response is not HTTP/1.1 ([`Ambiguous`](crate::error::FailureKind::Ambiguous)), or its
    /// body is too large.
    pub fn feed<T: From<io::Error>>(
        &mut self,
        mut bytes: &[u8],
    ) -> Result<Option<Response<Bytes>>, Failure<T>> {
        while !bytes.is_empty() {
            if self.step(&mut bytes)? {
                return Ok(Some(self.finish()?));
            }
        }
        Ok(None)
    }

    /// Returns the response when the connection has ended.
    ///
    /// # Errors
    ///
    /// The response is not complete: [`Ambiguous`](crate::error::FailureKind::Ambiguous).
    pub fn end<T: From<io::Error>>(&mut self) -> Result<Response<Bytes>, Failure<T>> {
        match self.expects {
            Expects::Rest => Ok(self.finish()?),
            _ => Err(Failure::ambiguous(io::Error::from(io::ErrorKind::UnexpectedEof))),
        }
    }

    fn finish(&mut self) -> Result<Response<Bytes>, Wrong> {
        self.expects = Expects::Nothing;
        let head = std::mem::replace(&mut self.head, no_head());
        let body = self.body.take().ok_or(Wrong::Malformed("it has no head"))?;
        Ok(body.finish(head)?)
    }

    /// Takes some of `bytes`, and returns whether the response is complete.
    fn step(&mut self, bytes: &mut &[u8]) -> Result<bool, Wrong> {
        match self.expects {
            Expects::Nothing => *bytes = &[],
            Expects::Rest => drop(self.take(bytes, u64::MAX)?),
            Expects::Body(left) => {
                let left = self.take(bytes, left)?;
                self.expects = Expects::Body(left);
                return Ok(left == 0);
            }
            Expects::Chunk(left) => {
                let left = self.take(bytes, left)?;
                self.expects = if left == 0 { Expects::ChunkEnd } else { Expects::Chunk(left) };
            }
            _ => {
                if let Some(line) = self.take_line(bytes)? {
                    return self.on_line(&line);
                }
            }
        }
        Ok(false)
    }

    /// Moves up to `left` bytes to the body, and returns how many are left then.
    fn take(&mut self, bytes: &mut &[u8], left: u64) -> Result<u64, Wrong> {
        let count = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
        let (taken, rest) = bytes.split_at(count);
        *bytes = rest;
        if let Some(body) = &mut self.body {
            body.push(taken)?;
        }
        Ok(left - count as u64)
    }

    /// Returns the next line without its end, once it is complete.
    fn take_line(&mut self, bytes: &mut &[u8]) -> Result<Option<Vec<u8>>, Wrong> {
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let (taken, rest) = bytes.split_at(end.map_or(bytes.len(), |end| end + 1));
        *bytes = rest;
        self.line.extend_from_slice(taken);
        if self.line.len() > LONGEST_LINE {
            return Err(Wrong::Malformed("a line is too long"));
        }
        Ok(end.map(|_| {
            let mut line = std::mem::take(&mut self.line);
            line.truncate(line.trim_ascii_end().len());
            line
        }))
    }

    /// Takes a line, and returns whether the response is complete.
    fn on_line(&mut self, line: &[u8]) -> Result<bool, Wrong> {
        self.expects = match self.expects {
            Expects::StatusLine => {
                self.head = no_head();
                self.head.status = status(line)?;
                Expects::Header
            }
            Expects::Header if line.is_empty() => return self.on_head(),
            Expects::Header => {
                let (name, value) = header(line)?;
                self.head.headers.append(name, value);
                if self.head.headers.len() > MOST_HEADERS {
                    return Err(Wrong::Malformed("it has too many headers"));
                }
                Expects::Header
            }
            Expects::ChunkSize => match chunk_size(line)? {
                0 => Expects::Trailer,
                size => Expects::Chunk(size),
            },
            Expects::ChunkEnd if line.is_empty() => Expects::ChunkSize,
            Expects::ChunkEnd => return Err(Wrong::Malformed("a chunk is longer than announced")),
            Expects::Trailer if line.is_empty() => return Ok(true),
            expects => expects,
        };
        Ok(false)
    }

    /// Decides what follows a head, and returns whether nothing does.
    fn on_head(&mut self) -> Result<bool, Wrong> {
        let head = &self.head;
        if head.status.is_informational() {
            self.expects = Expects::StatusLine;
            return Ok(false);
        }
        let body = ResponseBody::new(head, self.max_response)?;
        let is_chunked = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"chunked");
        let is_bodiless = matches!(head.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
        self.expects = match body.missing() {
            _ if is_bodiless => Expects::Body(0),
            _ if head.headers.get(TRANSFER_ENCODING).is_some_and(is_chunked) => Expects::ChunkSize,
            Some(missing) => Expects::Body(missing),
            None if head.headers.contains_key(CONTENT_LENGTH) => {
                return Err(Wrong::Malformed("its length is not a number"));
            }
            None => Expects::Rest,
        };
        self.body = Some(body);
        Ok(matches!(self.expects, Expects::Body(0)))
    }
}

/// Why a response cannot be read.
enum Wrong {
    Malformed(&'static str),
    Body(ResponseError),
}

impl From<ResponseError> for Wrong {
    fn from(error: ResponseError) -> Self {
        Self::Body(error)
    }
}

impl<T: From<io::Error>> From<Wrong> for Failure<T> {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::Body(error) => error.into(),
            Wrong::Malformed(why) => {
                let message = format!("the response is not HTTP/1.1: {why}");
                Self::ambiguous(io::Error::new(io::ErrorKind::InvalidData, message))
            }
        }
    }
}

fn no_head() -> Parts {
    Response::new(()).into_parts().0
}

fn status(line: &[u8]) -> Result<StatusCode, Wrong> {
    let is_http1 = line.starts_with(b"HTTP/1.1 ") || line.starts_with(b"HTTP/1.0 ");
    let code = line.get(9..12).filter(|_| is_http1);
    let code = code.and_then(|code| StatusCode::from_bytes(code).ok());
    code.ok_or(Wrong::Malformed("it does not begin with a status"))
}

fn header(line: &[u8]) -> Result<(HeaderName, HeaderValue), Wrong> {
    let colon = line.iter().position(|byte| *byte == b':');
    let split = colon.and_then(|colon| line.split_at_checked(colon));
    let header = split.and_then(|(name, value)| {
        let value = value.get(1..)?.trim_ascii();
        Some((HeaderName::from_bytes(name).ok()?, HeaderValue::from_bytes(value).ok()?))
    });
    header.ok_or(Wrong::Malformed("a header is not one"))
}

fn chunk_size(line: &[u8]) -> Result<u64, Wrong> {
    let size = line.split(|byte| *byte == b';').next().unwrap_or_default();
    let size = std::str::from_utf8(size).ok().map(str::trim);
    let size = size.and_then(|size| u64::from_str_radix(size, 16).ok());
    size.ok_or(Wrong::Malformed("a chunk has no size"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::FailureKind;

    type Decoded = Result<Option<Response<Bytes>>, Failure<io::Error>>;

    /// Decodes a whole connection, in pieces of `size`.
    fn decode(connection: &[u8], size: usize) -> Decoded {
        let mut decoder = ResponseDecoder::new(20);
        for piece in connection.chunks(size) {
            if let Some(response) = decoder.feed(piece)? {
                return Ok(Some(response));
            }
        }
        Ok(None)
    }

    fn kind(connection: &str) -> FailureKind {
        decode(connection.as_bytes(), usize::MAX).unwrap_err().kind
    }

    #[test]
    fn every_framing_in_pieces_of_every_size() {
        for connection in [
            "HTTP/1.1 404 Not Found\r\nContent-Length:  8  \r\n\r\n{\"a\": 1}",
            "HTTP/1.1 404\r\nTransfer-Encoding: Chunked\r\n\r\n5;x=y\r\n{\"a\":\r\n003\r\n 1}\r\n0\r\n\
             x-trailer: 1\r\n\r\n",
            "HTTP/1.1 100 Continue\r\nx: y\r\n\r\nHTTP/1.0 404 \r\ncontent-length: 8\r\n\r\n{\"a\": 1} and more",
        ] {
            for size in 1..connection.len() {
                let response = decode(connection.as_bytes(), size).unwrap().unwrap();
                assert_eq!(response.status(), 404, "{connection}");
                assert_eq!(response.body(), "{\"a\": 1}", "{connection}");
                assert!(!response.headers().contains_key("x"), "{connection}");
            }
        }
    }

    #[test]
    fn bodies_that_are_none() {
        for head in [
            "204 No Content\r\n",
            "304 Not Modified\r\ncontent-length: 9\r\n",
            "200 OK\r\ncontent-length: 0\r\n",
        ] {
            let connection = format!("HTTP/1.1 {head}\r\n");
            let response = decode(connection.as_bytes(), 1).unwrap().unwrap();
            assert!(response.body().is_empty(), "{head}");
        }
    }

    #[test]
    fn the_end_of_the_connection_ends_only_a_body_without_a_length() {
        let end = |connection: &str| {
            let mut decoder = ResponseDecoder::new(20);
            assert!(decoder.feed::<io::Error>(connection.as_bytes()).unwrap().is_none());
            decoder.end::<io::Error>()
        };
        let response = end("HTTP/1.1 200 OK\r\nx-name: \u{e4}\r\n\r\n{}").unwrap();
        assert_eq!(response.body(), "{}");
        assert_eq!(response.headers()["x-name"].as_bytes(), "\u{e4}".as_bytes());
        for cut in [
            "",
            "HTTP/1.1 20",
            "HTTP/1.1 200 OK\r\nconten",
            "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
        ] {
            assert_eq!(end(cut).unwrap_err().kind, FailureKind::Ambiguous, "{cut}");
        }
    }

    #[test]
    fn what_is_malformed_or_too_large_is_refused() {
        let headers = "a: b\r\n".repeat(101);
        let long = "a".repeat(70_000);
        for malformed in [
            "SSH-2.0-OpenSSH_9.6\r\n",
            "HTTP/2 200 OK\r\n",
            "HTTP/1.1 2x0 OK\r\n",
            "HTTP/1.1 200 OK\r\nno colon\r\n",
            "HTTP/1.1 200 OK\r\n: no name\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nab\r\n",
            &format!("HTTP/1.1 200 OK\r\n{headers}"),
            &long,
        ] {
            assert_eq!(kind(malformed), FailureKind::Ambiguous, "{malformed}");
        }
        for large in [
            "HTTP/1.1 200 OK\r\ncontent-length: 21\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\n012345678901234567890",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n012345678901234567890",
        ] {
            assert_eq!(kind(large), FailureKind::TooLarge, "{large}");
        }
    }
}
