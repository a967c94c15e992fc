//! From a response body to an operation's result: functions for
//! [`Endpoint::decode`](crate::Endpoint::decode).
//!
//! The body decides: a 2xx with the documented body is a success, whatever its `content-type` says;
//! any other body is a [`DecodeError`].

use bytes::Bytes;
use http::Response;
use serde::de::DeserializeOwned;

use crate::error::DecodeError;
use crate::json_cost::is_excessive;
use crate::types::Extra;

/// Decodes a JSON body.
///
/// # Errors
///
/// The body is not the JSON of a `T`.
pub fn json<T: DeserializeOwned>(response: &Response<Bytes>) -> Result<T, DecodeError> {
    if is_excessive(response.body()) {
        return Err(DecodeError::new(
            response,
            "it has too many small values, and would take more memory than a result may",
        ));
    }
    // Checking UTF-8 once is faster than having the JSON reader check every text by itself.
    let text = std::str::from_utf8(response.body())
        .map_err(|_| DecodeError::new(response, "it is not UTF-8"))?;
    serde_json::from_str(text).map_err(|error| DecodeError::json(response, &error))
}

/// Accepts a body without a result: empty, `null` or an object. The HTML page of a proxy is none of
/// them.
///
/// # Errors
///
/// The body is something else.
pub fn empty(response: &Response<Bytes>) -> Result<(), DecodeError> {
    if response.body().iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    json::<Option<Extra>>(response).map(|_| ())
}
