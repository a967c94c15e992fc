//! Responses that are made to exhaust the memory.

use allocation_counter::measure;
use bytes::Bytes;
use http::Response;
use imagekit_proto::operation;

/// The default limit of a response.
const LIMIT: usize = 32 << 20;

/// Small values that take much more memory than their text.
const PATTERNS: [&str; 2] = [r#"{"":0}"#, "[[],[0]]"];

/// Places without a type of their own, and the response around them.
const PLACES: [(&str, u16, &str, &str); 2] = [
    ("get-uploaded-file-metadata", 200, r#"{"exif":{"unknown":["#, "]}}"),
    ("get-file-details", 400, r#"{"message":"m","unknown":["#, "]}"),
];

/// The most bytes that are allocated at a time while a response is parsed.
fn peak(id: &str, status: u16, body: String) -> u64 {
    let response = Response::builder().status(status).body(Bytes::from(body)).unwrap();
    let entry = operation::find(id).unwrap();
    measure(|| drop(entry.parse(&response))).bytes_max
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
fn a_response_of_the_greatest_size_takes_eight_times_its_size() {
    for (id, status, head, tail) in PLACES {
        for pattern in PATTERNS {
            // The larger is refused before it is parsed, the smaller may be parsed.
            for size in [LIMIT, LIMIT / 16] {
                let peak = peak(id, status, document(size, head, pattern, tail));
                assert!(peak <= 8 * LIMIT as u64, "{id} {status} {pattern}: {peak} bytes");
            }
        }
    }
}
