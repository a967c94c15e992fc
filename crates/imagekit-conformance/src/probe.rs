//! The operations of the table: an invented one that can be anything, and real ones.

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response};
use imagekit_proto::wire::{Body, FilePart, Multipart};
use imagekit_proto::{BuildError, Endpoint, Idempotency, ParseError, RequestContext, parse};
use serde::Serialize;
use serde_json::Value;

/// An operation of the table: whatever it answers is looked at as JSON.
pub(crate) type Operation = Box<dyn Endpoint<Output = Value> + Send + Sync>;

/// An invented operation under `/v1/probe`.
#[derive(Clone, Debug)]
pub(crate) struct Probe {
    method: Method,
    segments: Vec<String>,
    query: Vec<(String, String)>,
    content: Content,
    repeat: Idempotency,
    result: bool,
    anonymous: bool,
}

#[derive(Clone, Debug)]
enum Content {
    Empty,
    Json(Bytes),
    /// A form whose file the transport supplies, this many bytes of it.
    External(u64),
    /// Nothing but this many bytes that the transport supplies.
    Raw(u64),
    /// A form whose file is in memory.
    Inline(Bytes),
}

impl Probe {
    fn new(method: Method, repeat: Idempotency) -> Self {
        Self {
            method,
            segments: Vec::new(),
            query: Vec::new(),
            content: Content::Empty,
            repeat,
            result: true,
            anonymous: false,
        }
    }

    /// A GET that may be repeated.
    pub(crate) fn get() -> Self {
        Self::new(Method::GET, Idempotency::Idempotent)
    }

    /// A DELETE that may be repeated and has no result.
    pub(crate) fn delete() -> Self {
        Self { result: false, ..Self::new(Method::DELETE, Idempotency::Idempotent) }
    }

    /// A PUT that may be repeated.
    pub(crate) fn put() -> Self {
        Self::new(Method::PUT, Idempotency::Idempotent)
    }

    /// A POST of JSON that must not happen twice.
    pub(crate) fn create() -> Self {
        Self::new(Method::POST, Idempotency::NonIdempotent).json(r#"{"name":"probe"}"#)
    }

    /// An upload of `len` bytes that the transport supplies; it must not happen twice.
    pub(crate) fn upload(len: u64) -> Self {
        let content = Content::External(len);
        Self { content, ..Self::new(Method::POST, Idempotency::NonIdempotent) }
    }

    /// An upload of nothing but `len` bytes: neither head nor tail is sent around them.
    pub(crate) fn raw_upload(len: u64) -> Self {
        Self { content: Content::Raw(len), ..Self::upload(len) }
    }

    /// An upload from memory.
    pub(crate) fn upload_inline(bytes: impl Into<Bytes>) -> Self {
        let content = Content::Inline(bytes.into());
        Self { content, ..Self::new(Method::POST, Idempotency::NonIdempotent) }
    }

    pub(crate) fn json(mut self, body: &'static str) -> Self {
        self.content = Content::Json(Bytes::from_static(body.as_bytes()));
        self
    }

    pub(crate) fn segment(mut self, segment: &str) -> Self {
        self.segments.push(segment.to_owned());
        self
    }

    pub(crate) fn query(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn repeat(mut self, repeat: Idempotency) -> Self {
        self.repeat = repeat;
        self
    }

    /// Without `authorization`.
    pub(crate) fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// There is a result.
    pub(crate) fn with_result(mut self) -> Self {
        self.result = true;
        self
    }
}

impl Endpoint for Probe {
    type Output = Value;

    fn operation(&self) -> &'static str {
        "probe"
    }

    fn repeat(&self) -> Idempotency {
        self.repeat
    }

    fn build(&self, with: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        let mut request = match self.content {
            Content::Empty | Content::Json(_) => with.api(self.method.clone()),
            Content::External(_) | Content::Inline(_) | Content::Raw(_) => {
                with.upload(self.method.clone())
            }
        }
        .path("/v1/probe");
        for segment in &self.segments {
            request = request.segment("segment", segment)?;
        }
        for (name, value) in &self.query {
            request = request.query(name, value);
        }
        if self.anonymous {
            request = request.anonymous();
        }
        let form = || -> Result<Multipart, BuildError> {
            let mut form = Multipart::new(with.entropy);
            form.text("fileName", "probe.bin")?;
            Ok(form)
        };
        let (content_type, body) = match &self.content {
            Content::Empty => return request.empty(),
            Content::Json(bytes) => {
                (HeaderValue::from_static("application/json"), bytes.clone().into())
            }
            Content::Raw(len) => (
                HeaderValue::from_static("application/octet-stream"),
                Body::external(Bytes::new(), *len, Bytes::new()),
            ),
            Content::External(len) => form()?.external("file", FilePart::new("probe.bin"), *len)?,
            Content::Inline(bytes) => {
                form()?.inline("file", FilePart::new("probe.bin"), bytes.clone())?
            }
        };
        request.body(content_type, body)
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Value, ParseError> {
        if self.result {
            parse::json(self.operation(), response)
        } else {
            parse::empty(self.operation(), response).map(|()| Value::Null)
        }
    }
}

/// A real operation, its answer looked at as JSON.
#[derive(Debug)]
pub(crate) struct Real<E>(pub(crate) E);

impl<E: Endpoint<Output: Serialize>> Endpoint for Real<E> {
    type Output = Value;

    fn operation(&self) -> &'static str {
        self.0.operation()
    }

    fn repeat(&self) -> Idempotency {
        self.0.idempotency()
    }

    fn build(&self, with: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        self.0.build(with)
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Value, ParseError> {
        Ok(serde_json::to_value(self.0.parse(response)?).unwrap_or_default())
    }
}
