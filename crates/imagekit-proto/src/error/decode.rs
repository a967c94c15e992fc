//! A success that is not the operation's answer.

use std::fmt;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::shape;
use crate::secret::HiddenBytes;
use crate::wire::Meta;

/// The status says success, but the body is not the operation's answer: HTML of a proxy,
/// truncated JSON, JSON of another shape.
///
/// `Display` names the operation, the status, and where in the body it went wrong; it prints
/// nothing of the body itself, nor does `Debug`.
#[derive(Clone)]
#[non_exhaustive]
pub struct DecodeError {
    /// The operation's id.
    pub operation: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// What was expected and missing, without any value of the body.
    pub message: String,
    /// The line in the body, from 1; 0 when there is no place to name.
    pub line: usize,
    /// The column in that line, from 1; 0 when there is no place to name.
    pub column: usize,
    /// The `content-type` of the response.
    pub content_type: Option<String>,
    /// `x-ik-requestId`: what ImageKit's support asks for.
    pub request_id: Option<String>,
    /// The body as it came.
    pub body: Bytes,
}

impl DecodeError {
    /// The body of `response` is not what `message` says it should be.
    pub fn new(
        operation: &'static str,
        response: &Response<Bytes>,
        message: impl Into<String>,
    ) -> Self {
        let content_type = response.headers().get(http::header::CONTENT_TYPE);
        let Meta { status, request_id, .. } = Meta::of(response);
        Self {
            operation,
            status,
            message: message.into(),
            line: 0,
            column: 0,
            content_type: content_type.and_then(|value| value.to_str().ok()).map(str::to_owned),
            request_id,
            body: response.body().clone(),
        }
    }

    /// The JSON reader stopped at `error`.
    pub(crate) fn json(
        operation: &'static str,
        response: &Response<Bytes>,
        error: &serde_json::Error,
    ) -> Self {
        let mut decode = Self::new(operation, response, shape::of_answer(error));
        decode.line = error.line();
        decode.column = error.column();
        decode
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} was answered with {}, but not with its result: {}",
            self.operation, self.status, self.message
        )?;
        if self.line > 0 {
            write!(f, " at line {} column {}", self.line, self.column)?;
        }
        if let Some(content_type) = &self.content_type {
            write!(f, " (content-type {content_type})")?;
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
