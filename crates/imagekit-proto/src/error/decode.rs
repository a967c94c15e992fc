//! Successful responses whose body is not the operation's result.

use std::fmt;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::shape;
use super::text::OneLine;
use crate::meta::Meta;
use crate::secret::HiddenBytes;

/// A response whose status is 2xx, but whose body is not the operation's result: the HTML page of a
/// proxy, truncated JSON, JSON of another shape.
///
/// `Display` names the operation, the status and the position in the body. Neither `Display` nor
/// `Debug` prints anything of the body itself.
///
/// ```
/// use bytes::Bytes;
/// use imagekit_proto::EndpointExt as _;
/// use imagekit_proto::api::files::DeleteFile;
/// use imagekit_proto::error::ParseError;
///
/// let response = http::Response::new(Bytes::from("<html>Please log in</html>"));
/// let Err(ParseError::Decode(error)) = DeleteFile::new("abc").parse(&response) else { panic!() };
/// assert_eq!(error.operation, "delete-file");
/// assert_eq!(error.message, "it is not JSON");
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct DecodeError {
    /// The operation's id; empty until the error has passed through
    /// [`parse`](crate::EndpointExt::parse) or a call.
    pub operation: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// What is missing or wrong, without any value of the body.
    pub message: String,
    /// The line in the body, from 1; 0 when the position is not known.
    pub line: usize,
    /// The column in that line, from 1; 0 when the position is not known.
    pub column: usize,
    /// The `content-type` of the response.
    pub content_type: Option<String>,
    /// `x-ik-requestId`, by which ImageKit's support finds the request.
    pub request_id: Option<String>,
    /// The body, unchanged.
    pub body: Bytes,
}

impl DecodeError {
    /// Creates the error for a body that is wrong in the way that `message` says.
    pub fn new(response: &Response<Bytes>, message: impl Into<String>) -> Self {
        let content_type = response.headers().get(http::header::CONTENT_TYPE);
        let Meta { status, request_id, .. } = Meta::of(response);
        Self {
            operation: "",
            status,
            message: message.into(),
            line: 0,
            column: 0,
            content_type: content_type.and_then(|value| value.to_str().ok()).map(str::to_owned),
            request_id,
            body: response.body().clone(),
        }
    }

    /// Creates the error for a body at which the JSON reader stopped with `error`.
    pub(crate) fn json(response: &Response<Bytes>, error: &serde_json::Error) -> Self {
        let mut decode = Self::new(response, shape::of_response(error));
        decode.line = error.line();
        decode.column = error.column();
        decode
    }

    /// Names the operation whose result was expected.
    pub(crate) fn for_operation(mut self, operation: &'static str) -> Self {
        self.operation = operation;
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} got a response with status {} that is not its result: {}",
            self.operation, self.status, self.message
        )?;
        if self.line > 0 {
            write!(f, " at line {} column {}", self.line, self.column)?;
        }
        if let Some(content_type) = &self.content_type {
            write!(f, " (content-type {})", OneLine(content_type))?;
        }
        Ok(())
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("message", &self.message)
            .field("line", &self.line)
            .field("column", &self.column)
            .field("content_type", &self.content_type)
            .field("request_id", &self.request_id)
            .field("body", &HiddenBytes(&self.body))
            .finish()
    }
}

impl std::error::Error for DecodeError {}
