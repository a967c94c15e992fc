//! libcurl as the transport, with one connection per attempt: on a connection that it kept, and that
//! the server has closed, curl would send the request again by itself.
//!
//! The feature `ssl` adds https.

use std::io::{self, Read as _};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use curl::easy::{Easy2, Handler, HttpVersion, List, ReadError, WriteError};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{Response, request::Parts};
use imagekit_proto::Attempt;
use imagekit_proto::error::{Failure, FailureKind};
use imagekit_proto::transport::{ReadBody, ResponseDecoder, Transport};

type Exchanged = Result<Response<Bytes>, Failure<io::Error>>;

/// The transport.
#[derive(Clone, Copy, Debug, Default)]
pub struct Curl;

impl Transport for Curl {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        let start = Instant::now();
        move || start.elapsed()
    }

    fn sleep(&self, wait: Duration) {
        thread::sleep(wait);
    }

    fn send(&self, attempt: Attempt<ReadBody<'_>>) -> Exchanged {
        let Attempt { request, timeout, idle_timeout, max_response, .. } = attempt;
        let (parts, body) = request.into_parts();
        let (len, decoder) = (body.len(), ResponseDecoder::new(max_response));
        let moved = (Instant::now(), 0.0);
        let mut easy = Easy2::new(Exchange { body, decoder, end: None, idle_timeout, moved });
        prepare(&mut easy, &parts, len).map_err(Failure::not_sent)?;
        easy.timeout(timeout.unwrap_or_default()).map_err(Failure::not_sent)?; // zero is none
        let performed = easy.perform();
        let is_connected = easy.connect_time().is_ok_and(|time| !time.is_zero());
        let exchange = easy.get_mut();
        match (exchange.end.take(), performed) {
            (Some(end), _) => end,
            (None, Ok(())) => exchange.decoder.end(),
            (None, Err(error)) => {
                let is_tls = error.is_ssl_connect_error() || error.is_peer_failed_verification();
                let is_sent = is_connected && !is_tls;
                let kind = if is_sent { FailureKind::Ambiguous } else { FailureKind::NotSent };
                let is_timeout = error.is_operation_timedout() || error.is_aborted_by_callback();
                Err(Failure::new(kind, error.into()).timeout(is_timeout))
            }
        }
    }
}

fn prepare<H>(easy: &mut Easy2<H>, parts: &Parts, len: u64) -> Result<(), curl::Error> {
    easy.progress(true)?;
    easy.url(&parts.uri.to_string())?;
    easy.path_as_is(true)?;
    easy.http_version(HttpVersion::V11)?;
    easy.http_transfer_decoding(false)?; // the decoder's task
    easy.noproxy("localhost,127.0.0.1,::1")?;
    let mut headers = List::new();
    headers.append("Expect:")?; // curl would add one
    if parts.headers.contains_key(CONTENT_LENGTH) {
        easy.post(true)?;
        easy.post_field_size(len)?;
        if !parts.headers.contains_key(CONTENT_TYPE) {
            headers.append("Content-Type:")?; // curl would add one
        }
    }
    easy.custom_request(parts.method.as_str())?;
    for (name, value) in &parts.headers {
        headers.append(&format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))?;
    }
    easy.http_headers(headers)
}

/// What curl reads from and writes to.
struct Exchange<'a> {
    body: ReadBody<'a>,
    decoder: ResponseDecoder,
    end: Option<Exchanged>,
    idle_timeout: Option<Duration>,
    /// When bytes last moved, and how many until then.
    moved: (Instant, f64),
}

impl Handler for Exchange<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ReadError> {
        self.body.read(buffer).map_err(|_| ReadError::Abort)
    }

    /// Called once per second at least.
    fn progress(&mut self, _: f64, received: f64, _: f64, sent: f64) -> bool {
        if received + sent != self.moved.1 {
            self.moved = (Instant::now(), received + sent);
        }
        self.idle_timeout.is_none_or(|limit| self.moved.0.elapsed() < limit)
    }

    fn header(&mut self, line: &[u8]) -> bool {
        self.end = self.decoder.feed(line).transpose();
        !matches!(self.end, Some(Err(_)))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, WriteError> {
        self.end = self.end.take().or_else(|| self.decoder.feed(bytes).transpose());
        // Less than all ends the transfer: curl does not know which chunk is the last.
        Ok(if self.end.is_some() { 0 } else { bytes.len() })
    }
}
