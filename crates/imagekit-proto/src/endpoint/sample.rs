//! Sample requests and responses of the operations.

use super::{Endpoint, Operation};

/// A request type that the operation table can hold: its static facts and a sample.
#[diagnostic::on_unimplemented(
    message = "`{Self}` stands in the operation table without a sample request and response",
    label = "this request type has no `impl Documented`",
    note = "add `impl Documented for {Self}` to its file, with its OPERATION and a SAMPLE"
)]
pub(crate) trait Documented: Endpoint {
    /// The static facts.
    const OPERATION: &'static Operation;

    /// The plainest request and a response to it.
    const SAMPLE: Sample;
}

/// The plainest request of an operation, and a response to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    /// The request's fields as JSON, path parameters included.
    pub(crate) request: &'static str,
    /// The status of the response.
    pub(crate) status: u16,
    /// The body of the response.
    pub(crate) response: &'static str,
}

impl Sample {
    /// A response with status 200.
    pub(crate) const fn new(request: &'static str, response: &'static str) -> Self {
        Self { request, status: 200, response }
    }

    /// A response with status 204 and no body.
    pub(crate) const fn no_content(request: &'static str) -> Self {
        Self { request, status: 204, response: "" }
    }
}
