//! Any JSON becomes a request to the right server, or a typed error that holds no secret.

use std::fmt::{Debug, Display};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use serde_json::Value;

use super::input::Input;
use imagekit_proto::Config;
use imagekit_proto::RequestContext;
use imagekit_proto::Server;
use imagekit_proto::operation::Entry;
use imagekit_proto::wire::Body;

const KEY: &str = "private_fuzz_key";
const API: &str = "api.example.com";
const UPLOAD: &str = "upload.example.com";

/// Builds an operation's request. Layout: its id in a line (or a byte for one), whether its
/// plainest input lies under what follows, then JSON.
///
/// # Panics
///
/// The request goes to another server or place, announces another length than its body has, or a
/// text for people holds the key.
pub fn build_from_json(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let Some(operation) = input.operation() else { return };
    let complete = input.byte() % 2 == 0;
    // An error may name the value that is wrong: a key that the caller wrote there is not ours.
    let Ok(json) = serde_json::from_slice::<Value>(input.rest()) else { return };
    if holds_key(&json.to_string()) {
        return;
    }
    let json = if complete { over(operation.sample_request(), json) } else { json };
    let endpoint = match operation.endpoint(json) {
        Ok(endpoint) => endpoint,
        Err(error) => return tells_no_key(&error),
    };
    let config = Config::new(KEY)
        .and_then(|config| config.with_api_url("https://api.example.com"))
        .and_then(|config| config.with_upload_url("https://upload.example.com"));
    let Ok(config) = config else { panic!("the configuration is fine") };
    match endpoint.build(&RequestContext::new(&config, 7)) {
        Ok(request) => check(operation, &request),
        Err(error) => tells_no_key(&error),
    }
}

/// The keys of `json` over those of `example`.
fn over(example: Value, json: Value) -> Value {
    match (example, json) {
        (Value::Object(mut example), Value::Object(json)) => {
            example.extend(json);
            Value::Object(example)
        }
        (_, json) => json,
    }
}

fn check(entry: &Entry, request: &Request<Body>) {
    let operation = entry.operation();
    assert_eq!(request.method(), operation.method, "{operation:?}");
    let (uri, headers) = (request.uri(), request.headers());
    let server = if operation.server == Server::Upload { UPLOAD } else { API };
    assert_eq!(uri.authority().map(|authority| authority.as_str()), Some(server), "{uri}");
    assert_eq!(uri.scheme_str(), Some("https"));
    assert!(uri.to_string().parse().is_ok_and(|again: http::Uri| again == *uri), "{uri}");
    check_path(operation.path, uri.path());

    let body = request.body();
    let announced = headers.get(CONTENT_LENGTH).map(|len| len.to_str().unwrap_or_default());
    match operation.method.as_str() {
        "GET" | "DELETE" if body.is_empty() => assert_eq!(announced, None),
        _ => assert_eq!(announced, Some(body.len().to_string().as_str()), "{operation:?}"),
    }
    assert_eq!(headers.contains_key(CONTENT_TYPE), !body.is_empty());
    if let Some(bytes) = body.as_bytes() {
        assert_eq!(bytes.len() as u64, body.len());
        if headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json") {
            assert!(serde_json::from_slice::<Value>(bytes).is_ok_and(|json| json.is_object()));
        }
    }
    for name in headers.keys() {
        assert_eq!(headers.get_all(name).iter().count(), 1, "{name} is there twice");
    }
    assert!(headers.get(AUTHORIZATION).is_none_or(|value| value.is_sensitive()));
    assert!(!holds_key(&format!("{request:?}")), "{request:?}");
}

/// As many segments as the operation's own path, and its fixed ones.
fn check_path(template: &str, path: &str) {
    assert_eq!(path.split('/').count(), template.split('/').count(), "{path}");
    for (expected, segment) in template.split('/').zip(path.split('/')) {
        let parameter = expected.starts_with('{') && !matches!(segment, "" | "." | "..");
        assert!(parameter || expected == segment, "{path} is not {template}");
    }
}

fn tells_no_key(error: &(impl Debug + Display)) {
    let text = format!("{error} {error:?}");
    assert!(!holds_key(&text), "{text}");
}

fn holds_key(text: &str) -> bool {
    text.contains(KEY) || text.contains(STANDARD.encode(KEY).trim_end_matches('='))
}
