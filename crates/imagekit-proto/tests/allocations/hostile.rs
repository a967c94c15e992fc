//! Responses that are made to exhaust the memory.

use allocation_counter::measure;
use bytes::Bytes;
use http::Response;
use imagekit_proto::EndpointExt as _;
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::files::{GetFileDetails, GetUploadedFileMetadata, ListFileVersions};

/// The default limit of a response.
const LIMIT: usize = 32 << 20;

/// The most that a response and its result may take.
const MOST: u64 = 8 * LIMIT as u64;

/// Small values that take much more memory than their text.
const PATTERNS: [&str; 4] = [r#"{"":0}"#, "[[],[0]]", r#"{"fileId":"","a":{"":0}}"#, "1e5"];

type Parse = fn(&Response<Bytes>);

/// Places without a type of their own, and the response around them.
const PLACES: [(Parse, u16, &str, &str); 7] = [
    (metadata, 200, r#"{"exif":{"unknown":["#, "]}}"),
    (metadata, 400, r#"{"message":"m","unknown":["#, "]}"),
    (metadata, 400, r#"{"errors":["#, "]}"),
    (
        versions,
        200,
        r#"[{"fileId":"a","name":"n","filePath":"/n","url":"u","versionInfo":{"unknown":["#,
        "]}}]",
    ),
    (
        list,
        200,
        r#"[{"type":"folder","folderId":"a","name":"n","folderPath":"/n","unknown":["#,
        "]}]",
    ),
    (
        list,
        200,
        r#"[{"type":"folder","folderId":"a","name":"n","folderPath":"/n","embeddedMetadata":{"unknown":["#,
        "]}}]",
    ),
    (list, 200, r#"[{"type":"unknown","unknown":["#, "]}]"),
];

fn metadata(response: &Response<Bytes>) {
    drop(GetUploadedFileMetadata::new("a").parse(response));
}

fn details(response: &Response<Bytes>) {
    drop(GetFileDetails::new("a").parse(response));
}

fn versions(response: &Response<Bytes>) {
    drop(ListFileVersions::new("a").parse(response));
}

fn list(response: &Response<Bytes>) {
    drop(ListAndSearchAssets::new().parse(response));
}

/// The body, and the most bytes that are allocated at a time while it is parsed.
fn memory(parse: Parse, status: u16, body: String) -> u64 {
    let size = body.len() as u64;
    let response = Response::builder().status(status).body(Bytes::from(body)).unwrap();
    size + measure(|| parse(&response)).bytes_max
}

fn document(size: usize, head: &str, pattern: &str, tail: &str) -> String {
    let count = size.saturating_sub(head.len() + tail.len()) / (pattern.len() + 1);
    let mut body = String::with_capacity(size);
    body.push_str(head);
    for index in 0..count {
        if index > 0 {
            body.push(',');
        }
        body.push_str(pattern);
    }
    body.push_str(tail);
    body
}

#[test]
fn a_response_takes_no_more_than_eight_times_the_greatest_size() {
    for (parse, status, head, tail) in PLACES {
        for pattern in PATTERNS {
            // The larger are refused before they are parsed, the smaller are parsed.
            for size in [LIMIT / 8, LIMIT / 24] {
                let memory = memory(parse, status, document(size, head, pattern, tail));
                assert!(memory <= MOST, "{status} {head} {size} of {pattern}: {memory} bytes");
            }
        }
    }
}

#[test]
fn a_long_text_leaves_less_for_small_values() {
    const HEAD: &str =
        r#"{"fileId":"a","name":"n","filePath":"/n","url":"u","versionInfo":{"unknown":["#;
    let head = format!("{HEAD}\"{}\",", "a".repeat(LIMIT - (4 << 20)));
    // The larger is refused before it is parsed, the smaller is parsed.
    for size in [7 << 19, 3 << 19] {
        let body = document(head.len() + size, &head, r#"["a"]"#, "]}}");
        let memory = memory(details, 200, body);
        assert!(memory <= MOST, "{size}: {memory} bytes");
    }
}
