//! Requests of web pages of other origins. ImageKit lets them upload: an upload carries a signature
//! instead of the key, which no page has.

use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_REQUEST_METHOD,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use imagekit_proto::RESPONSE_HEADERS;

/// Whether pages may send a request: uploads, or everything.
pub(super) fn is_for_pages(parts: &Parts, everything: bool) -> bool {
    everything || matches!(parts.uri.path(), "/api/v1/files/upload" | "/api/v2/files/upload")
}

/// The response to a browser's preflight request for what pages may send: uploads, requests for
/// files, or everything.
pub(super) fn preflight(
    parts: &Parts,
    everything: bool,
    is_of_file: impl Fn() -> bool,
) -> Option<Response<Bytes>> {
    let asks = parts.method == Method::OPTIONS
        && parts.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let methods = match () {
        () if !asks => return None,
        () if everything => "GET, POST, PUT, PATCH, DELETE",
        () if is_for_pages(parts, everything) => "POST",
        () if is_of_file() => "GET, HEAD",
        () => return None,
    };
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    allow(headers);
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(methods));
    // The asterisk does not stand for `authorization`.
    let allowed = if everything { "*, authorization" } else { "*" };
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(allowed));
    Some(response)
}

/// Lets a page of any origin read a response, with the headers that the core reads.
pub(super) fn allow(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if let Ok(exposed) = HeaderValue::from_str(&RESPONSE_HEADERS.join(", ")) {
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
}
