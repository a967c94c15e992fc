//! Responses, errors, and the other ends of a request.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The result of [`Emulator::handle`](crate::Emulator::handle).
///
/// Without injected faults it is always [`Reaction::Response`]. A transport carries out the other
/// variants, as `Server` does.
///
/// ```
/// use std::time::Duration;
/// use http::Request;
/// use imagekit_emulator::{Emulator, Fault, Reaction};
///
/// let emulator = Emulator::new();
/// emulator.inject(Fault::delay(Duration::from_secs(5)));
/// let request = Request::get("https://api.imagekit.io/v1/files").body(Default::default())?;
/// match emulator.handle(request) {
///     Reaction::After(wait, response) => assert_eq!((wait.as_secs(), response.status().as_u16()), (5, 401)),
///     other => panic!("{other:?}"),
/// }
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "a transport has to act on every kind")]
pub enum Reaction {
    /// A response, at once.
    Response(Response<Bytes>),
    /// A response after a wait.
    After(Duration, Response<Bytes>),
    /// No response: the connection ends. Whether the request was acted on depends on the
    /// fault, see [`DropAt`](crate::DropAt).
    Drop,
    /// The head and this many bytes of the body, then the connection ends. The response's
    /// `content-length` is that of the whole body.
    CutShort {
        /// The whole response.
        response: Response<Bytes>,
        /// How many bytes of the body go out.
        sent: usize,
    },
}

impl Reaction {
    /// Delays a response by so much more.
    pub(crate) fn after(self, latency: Duration) -> Self {
        match self {
            reaction if latency.is_zero() => reaction,
            Self::Response(response) => Self::After(latency, response),
            Self::After(wait, response) => Self::After(wait.saturating_add(latency), response),
            reaction => reaction,
        }
    }

    /// Returns the response without its wait; `None` when the connection ends before the whole
    /// response. For a transport in memory that has no clock.
    pub fn into_response(self) -> Option<Response<Bytes>> {
        match self {
            Self::Response(response) | Self::After(_, response) => Some(response),
            Self::Drop | Self::CutShort { .. } => None,
        }
    }
}

pub(crate) const HELP: &str = "For support kindly contact us at support@imagekit.io .";

/// An error response. The message is that of the OpenAPI file if it has one for the case.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    body: Map<String, Value>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        let mut body = Map::new();
        body.insert("message".to_owned(), Value::String(message.into()));
        body.insert("help".to_owned(), HELP.into());
        Self { status, body }
    }

    /// The bytes of a file cannot be read from the data folder.
    pub(crate) fn unreadable(error: &std::io::Error) -> Self {
        let message = format!("The file cannot be read from the data folder: {error}.");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    }

    /// A change cannot be written to the data folder.
    pub(crate) fn not_written(message: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// 501 for what the emulator does not support; ImageKit has no such response.
    pub(crate) fn not_emulated(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("imagekit-emulator does not emulate {what}."),
        )
    }

    /// Makes 400 of 501, which no operation has: packages would repeat the request.
    pub(crate) fn in_api(mut self) -> Self {
        if self.status == StatusCode::NOT_IMPLEMENTED {
            self.status = StatusCode::BAD_REQUEST;
        }
        self
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    /// Adds `reason`, for programs.
    pub(crate) fn reason(self, reason: &str) -> Self {
        self.with("reason", reason)
    }

    pub(crate) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.body.insert(key.to_owned(), value.into());
        self
    }

    /// Replaces the message about what does not exist.
    pub(crate) fn instead_of_404(self, message: &str) -> Self {
        if self.status == StatusCode::NOT_FOUND { self.with("message", message) } else { self }
    }

    pub(crate) fn into_response(self) -> Response<Bytes> {
        json_response(self.status, &Value::Object(self.body))
    }
}

/// The result of a handler.
pub(crate) type Handled = Result<Response<Bytes>, Problem>;

/// 200 with JSON.
pub(crate) fn ok(body: &impl Serialize) -> Response<Bytes> {
    json_response(StatusCode::OK, body)
}

/// A status without a body.
pub(crate) fn empty(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}

pub(crate) fn json_response(status: StatusCode, body: &impl Serialize) -> Response<Bytes> {
    // Serialising the emulator's own types does not fail.
    let body = serde_json::to_vec(body).unwrap_or_default();
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// 429 as ImageKit sends it; its body has a message only.
pub(crate) fn too_many_requests() -> Response<Bytes> {
    let body = json!({ "message": "Rate limit exceeded." });
    json_response(StatusCode::TOO_MANY_REQUESTS, &body)
}

/// Sets `content-length` where a body may be, unless it is set (a response to HEAD).
pub(crate) fn set_length(response: &mut Response<Bytes>) {
    if !matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
        let length = HeaderValue::from(response.body().len());
        response.headers_mut().entry(CONTENT_LENGTH).or_insert(length);
    }
}
