//! The body of a response while it arrives.

use std::fmt;
use std::io;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::response::Parts;
use http::{Response, StatusCode};

use crate::error::{Failure, FailureKind};

/// No more than this is reserved for a length that the server announces.
const RESERVED: u64 = 1 << 20;

/// The body of a response while it arrives: it becomes neither longer than allowed nor shorter than
/// announced.
///
/// ```
/// use bytes::Bytes;
/// use http::response::Parts;
/// use imagekit_proto::error::Failure;
/// use imagekit_proto::transport::ResponseBody;
///
/// fn receive(
///     parts: Parts,
///     chunks: impl Iterator<Item = std::io::Result<Bytes>>,
///     max_response: u64, // of the attempt
/// ) -> Result<http::Response<Bytes>, Failure<std::io::Error>> {
///     let mut body = ResponseBody::new(&parts, max_response)?;
///     for chunk in chunks {
///         body.push(&chunk.map_err(Failure::ambiguous)?)?;
///     }
///     Ok(body.finish(parts)?)
/// }
///
/// let chunks = || [Ok(Bytes::from("{}")), Ok(Bytes::from("{}"))].into_iter();
/// let parts = || http::Response::new(()).into_parts().0;
/// assert_eq!(receive(parts(), chunks(), 4).unwrap().body(), "{}{}");
/// assert!(receive(parts(), chunks(), 3).is_err());
/// ```
#[derive(Debug)]
pub struct ResponseBody {
    limit: u64,
    announced: Option<u64>,
    bytes: Vec<u8>,
}

impl ResponseBody {
    /// Creates the body of the response with this head. `max_response` is that of the
    /// [`Attempt`](crate::Attempt).
    ///
    /// # Errors
    ///
    /// The `content-length` of the response is over the limit.
    pub fn new(head: &Parts, max_response: u64) -> Result<Self, ResponseError> {
        let announced = announced_len(head);
        if announced.is_some_and(|len| len > max_response) {
            return Err(ResponseError(Wrong::TooLarge { limit: max_response }));
        }
        let reserved = usize::try_from(announced.unwrap_or_default().min(RESERVED));
        let bytes = Vec::with_capacity(reserved.unwrap_or_default());
        Ok(Self { limit: max_response, announced, bytes })
    }

    /// Returns how many bytes are missing; `None` if the server did not announce how many come.
    pub fn missing(&self) -> Option<u64> {
        Some(self.announced?.saturating_sub(self.bytes.len() as u64))
    }

    /// Appends a chunk.
    ///
    /// # Errors
    ///
    /// The body is over the limit.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), ResponseError> {
        if (self.bytes.len() as u64).saturating_add(chunk.len() as u64) > self.limit {
            return Err(ResponseError(Wrong::TooLarge { limit: self.limit }));
        }
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }

    /// Returns the response, after the last chunk.
    ///
    /// # Errors
    ///
    /// The body has not the announced length.
    pub fn finish(self, head: Parts) -> Result<Response<Bytes>, ResponseError> {
        match self.announced {
            Some(announced) if announced != self.bytes.len() as u64 => {
                let length = self.bytes.len() as u64;
                Err(ResponseError(Wrong::Length { announced, length }))
            }
            _ => Ok(Response::from_parts(head, self.bytes.into())),
        }
    }
}

/// Returns the length that a head announces.
fn announced_len(head: &Parts) -> Option<u64> {
    let bodiless = [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&head.status);
    if bodiless || head.headers.contains_key(TRANSFER_ENCODING) {
        return None;
    }
    head.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A response whose body is too long or too short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponseError(Wrong);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    TooLarge { limit: u64 },
    Length { announced: u64, length: u64 },
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Wrong::TooLarge { limit } => {
                write!(f, "the response is longer than the {limit} bytes of max_response")
            }
            Wrong::Length { announced, length } => {
                write!(f, "the response has {length} of {announced} announced bytes")
            }
        }
    }
}

impl std::error::Error for ResponseError {}

impl From<ResponseError> for io::Error {
    fn from(error: ResponseError) -> Self {
        Self::new(io::ErrorKind::InvalidData, error)
    }
}

impl<T: From<io::Error>> From<ResponseError> for Failure<T> {
    fn from(error: ResponseError) -> Self {
        let kind = match error.0 {
            Wrong::TooLarge { .. } => FailureKind::TooLarge,
            Wrong::Length { .. } => FailureKind::Ambiguous,
        };
        Self::new(kind, io::Error::from(error).into())
    }
}
