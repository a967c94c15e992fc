//! Helpers of all tests.

use std::sync::LazyLock;

use bytes::Bytes;
use http::{Request, Response};
use imagekit_emulator::{Emulator, body_bytes, media};
use imagekit_proto::api::upload::{FileSource, UploadFile, UploadedFile};
use imagekit_proto::error::ApiError;
use imagekit_proto::{Config, Endpoint, EndpointExt as _, ParseError, RequestContext};
use serde_json::Value;

pub(crate) fn config() -> Config {
    Config::new(Emulator::PRIVATE_KEY).unwrap()
}

/// The response to an endpoint, before it is parsed.
pub(crate) fn raw<E: Endpoint>(emulator: &Emulator, endpoint: &E) -> Response<Bytes> {
    raw_with(emulator, endpoint, &config())
}

pub(crate) fn raw_with<E: Endpoint>(
    emulator: &Emulator,
    endpoint: &E,
    config: &Config,
) -> Response<Bytes> {
    let request = endpoint.build(&RequestContext::new(config, 7).skip_limit_checks(true)).unwrap();
    emulator.respond(request.map(body_bytes))
}

pub(crate) fn send<E: Endpoint>(emulator: &Emulator, endpoint: &E) -> E::Output {
    endpoint.parse(&raw(emulator, endpoint)).unwrap()
}

/// The API's error.
pub(crate) fn refused<E: Endpoint>(emulator: &Emulator, endpoint: &E) -> Box<ApiError> {
    match endpoint.parse(&raw(emulator, endpoint)) {
        Err(ParseError::Api(error)) => error,
        Err(other) => panic!("not an API error: {other}"),
        Ok(_) => panic!("{} succeeded", endpoint.operation().id),
    }
}

/// A request that the core has no type for.
pub(crate) fn json(emulator: &Emulator, method: &str, path: &str, body: Value) -> (u16, Value) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", "Basic cHJpdmF0ZV9lbXVsYXRvcjo=")
        .body(Bytes::from(body.to_string()))
        .unwrap();
    let response = emulator.respond(request);
    let status = response.status().as_u16();
    (status, serde_json::from_slice(response.body()).unwrap_or(Value::Null))
}

/// Uploads bytes by a form of these fields, written by hand.
pub(crate) fn form(emulator: &Emulator, fields: &[(&str, &str)], bytes: &[u8]) -> (u16, Value) {
    post_form(emulator, fields, bytes, Some("Basic cHJpdmF0ZV9lbXVsYXRvcjo="))
}

/// As [`form`], without the private key.
#[cfg(feature = "server")]
pub(crate) fn form_without_key(
    emulator: &Emulator,
    fields: &[(&str, &str)],
    bytes: &[u8],
) -> (u16, Value) {
    post_form(emulator, fields, bytes, None)
}

fn post_form(
    emulator: &Emulator,
    fields: &[(&str, &str)],
    bytes: &[u8],
    authorization: Option<&str>,
) -> (u16, Value) {
    let mut body = Vec::new();
    let mut part = |head: &str, data: &[u8]| {
        body.extend_from_slice(b"--b\r\ncontent-disposition: form-data; name=");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(data);
        body.extend_from_slice(b"\r\n");
    };
    part("\"file\"; filename=\"f\"", bytes);
    for (name, value) in fields {
        part(&format!("\"{name}\""), value.as_bytes());
    }
    if !fields.iter().any(|(name, _)| *name == "useUniqueFileName") {
        part("\"useUniqueFileName\"", b"false");
    }
    body.extend_from_slice(b"--b--\r\n");
    let mut request = Request::post("/api/v1/files/upload")
        .header("content-type", "multipart/form-data; boundary=b")
        .body(Bytes::from(body))
        .unwrap();
    if let Some(authorization) = authorization {
        request.headers_mut().insert("authorization", authorization.parse().unwrap());
    }
    let response = emulator.respond(request);
    let status = response.status().as_u16();
    (status, serde_json::from_slice(response.body()).unwrap_or(Value::Null))
}

/// Defines a custom metadata field with this schema.
pub(crate) fn define(emulator: &Emulator, name: &str, schema: Value) {
    let body = serde_json::json!({ "name": name, "label": name, "schema": schema });
    let (status, body) = json(emulator, "POST", "/v1/customMetadataFields", body);
    assert_eq!(status, 201, "{body}");
}

pub(crate) static PHOTO: LazyLock<Bytes> = LazyLock::new(|| media::sample_photo().into());

/// An upload of the sample photo under exactly this name.
pub(crate) fn photo(name: &str) -> UploadFile {
    UploadFile::new(name).file(FileSource::bytes(PHOTO.clone())).use_unique_file_name(false)
}

pub(crate) fn text(name: &str, content: &'static str) -> UploadFile {
    UploadFile::new(name).file(FileSource::bytes(content)).use_unique_file_name(false)
}

pub(crate) fn upload(emulator: &Emulator, upload: &UploadFile) -> UploadedFile {
    send(emulator, upload).file().unwrap().clone()
}
