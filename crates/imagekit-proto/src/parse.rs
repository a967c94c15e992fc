//! From a response to an operation's result: the helpers an [`Endpoint`](crate::Endpoint) uses.
//!
//! The body decides: a 2xx whose body is the documented answer is success, whatever its
//! `content-type` says; one whose body is not is a [`DecodeError`].

use bytes::Bytes;
use http::Response;
use serde::de::DeserializeOwned;

use crate::error::{ApiError, DecodeError, ParseError};

/// A JSON result.
///
/// # Errors
///
/// The status is no success, or the body is not a `T`.
pub fn json<T: DeserializeOwned>(
    operation: &'static str,
    response: &Response<Bytes>,
) -> Result<T, ParseError> {
    success(operation, response)?;
    // Checking UTF-8 once is faster than having the JSON reader check every text by itself.
    let text = std::str::from_utf8(response.body())
        .map_err(|_| DecodeError::new(operation, response, "it is not UTF-8"))?;
    serde_json::from_str(text)
        .map_err(|error| DecodeError::json(operation, response, &error).into())
}

/// No result: an empty body, `null` or an object. HTML of a proxy is none of them.
///
/// # Errors
///
/// The status is no success, or the body is something else.
pub fn empty(operation: &'static str, response: &Response<Bytes>) -> Result<(), ParseError> {
    success(operation, response)?;
    if response.body().iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    json::<Option<crate::types::Extra>>(operation, response).map(|_| ())
}

/// Nothing, if the status is 2xx.
///
/// # Errors
///
/// The API's error, if it is not.
pub fn success(operation: &'static str, response: &Response<Bytes>) -> Result<(), ParseError> {
    if response.status().is_success() {
        Ok(())
    } else {
        Err(ApiError::of(operation, response).into())
    }
}
