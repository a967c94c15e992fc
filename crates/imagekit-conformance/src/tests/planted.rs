//! Transports with one bug each: the table names it.

use std::cell::{Cell, RefCell};
use std::io::{self, Cursor, Read};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue, LOCATION};
use http::{Request, Response, StatusCode, Uri};
use imagekit_proto::Attempt;
use imagekit_proto::error::{Failure, FailureKind};
use imagekit_proto::transport::{ReadBody, Transport};

use super::http1;
use super::tcp::{Limits, Timed};
use crate::Table;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bug {
    None,
    FollowsRedirects,
    DropsTheBodyOfARepeat,
    IgnoresTheCap,
    CallsEverythingNotSent,
    CallsEverythingAmbiguous,
    PadsAShortPayload,
    IgnoresTheTimeout,
    IgnoresTheIdleTimeout,
    SendsChunked,
    AsksForGzip,
    Decompresses,
    SendsAgainByItself,
    KeepsAConnectionAfterAnEarlyResponse,
    KeepsAConnectionThatWasClosed,
    MakesErrorStatusesFailures,
    LosesTheBodyOfErrors,
    LosesHeaders,
    TakesAPartForAll,
    TakesAnInterimResponseForFinal,
    DecodesTheTarget,
    PrintsTheRequest,
    SendsAsFastAsItCan,
}

/// A bug, the cases to run, one that must fail, and a part of what the report says about it.
type Expected = (Bug, &'static str, &'static str, &'static str);

const EXPECTED: [Expected; 22] = [
    (Bug::FollowsRedirects, "status/", "status/302", "switch redirects off"),
    (
        Bug::DropsTheBodyOfARepeat,
        "payload/bytes-again",
        "payload/bytes-again",
        "for every attempt from the start",
    ),
    (Bug::IgnoresTheCap, "framing/over", "framing/over-the-cap", "max_response"),
    (
        Bug::CallsEverythingNotSent,
        "failure/closed-before",
        "failure/closed-before-a-response-twice",
        "NotSent is for attempts without a connection",
    ),
    (Bug::CallsEverythingAmbiguous, "failure/refused", "failure/refused", "fail with NotSent when"),
    (Bug::PadsAShortPayload, "payload/short", "payload/short-reader", "a request that is cut off"),
    (
        Bug::IgnoresTheTimeout,
        "time/attempt-timeout-on-a-create",
        "time/attempt-timeout-on-a-create",
        "when timeout or idle_timeout runs out",
    ),
    (
        Bug::IgnoresTheIdleTimeout,
        "time/idle-timeout-in",
        "time/idle-timeout-in-the-body",
        "when timeout or idle_timeout runs out",
    ),
    (Bug::SendsChunked, "wire/upload", "wire/upload", "not in chunked encoding"),
    (Bug::AsksForGzip, "wire/get", "wire/get", "no accept-encoding header"),
    (
        Bug::Decompresses,
        "framing/gzip",
        "framing/gzip-although-not-asked-for",
        "switch off the decoding",
    ),
    (
        Bug::SendsAgainByItself,
        "failure/closed-before",
        "failure/closed-before-a-response-to-a-create",
        "send each attempt as exactly one request",
    ),
    (
        Bug::KeepsAConnectionAfterAnEarlyResponse,
        "payload/call-after",
        "payload/call-after-an-early-error",
        "request 1: the body",
    ),
    (
        Bug::KeepsAConnectionThatWasClosed,
        "wire/closed",
        "wire/closed-between-two-calls",
        "call 2 fails with",
    ),
    (Bug::MakesErrorStatusesFailures, "status/4", "status/404", "an error status is a response"),
    (Bug::LosesTheBodyOfErrors, "status/4", "status/404", "the whole body of an error response"),
    (Bug::LosesHeaders, "status/4", "status/404", "return the headers of a response"),
    (
        Bug::TakesAPartForAll,
        "failure/closed-in-the-body",
        "failure/closed-in-the-body-to-a-create",
        "instead of returning a part",
    ),
    (Bug::TakesAnInterimResponseForFinal, "framing/1", "framing/100-continue", "after any 1xx"),
    (
        Bug::DecodesTheTarget,
        "wire/path",
        "wire/path-delimiters",
        "send method and target as they are",
    ),
    (
        Bug::PrintsTheRequest,
        "failure/closed",
        "failure/closed-before-a-response-twice",
        "print no request headers",
    ),
    (
        Bug::SendsAsFastAsItCan,
        "retry/429",
        "retry/429-retry-after-ms",
        "a wait of 60ms before request 2",
    ),
];

#[test]
fn every_planted_bug_is_named() {
    thread::scope(|scope| {
        for expected in EXPECTED {
            scope.spawn(move || is_named(expected));
        }
    });
}

fn is_named((bug, cases, case, text): Expected) {
    let report = Table::new(format!("{bug:?}")).only(cases).run(|| Planted::new(bug));
    let Some(failure) = report.failures().find(|failure| failure.name == case) else {
        panic!("{case} does not find {bug:?}:\n{report}");
    };
    let printed = report.to_string();
    let about_it = printed.split("FAIL").find(|part| part.contains(&format!("{}\n", failure.name)));
    assert!(about_it.is_some_and(|part| part.contains(text)), "{bug:?}: {text}\n{printed}");
}

#[test]
fn a_header_of_the_transports_own_can_be_declared() {
    let table =
        Table::new("gzip").only("wire/get").sets_header("Accept-Encoding", "a browser does");
    let report = table.run(|| Planted::new(Bug::AsksForGzip));
    super::assert_passed(&report);
    let listed = "NOT COMPARED gzip header accept-encoding: a browser does";
    assert!(report.to_string().contains(listed), "{report}");
}

#[test]
fn without_a_bug_the_whole_table_holds() {
    super::assert_passed(&Table::new("no bug").run(|| Planted::new(Bug::None)));
}

/// A transport of plain sockets that keeps a connection, and has a bug.
struct Planted {
    bug: Bug,
    /// How often it has sent a payload.
    payloads: Cell<u32>,
    kept: RefCell<Option<TcpStream>>,
}

impl Planted {
    fn new(bug: Bug) -> Self {
        Self { bug, payloads: Cell::new(0), kept: RefCell::default() }
    }

    fn has(&self, bug: Bug) -> bool {
        self.bug == bug
    }

    /// Returns the kept connection if the server has not closed it, or a new one.
    fn connect(&self, limits: Limits, uri: &Uri) -> io::Result<TcpStream> {
        if let Some(stream) = self.kept.take() {
            if self.has(Bug::KeepsAConnectionThatWasClosed) || is_open(&stream)? {
                return Ok(stream);
            }
        }
        let stream = limits.connect(uri)?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    fn exchange(
        &self,
        request: Request<impl Read>,
        limits: Limits,
        max_response: u64,
    ) -> Result<Response<Bytes>, Failure<io::Error>> {
        let stream = self.connect(limits, request.uri()).map_err(Failure::not_sent)?;
        let mut connection = Timed { stream, limits };
        let announced = request.headers().get(CONTENT_LENGTH).cloned();
        let (parts, body) = request.into_parts();
        let mut body = Until { body, stream: None, is_early: false };
        if self.has(Bug::KeepsAConnectionAfterAnEarlyResponse) && announced.is_some() {
            body.stream = connection.stream.try_clone().ok();
        }
        http1::send(&mut connection, Request::from_parts(parts, &mut body))
            .map_err(Failure::ambiguous)?;
        let response = match self.bug {
            Bug::TakesAPartForAll => take_part(&mut connection).map_err(Failure::ambiguous)?,
            Bug::TakesAnInterimResponseForFinal => first(&mut connection, max_response)?,
            _ => http1::receive(&mut connection, max_response)?,
        };
        let by_length = response.headers().contains_key(CONTENT_LENGTH);
        let stays = response.headers().get("connection").is_none_or(|value| value != "close");
        if by_length && stays {
            self.kept.replace(Some(connection.stream));
        }
        Ok(response)
    }
}

impl Transport for Planted {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        let start = Instant::now();
        let factor = if self.has(Bug::SendsAsFastAsItCan) { 1000 } else { 1 };
        move || start.elapsed() * factor
    }

    fn sleep(&self, wait: Duration) {
        if !self.has(Bug::SendsAsFastAsItCan) {
            thread::sleep(wait);
        }
    }

    fn send(&self, attempt: Attempt<ReadBody<'_>>) -> Result<Response<Bytes>, Failure<io::Error>> {
        let mut limits = Limits::of(&attempt);
        if self.has(Bug::IgnoresTheTimeout) {
            limits.ends = None;
        }
        if self.has(Bug::IgnoresTheIdleTimeout) {
            limits.idle = None;
        }
        let Attempt { request, max_response, .. } = attempt;
        let max_response = if self.has(Bug::IgnoresTheCap) { u64::MAX } else { max_response };
        let (mut parts, mut body) = request.into_parts();
        let len = body.len();
        let mut body: Box<dyn Read> = if self.has(Bug::PadsAShortPayload) {
            let mut bytes = Vec::new();
            drop(body.read_to_end(&mut bytes));
            bytes.resize(usize::try_from(len).unwrap(), 0);
            Box::new(Cursor::new(bytes))
        } else {
            Box::new(&mut body)
        };
        let count = self.payloads.replace(self.payloads.get() + u32::from(len > 0));
        if self.has(Bug::DropsTheBodyOfARepeat) && count > 0 {
            drop(io::copy(&mut body, &mut io::sink()));
            parts.headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if self.has(Bug::AsksForGzip) {
            parts.headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        }
        if self.has(Bug::DecodesTheTarget) {
            parts.uri = parts.uri.to_string().replace("%2F", "/").parse().unwrap();
        }
        if self.has(Bug::SendsChunked) && parts.headers.remove(CONTENT_LENGTH).is_some() {
            parts.headers.insert("transfer-encoding", HeaderValue::from_static("chunked"));
            let mut bytes = format!("{len:x}\r\n").into_bytes();
            drop(body.read_to_end(&mut bytes));
            bytes.extend_from_slice(b"\r\n0\r\n\r\n");
            body = Box::new(Cursor::new(bytes));
        }
        let mut again = Request::from_parts(parts.clone(), io::empty());
        again.headers_mut().remove(CONTENT_LENGTH);
        let printed =
            format!("{:?}", http1::write_head(&again.clone().map(drop)).escape_ascii().to_string());
        let mut result = self.exchange(Request::from_parts(parts, body), limits, max_response);
        if self.has(Bug::SendsAgainByItself) && result.is_err() {
            result = self.exchange(again, limits, max_response);
        } else if self.has(Bug::FollowsRedirects) {
            let location =
                result.as_ref().ok().and_then(|response| response.headers().get(LOCATION));
            if let Some(path) = location
                .and_then(|location| location.to_str().ok())
                .filter(|location| location.starts_with('/'))
            {
                let uri = format!("http://{}{path}", again.uri().authority().unwrap());
                *again.uri_mut() = uri.parse().unwrap();
                result = self.exchange(again, limits, max_response);
            }
        }
        self.spoil(result, &printed)
    }
}

impl Planted {
    /// Plants the bugs of the result.
    fn spoil(
        &self,
        result: Result<Response<Bytes>, Failure<io::Error>>,
        request: &str,
    ) -> Result<Response<Bytes>, Failure<io::Error>> {
        let mut response = match result {
            Ok(response) => response,
            Err(mut failure) => {
                match self.bug {
                    Bug::CallsEverythingNotSent => failure.kind = FailureKind::NotSent,
                    Bug::CallsEverythingAmbiguous => failure.kind = FailureKind::Ambiguous,
                    Bug::PrintsTheRequest => {
                        failure.source = io::Error::other(format!("{request} failed"));
                    }
                    _ => {}
                }
                return Err(failure);
            }
        };
        let is_error = response.status().is_client_error();
        match self.bug {
            Bug::MakesErrorStatusesFailures if is_error => {
                return Err(Failure::ambiguous(io::Error::other("a client error")));
            }
            Bug::LosesTheBodyOfErrors if is_error => *response.body_mut() = Bytes::new(),
            Bug::LosesHeaders => response.headers_mut().clear(),
            // What is in every compressed body of the table.
            Bug::Decompresses if response.headers().contains_key(CONTENT_ENCODING) => {
                *response.body_mut() = Bytes::from_static(br#"{"fine":true}"#);
            }
            _ => {}
        }
        Ok(response)
    }
}

/// Whether the server has neither closed the connection nor sent anything.
fn is_open(stream: &TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    Ok(peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock))
}

/// Reads the head and whatever comes after it.
fn take_part(connection: &mut Timed) -> io::Result<Response<Bytes>> {
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes)?;
    let end = crate::seen::head_end(&bytes).ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(Response::new(Bytes::from(bytes).slice(end..)))
}

/// Returns the first response, a 1xx included.
fn first(connection: &mut Timed, max_response: u64) -> Result<Response<Bytes>, Failure<io::Error>> {
    let mut head = vec![0; "HTTP/1.1 100".len()];
    connection.read_exact(&mut head).map_err(Failure::ambiguous)?;
    if head.ends_with(b" 100") {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::CONTINUE;
        return Ok(response);
    }
    http1::receive(&mut Cursor::new(head).chain(connection), max_response)
}

/// A body that ends early when there is a response already.
struct Until<B> {
    body: B,
    /// Where the response would come.
    stream: Option<TcpStream>,
    is_early: bool,
}

impl<B: Read> Read for Until<B> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(stream) = &self.stream {
            self.is_early |= !is_open(stream)?;
        }
        if self.is_early { Ok(0) } else { self.body.read(buffer) }
    }
}
