//! Uploads from browsers: they carry a signature instead of the key, and pages of any origin may
//! send them.

use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_REQUEST_METHOD,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

/// Whether a request is an upload; everything else needs the key, which no page has.
pub(super) fn is_for_browsers(parts: &Parts) -> bool {
    matches!(parts.uri.path(), "/api/v1/files/upload" | "/api/v2/files/upload")
}

/// The response to a browser's preflight request.
pub(super) fn preflight(parts: &Parts) -> Option<Response<Bytes>> {
    let asks = parts.method == Method::OPTIONS
        && parts.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    if !asks || !is_for_browsers(parts) {
        return None;
    }
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    allow(headers);
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
    Some(response)
}

/// Lets a page of any origin read a response.
pub(super) fn allow(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
}
