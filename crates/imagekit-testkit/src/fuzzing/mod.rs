//! Bodies of the fuzz targets: functions of arbitrary bytes that panic only when `imagekit-proto`
//! breaks a guarantee. They use its public API alone; the tests run them too.

mod batch_machine;
mod build_from_json;
mod call_machine;
mod create_once_machine;
mod delivery_url;
mod input;
mod json;
mod multipart;
mod outcomes;
mod pacer;
mod pages_machine;
mod parse_response;
mod path_and_query;
mod send_all_machine;
#[cfg(test)]
mod tests;
mod transformation;
mod verify_url;
mod wait_machine;
mod webhook;

pub use batch_machine::batch_machine;
pub use build_from_json::build_from_json;
pub use call_machine::call_machine;
pub use create_once_machine::create_once_machine;
pub use delivery_url::delivery_url;
pub use multipart::multipart;
pub use pacer::pacer;
pub use pages_machine::pages_machine;
pub use parse_response::parse_response;
pub use path_and_query::path_and_query;
pub use send_all_machine::send_all_machine;
pub use transformation::transformation;
pub use verify_url::verify_url;
pub use wait_machine::wait_machine;
pub use webhook::webhook;

/// The body of a target.
pub type Body = fn(&[u8]);

/// Every target: the name of its file in `fuzz/fuzz_targets` and of its folder in `fuzz/seeds`,
/// and its body.
pub static TARGETS: &[(&str, Body)] = &[
    ("batch_machine", batch_machine),
    ("build_from_json", build_from_json),
    ("call_machine", call_machine),
    ("create_once_machine", create_once_machine),
    ("delivery_url", delivery_url),
    ("multipart", multipart),
    ("pacer", pacer),
    ("pages_machine", pages_machine),
    ("parse_response", parse_response),
    ("path_and_query", path_and_query),
    ("send_all_machine", send_all_machine),
    ("transformation", transformation),
    ("verify_url", verify_url),
    ("wait_machine", wait_machine),
    ("webhook", webhook),
];
