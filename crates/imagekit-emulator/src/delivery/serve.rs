//! Headers, conditions and ranges of a delivered file.

use bytes::Bytes;
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, IF_RANGE, RANGE, VARY,
};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};

use super::header;
use super::range::{Range, select};

/// How long a public file is kept: a year, as the ImageKit CDN has it.
const PUBLIC: &str = "public, s-maxage=31536000, max-age=31536000, must-revalidate";
const PRIVATE: &str = "private, no-cache";

/// A file that is ready to be sent.
pub(super) struct Ready {
    pub(super) bytes: Bytes,
    pub(super) mime: String,
    pub(super) etag: String,
    pub(super) is_private: bool,
    /// The format depends on the `Accept` header.
    pub(super) negotiated: bool,
    /// The name under which a browser saves it.
    pub(super) attachment: Option<String>,
}

impl Ready {
    /// Responds to a GET or HEAD: 200, 206, 304 or 416.
    pub(super) fn respond(self, parts: &Parts) -> Response<Bytes> {
        let mut response = Response::new(Bytes::new());
        let etag = format!("\"{}\"", self.etag);
        let cache = if self.is_private { PRIVATE } else { PUBLIC };
        let headers = response.headers_mut();
        put(headers, ETAG, &etag);
        put(headers, CACHE_CONTROL, cache);
        put(headers, ACCEPT_RANGES, "bytes");
        if self.negotiated {
            put(headers, VARY, "Accept");
        }
        if header(parts, &IF_NONE_MATCH).is_some_and(|tags| matches_any(tags, &etag)) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        put(headers, CONTENT_TYPE, &self.mime);
        if let Some(name) = &self.attachment {
            put(headers, CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
        }
        let size = self.bytes.len();
        // A range of another version of the file would not fit.
        let same = header(parts, &IF_RANGE).is_none_or(|tag| tag == etag);
        let range = header(parts, &RANGE).filter(|_| same && parts.method == Method::GET);
        let body = match range.map_or(Range::Whole, |range| select(range, size)) {
            Range::Whole => self.bytes,
            Range::Part(part) => {
                let last = part.end.saturating_sub(1);
                put(headers, CONTENT_RANGE, &format!("bytes {}-{last}/{size}", part.start));
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                self.bytes.slice(part)
            }
            Range::Unsatisfiable => {
                put(headers, CONTENT_RANGE, &format!("bytes */{size}"));
                *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
                Bytes::new()
            }
        };
        *response.body_mut() = body;
        response
    }
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    // The emulator's own texts; a file name holds letters of other languages at most.
    if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
        headers.insert(name, value);
    }
}

/// Whether a list of entity tags names this one; weak tags compare as strong ones (RFC 9110).
fn matches_any(tags: &str, etag: &str) -> bool {
    tags.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}
