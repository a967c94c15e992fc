//! Any response to any operation becomes a value that holds all of it, or a typed error.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use super::input::Input;
use super::json::{lost, same};
use imagekit_proto::error::ParseError;
use imagekit_proto::operation::Entry;

/// Headers that the library reads.
const HEADERS: &[&str] = &[
    "content-type",
    "x-ik-requestid",
    "x-ratelimit-limit",
    "x-ratelimit-reset",
    "x-ratelimit-interval",
    "retry-after",
    "retry-after-ms",
    "x-should-retry",
    "date",
];

/// Parses a response to an operation.
///
/// Layout: the operation's id in a line (or a byte for one), the status (a common one, or 0 and two
/// bytes of any), how many headers, for each its name and its value with a length before it, then
/// the body.
///
/// # Panics
///
/// Success and failure are mistaken for each other, a key of the response is lost, or what was read
/// is not the same when it is written and read again.
pub fn parse_response(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let Some(operation) = input.operation() else { return };
    let response = read_response(&mut input);
    let status = response.status();
    match operation.parse(&response) {
        Ok(value) => {
            assert!(status.is_success(), "{status} is no success");
            check_value(operation, &response, &value);
        }
        Err(error) => check_error(operation, status, &error),
    }
}

fn read_response(input: &mut Input<'_>) -> Response<Bytes> {
    let status = match input.choose(&[0, 200, 201, 202, 204, 207, 302, 400, 404, 429, 500], 0) {
        0 => 100 + (input.number(2) % 900) as u16,
        status => status,
    };
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    for _ in 0..input.byte() % 8 {
        let name = input.choose(HEADERS, "date");
        if let Ok(value) = HeaderValue::from_bytes(input.bytes()) {
            response.headers_mut().append(HeaderName::from_static(name), value);
        }
    }
    *response.body_mut() = Bytes::copy_from_slice(input.rest());
    response
}

fn check_value(operation: &Entry, response: &Response<Bytes>, value: &Value) {
    let Ok(written) = serde_json::to_vec(value) else { panic!("{value} has no JSON") };
    if !value.is_null() {
        let sent: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        assert_eq!(lost(&sent, value), None, "{operation:?}");
    }
    let mut again = Response::new(Bytes::from(written));
    *again.status_mut() = response.status();
    match operation.parse(&again) {
        Ok(again) => assert!(same(value, &again), "{operation:?}: {value} became {again}"),
        Err(error) => panic!("{operation:?} cannot read {value} again: {error}"),
    }
}

fn check_error(operation: &Entry, status: StatusCode, error: &ParseError) {
    assert!(!error.to_string().is_empty());
    let (id, told) = match error {
        ParseError::Api(error) => {
            assert!(!status.is_success(), "{status} is no error");
            (error.operation, error.status)
        }
        ParseError::Decode(error) => {
            assert!(status.is_success(), "{status} is an error of the API");
            (error.operation, error.status)
        }
    };
    assert_eq!((id, told), (operation.operation().id, status));
}
