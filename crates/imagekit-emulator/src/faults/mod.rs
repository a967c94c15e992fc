//! Injected faults.

mod operation;
mod syntax;

use std::str::FromStr;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
pub use operation::UnknownOperation;
pub use syntax::FaultSyntaxError;

use crate::response::{json_response, too_many_requests};

/// An injected failure of the next request that it applies to.
///
/// A request gets the first fault that applies to it, in the order of injection. Create one, restrict
/// it to an operation or path, and [inject](crate::Emulator::inject) it.
///
/// ```
/// use std::time::Duration;
/// use imagekit_emulator::{DropAt, Emulator, Fault};
///
/// let emulator = Emulator::new();
/// emulator.inject(Fault::rate_limited(Duration::from_millis(1500)).on("get-file-details")?);
/// emulator.inject(Fault::html(502).times(2));
/// emulator.inject(Fault::drop_connection(DropAt::AfterActing).on("upload-file")?.skip(1));
/// assert_eq!(emulator.faults_left(), 4);
/// # Ok::<(), imagekit_emulator::UnknownOperation>(())
/// ```
///
/// # As text
///
/// A fault can be parsed from text. A request carries one in its header `x-emulator-fault`, for
/// clients in other processes, and the program takes one by `--fault`. Parts are separated by `;`; the first one is the effect:
///
/// | first part | effect |
/// | --- | --- |
/// | a status, `503`, from 200 to 599 | a response with this status, without acting; `429` as ImageKit sends it |
/// | `delay=1500` | the response comes so many milliseconds later |
/// | `drop` | the connection ends before the request is acted on |
/// | `drop-after` | the connection ends after the request was acted on |
///
/// The other parts say which requests it applies to; in a header they mean nothing, since the fault
/// is for that request:
///
/// | other parts | requests |
/// | --- | --- |
/// | `on=upload-file` | of this operation |
/// | `path=/v1/files` | whose path begins like this |
/// | `skip=2` | not the first two |
/// | `times=3`, `times=always` | so many, at least one, or all; one otherwise |
///
/// Or they belong to a status: `reset=1500` sets `X-RateLimit-Reset`, `body=text` the body, and any
/// other `name=value` a header.
///
/// ```
/// use imagekit_emulator::Fault;
///
/// let limited: Fault = "429; reset=1500; retry-after=2".parse()?;
/// let flaky: Fault = "503; on=upload-file; skip=1; times=2".parse()?;
/// let slow: Fault = "delay=200; times=always".parse()?;
/// # let _ = (limited, flaky, slow);
/// # Ok::<(), imagekit_emulator::FaultSyntaxError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    effect: Effect,
    operation: Option<&'static str>,
    path: Option<String>,
    skip: u32,
    times: u32,
}

/// The effect of a fault.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    Respond(Response<Bytes>),
    Delay(Duration),
    Drop(DropAt),
}

/// The moment at which a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DropAt {
    /// Before the request's body is read; the request is not acted on.
    BeforeBody,
    /// After the request was read; it is not acted on.
    BeforeActing,
    /// After the request was acted on, which the client cannot know.
    AfterActing,
    /// The request is acted on, and the response breaks off after this many bytes of its body.
    InResponse(usize),
}

impl Fault {
    fn new(effect: Effect) -> Self {
        Self { effect, operation: None, path: None, skip: 0, times: 1 }
    }

    /// Responds with a status and an empty body, without acting on the request. A number that
    /// is no status counts as 500; 429 has the body and the headers of
    /// [`rate_limited`](Self::rate_limited), for one second.
    pub fn status(status: u16) -> Self {
        if status == StatusCode::TOO_MANY_REQUESTS.as_u16() {
            return Self::rate_limited(Duration::from_secs(1));
        }
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = code(status);
        Self::new(Effect::Respond(response))
    }

    /// Responds as ImageKit does when there were too many requests: 429, a message, and the
    /// headers `X-RateLimit-Limit`, `X-RateLimit-Reset` and `X-RateLimit-Interval`, the latter
    /// two in milliseconds.
    pub fn rate_limited(reset: Duration) -> Self {
        let millis = u64::try_from(reset.as_millis()).unwrap_or(u64::MAX);
        Self::new(Effect::Respond(too_many_requests()))
            .header("x-ratelimit-limit", "100")
            .header("x-ratelimit-reset", &millis.to_string())
            .header("x-ratelimit-interval", "1000")
    }

    /// Responds with a page of HTML, as a gateway does.
    pub fn html(status: u16) -> Self {
        let status = code(status);
        let reason = status.canonical_reason().unwrap_or("Error");
        let page = format!(
            "<html><head><title>{0} {reason}</title></head><body><h1>{0} {reason}</h1></body></html>",
            status.as_u16()
        );
        Self::status(status.as_u16()).header("content-type", "text/html").body(page)
    }

    /// Delays the response.
    pub fn delay(by: Duration) -> Self {
        Self::new(Effect::Delay(by))
    }

    /// Ends the connection.
    pub fn drop_connection(at: DropAt) -> Self {
        Self::new(Effect::Drop(at))
    }

    /// Adds a header to a response; `content-type` and the headers of rate limits are replaced.
    /// An invalid header is left out.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let parsed = (name.parse::<HeaderName>(), HeaderValue::from_str(value));
        if let (Effect::Respond(response), (Ok(name), Ok(value))) = (&mut self.effect, parsed) {
            let single = name == CONTENT_TYPE || name.as_str().starts_with("x-ratelimit-");
            let headers = response.headers_mut();
            if single {
                headers.insert(name, value);
            } else {
                headers.append(name, value);
            }
        }
        self
    }

    /// Sets the body of a response.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        if let Effect::Respond(response) = &mut self.effect {
            *response.body_mut() = body.into();
        }
        self
    }

    /// Sets the body of a response to `{"message": message}`.
    pub fn message(self, message: &str) -> Self {
        let json = json_response(StatusCode::OK, &serde_json::json!({ "message": message }));
        let (parts, body) = json.into_parts();
        let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        self.header("content-type", content_type.unwrap_or_default()).body(body)
    }

    /// Restricts the fault to an operation, by its id in the OpenAPI file.
    ///
    /// # Errors
    ///
    /// No operation has this id.
    pub fn on(mut self, operation: &str) -> Result<Self, UnknownOperation> {
        self.operation = Some(operation::find(operation)?);
        Ok(self)
    }

    /// Restricts the fault to paths with this prefix, such as `/v1/files`.
    pub fn on_path(mut self, prefix: &str) -> Self {
        self.path = Some(prefix.to_owned());
        self
    }

    /// Skips this many requests to which the fault applies.
    pub fn skip(mut self, requests: u32) -> Self {
        self.skip = requests;
        self
    }

    /// Sets how many requests the fault applies to; one by default.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// The effect in a few words: as text of the grammar where it has one.
    #[cfg(feature = "server")]
    pub(crate) fn summary(&self) -> String {
        match &self.effect {
            Effect::Respond(response) => {
                let status = response.status().as_u16();
                let reset = response.headers().get("x-ratelimit-reset");
                match reset.and_then(|reset| reset.to_str().ok()) {
                    Some(reset) => format!("{status}; reset={reset}"),
                    None => status.to_string(),
                }
            }
            Effect::Delay(by) => format!("delay={}", by.as_millis()),
            Effect::Drop(DropAt::AfterActing) => "drop-after".to_owned(),
            Effect::Drop(DropAt::BeforeBody | DropAt::BeforeActing) => "drop".to_owned(),
            Effect::Drop(DropAt::InResponse(sent)) => format!("drop after {sent} bytes"),
        }
    }

    /// The operation that it is restricted to.
    #[cfg(feature = "server")]
    pub(crate) fn operation(&self) -> Option<&'static str> {
        self.operation
    }

    /// The path prefix that it is restricted to.
    #[cfg(feature = "server")]
    pub(crate) fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// How many requests it still applies to.
    #[cfg(feature = "server")]
    pub(crate) fn times_left(&self) -> u32 {
        self.times
    }

    /// Whether a text says how many requests its fault applies to.
    #[cfg(feature = "server")]
    pub(crate) fn is_counted(text: &str) -> bool {
        syntax::names(text).any(|name| name == "times")
    }

    fn fits(&self, operation: Option<&str>, path: &str) -> bool {
        let by_operation = self.operation.is_none_or(|wanted| Some(wanted) == operation);
        by_operation && self.path.as_deref().is_none_or(|prefix| path.starts_with(prefix))
    }
}

/// The faults that have not happened yet.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    left: Vec<Injected>,
    /// How many were injected so far.
    count: u64,
}

/// A fault with a number that no other one has.
#[derive(Debug)]
struct Injected {
    #[cfg_attr(not(feature = "server"), expect(dead_code, reason = "for the server's page"))]
    number: u64,
    fault: Fault,
}

impl Faults {
    pub(crate) fn push(&mut self, fault: Fault) {
        self.count += 1;
        self.left.push(Injected { number: self.count, fault });
    }

    /// The faults with their numbers, in the order of injection.
    #[cfg(feature = "server")]
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (u64, &Fault)> {
        self.left.iter().map(|injected| (injected.number, &injected.fault))
    }

    /// Removes the fault with this number, if it is left.
    #[cfg(feature = "server")]
    pub(crate) fn remove(&mut self, number: u64) {
        self.left.retain(|injected| injected.number != number);
    }

    pub(crate) fn clear(&mut self) {
        self.left.clear();
    }

    pub(crate) fn left(&self) -> usize {
        self.left.iter().map(|injected| injected.fault.times as usize).sum()
    }

    /// Returns the effect on a request.
    pub(crate) fn take(&mut self, operation: Option<&str>, path: &str) -> Option<Effect> {
        let mut found = None;
        for (at, Injected { fault, .. }) in self.left.iter_mut().enumerate() {
            if fault.times == 0 || !fault.fits(operation, path) {
                continue;
            }
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            fault.times -= 1;
            found = Some((at, fault.effect.clone()));
            break;
        }
        let (at, effect) = found?;
        if self.left.get(at).is_some_and(|injected| injected.fault.times == 0) {
            self.left.remove(at);
        }
        Some(effect)
    }

    /// Returns the fault in the header of a request.
    pub(crate) fn asked_for(headers: &HeaderMap) -> Option<Result<Effect, FaultSyntaxError>> {
        let text = String::from_utf8_lossy(headers.get("x-emulator-fault")?.as_bytes());
        Some(syntax::parse(&text).map(|fault| fault.effect))
    }
}

impl FromStr for Fault {
    type Err = FaultSyntaxError;

    fn from_str(text: &str) -> Result<Self, FaultSyntaxError> {
        syntax::parse(text)
    }
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
