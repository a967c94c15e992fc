//! Bodies of the fuzz targets: functions of any bytes that panic only when the crate breaks one
//! of its promises. They live here so that tests run them too.

#![expect(clippy::panic, reason = "a broken promise has to stop the fuzzer")]

mod build_from_json;
mod call_machine;
mod delivery_url;
mod input;
mod json;
mod multipart;
mod parse_response;
mod path_and_query;
#[cfg(test)]
mod tests;
mod transformation;
mod verify_url;
mod webhook;

pub use build_from_json::build_from_json;
pub use call_machine::call_machine;
pub use delivery_url::delivery_url;
pub use multipart::multipart;
pub use parse_response::parse_response;
pub use path_and_query::path_and_query;
pub use transformation::transformation;
pub use verify_url::verify_url;
pub use webhook::webhook;

/// The body of a target.
pub type Body = fn(&[u8]);

/// Every target: the name of its file in `fuzz/fuzz_targets` and of its folder in `fuzz/seeds`,
/// and its body.
pub static TARGETS: &[(&str, Body)] = &[
    ("build_from_json", build_from_json),
    ("call_machine", call_machine),
    ("delivery_url", delivery_url),
    ("multipart", multipart),
    ("parse_response", parse_response),
    ("path_and_query", path_and_query),
    ("transformation", transformation),
    ("verify_url", verify_url),
    ("webhook", webhook),
];
