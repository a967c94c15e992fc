//! Parses one response repeatedly, for counting instructions.
//!
//! `valgrind --tool=callgrind target/release/parse_cost file|page|metadata imagekit|hand TIMES`;
//! subtract the count of a run with 0 times.

#![expect(clippy::unwrap_used, reason = "a measurement has nobody to report to")]

use std::hint::black_box;

use bytes::Bytes;
use http::Response;
use imagekit_benches::{inputs, peers};
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::files::{GetFileDetails, GetUploadedFileMetadata};
use imagekit_proto::{Endpoint, EndpointExt as _};
use serde::de::DeserializeOwned;
use serde_json::Value;

fn run<E: Endpoint, P: DeserializeOwned>(endpoint: &E, value: &Value, ours: bool, times: usize) {
    let response = Response::new(Bytes::from(value.to_string()));
    for _ in 0..times {
        if ours {
            black_box(endpoint.parse(black_box(&response)).is_ok());
        } else {
            black_box(serde_json::from_slice::<P>(black_box(response.body())).is_ok());
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (ours, times) = (arguments[2] == "imagekit", arguments[3].parse().unwrap());
    match arguments[1].as_str() {
        "file" => run::<_, peers::File>(&GetFileDetails::new("a"), &inputs::file(1), ours, times),
        "page" => {
            run::<_, Vec<peers::Row>>(&ListAndSearchAssets::new(), &inputs::page(), ours, times);
        }
        _ => run::<_, peers::Metadata>(
            &GetUploadedFileMetadata::new("a"),
            &inputs::metadata(),
            ours,
            times,
        ),
    }
}
