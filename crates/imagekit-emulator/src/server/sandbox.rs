//! Documents of the library that a browser would run scripts of.
//!
//! They share their origin with the page at `/_emulator`, and may come from anybody who uploads to
//! the application under test.

use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};

/// Scripts run, in an origin of their own.
const POLICY: HeaderValue =
    HeaderValue::from_static("sandbox allow-scripts allow-forms allow-popups allow-modals");

/// Gives a document that may hold scripts an origin of its own.
pub(super) fn confine(headers: &mut HeaderMap) {
    let mime = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mime = mime.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if mime.ends_with("html") || mime.ends_with("xml") {
        headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_with_scripts_are_confined() {
        let confined = |mime: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(mime));
            confine(&mut headers);
            headers.contains_key(CONTENT_SECURITY_POLICY)
        };
        for mime in ["text/html", "text/html; charset=utf-8", "image/svg+xml", "application/xml"] {
            assert!(confined(mime), "{mime}");
        }
        for mime in ["image/png", "application/json", "application/pdf", "text/plain"] {
            assert!(!confined(mime), "{mime}");
        }
    }
}
