//! The API alone: what there is without the feature `media`.
#![cfg(not(feature = "media"))]
#![allow(clippy::unwrap_used, reason = "helpers outside of test functions fail tests too")]

use bytes::Bytes;
use http::{Request, Response};
use imagekit_emulator::{Emulator, body_bytes};
use imagekit_proto::api::files::GetUploadedFileMetadata;
use imagekit_proto::api::upload::{FileSource, UploadFile};
use imagekit_proto::{Config, Endpoint as _, EndpointExt as _, RequestContext};

/// A PNG of one transparent pixel.
const PIXEL: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\nIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";

fn get(emulator: &Emulator, path: &str) -> Response<Bytes> {
    emulator.respond(Request::get(path).body(Bytes::new()).unwrap())
}

#[test]
fn headers_are_read_and_pixels_are_not() {
    let emulator = Emulator::new();
    let id = emulator.put("/a.png", PIXEL).unwrap().id;
    let config = Config::new(Emulator::PRIVATE_KEY).unwrap();
    let asked = GetUploadedFileMetadata::new(&id);
    let request = asked.build(&RequestContext::new(&config, 7)).unwrap().map(body_bytes);
    let metadata = asked.parse(&emulator.respond(request)).unwrap();
    assert_eq!((metadata.width, metadata.height), (Some(1), Some(1)));
    assert_eq!((metadata.p_hash.as_ref(), metadata.has_transparency), (None, None));
}

#[test]
fn files_are_delivered_as_they_are_and_transformations_are_not() {
    let emulator = Emulator::new();
    emulator.put("/a.png", PIXEL).unwrap();
    assert_eq!(get(&emulator, "/demo/a.png").body(), PIXEL);
    let response = get(&emulator, "/demo/tr:w-5/a.png");
    let body = String::from_utf8_lossy(response.body()).into_owned();
    assert!(response.status() == 501 && body.contains("feature `media`"), "{body}");
}

#[test]
fn an_upload_with_a_transformation_is_refused_and_stores_nothing() {
    let emulator = Emulator::new();
    let config = Config::new(Emulator::PRIVATE_KEY).unwrap();
    let upload =
        UploadFile::new("a.png").file(FileSource::bytes(PIXEL)).use_unique_file_name(false);
    let send = |upload: &UploadFile| {
        let request = upload.build(&RequestContext::new(&config, 7)).unwrap();
        emulator.respond(request.map(body_bytes))
    };
    let pre = serde_json::from_value(serde_json::json!({ "pre": "w-5" })).unwrap();
    let refused = send(&upload.clone().transformation(pre));
    let body = String::from_utf8_lossy(refused.body()).into_owned();
    assert!(refused.status() == 400 && body.contains("feature `media`"), "{body}");
    assert_eq!(emulator.file("/a.png"), None);
    assert_eq!(send(&upload).status(), 200);
}
