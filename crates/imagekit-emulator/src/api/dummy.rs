//! The operation of the OpenAPI file that only generators of packages need: it does nothing.

use http::{Method, StatusCode};
use imagekit_proto::{Idempotency, Operation};

use crate::response::{Handled, empty};

/// The operation of this file.
pub(super) const OPERATION: &Operation = &Operation::new(
    "create-dummy-test",
    Method::POST,
    "/v1/dummy/test",
    Idempotency::Idempotent,
    "https://imagekit.io/docs/api-reference",
);

pub(super) fn create() -> Handled {
    Ok(empty(StatusCode::NO_CONTENT))
}
