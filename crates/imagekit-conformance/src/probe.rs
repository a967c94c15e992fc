//! The endpoints of the table: a made-up one that can have any form, and real ones.

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response};
use imagekit_proto::wire::{Body, FilePart, Multipart};
use imagekit_proto::{
    BuildError, DecodeError, Endpoint, Idempotency, Operation, RequestContext, Server, decode,
};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// An endpoint of the table; its result is compared as JSON.
pub(crate) type AnyEndpoint = Box<dyn Endpoint<Output = Value> + Send + Sync>;

/// A made-up operation under `/v1/probe`.
#[derive(Clone, Debug)]
pub(crate) struct Probe {
    method: Method,
    segments: Vec<String>,
    query: Vec<(String, String)>,
    content: Content,
    idempotency: Idempotency,
    result: bool,
    anonymous: bool,
}

#[derive(Clone, Debug)]
enum Content {
    Empty,
    Json(Bytes),
    /// A form whose file the transport supplies.
    External,
    /// Nothing but the payload that the transport supplies.
    Raw,
    /// A form whose file is in memory.
    Inline(Bytes),
}

impl Probe {
    fn new(method: Method, idempotency: Idempotency) -> Self {
        Self {
            method,
            segments: Vec::new(),
            query: Vec::new(),
            content: Content::Empty,
            idempotency,
            result: true,
            anonymous: false,
        }
    }

    /// An idempotent GET.
    pub(crate) fn get() -> Self {
        Self::new(Method::GET, Idempotency::Idempotent)
    }

    /// An idempotent DELETE without a result.
    pub(crate) fn delete() -> Self {
        Self { result: false, ..Self::new(Method::DELETE, Idempotency::Idempotent) }
    }

    /// An idempotent PUT.
    pub(crate) fn put() -> Self {
        Self::new(Method::PUT, Idempotency::Idempotent)
    }

    /// A POST of JSON that is not idempotent.
    pub(crate) fn create() -> Self {
        Self::new(Method::POST, Idempotency::NonIdempotent).json(r#"{"name":"probe"}"#)
    }

    /// An upload of a payload that the transport supplies; it is not idempotent.
    pub(crate) fn upload() -> Self {
        Self { content: Content::External, ..Self::new(Method::POST, Idempotency::NonIdempotent) }
    }

    /// An upload of nothing but its payload: neither head nor tail is sent around it.
    pub(crate) fn raw_upload() -> Self {
        Self { content: Content::Raw, ..Self::upload() }
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

    pub(crate) fn idempotency(mut self, idempotency: Idempotency) -> Self {
        self.idempotency = idempotency;
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

/// The operations of the probes, by method, server and number of segments.
static OPERATIONS: [Operation; 7] = [
    operation(Method::GET, "/v1/probe"),
    operation(Method::GET, "/v1/probe/{segment}"),
    operation(Method::GET, "/v1/probe/{segment}/{segment}"),
    operation(Method::GET, "/v1/probe/{segment}/{segment}/{segment}"),
    operation(Method::DELETE, "/v1/probe"),
    operation(Method::DELETE, "/v1/probe/{segment}"),
    operation(Method::PUT, "/v1/probe"),
];
static POST: Operation = operation(Method::POST, "/v1/probe");
static UPLOAD: Operation = operation(Method::POST, "/v1/probe").server(Server::Upload);

const fn operation(method: Method, path: &'static str) -> Operation {
    Operation::new("probe", method, path, Idempotency::Idempotent, "")
}

impl Endpoint for Probe {
    type Output = Value;

    fn operation(&self) -> &'static Operation {
        if let Content::External | Content::Inline(_) | Content::Raw = self.content {
            return &UPLOAD;
        }
        let fits = |operation: &&Operation| {
            operation.method == self.method
                && operation.path_parameters().count() == self.segments.len()
        };
        OPERATIONS.iter().find(fits).unwrap_or(&POST)
    }

    fn idempotency(&self) -> Idempotency {
        self.idempotency
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        let mut request = cx.request(self.operation());
        for segment in &self.segments {
            request = request.param("segment", segment)?;
        }
        if self.anonymous {
            request = request.anonymous();
        }
        if !self.query.is_empty() {
            return request.query(&Query(&self.query));
        }
        let form = || -> Result<Multipart, BuildError> {
            let mut form = Multipart::new(cx.entropy());
            form.text("fileName", "probe.bin")?;
            Ok(form)
        };
        let len = || cx.payload_len().ok_or(BuildError::PayloadMissing);
        let (content_type, body) = match &self.content {
            Content::Empty => return request.empty(),
            Content::Json(bytes) => {
                (HeaderValue::from_static("application/json"), bytes.clone().into())
            }
            Content::Raw => (
                HeaderValue::from_static("application/octet-stream"),
                Body::external(Bytes::new(), len()?, Bytes::new()),
            ),
            Content::External => form()?.external("file", FilePart::new("probe.bin"), len()?)?,
            Content::Inline(bytes) => {
                form()?.inline("file", FilePart::new("probe.bin"), bytes.clone())?
            }
        };
        request.body(content_type, body)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Value, DecodeError> {
        if self.result {
            decode::json(response)
        } else {
            decode::empty(response).map(|()| Value::Null)
        }
    }
}

/// The pairs of a query as a request's fields.
struct Query<'a>(&'a [(String, String)]);

impl Serialize for Query<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A real operation; its result is compared as JSON.
#[derive(Debug)]
pub(crate) struct Real<E>(pub(crate) E);

impl<E: Endpoint<Output: Serialize>> Endpoint for Real<E> {
    type Output = Value;

    fn operation(&self) -> &'static Operation {
        self.0.operation()
    }

    fn idempotency(&self) -> Idempotency {
        self.0.idempotency()
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        self.0.build(cx)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Value, DecodeError> {
        Ok(serde_json::to_value(self.0.decode(response)?).unwrap_or_default())
    }
}
