//! The operations from outside: what holds for every request and every model.
//!
//! `inputs.json` and `responses.json` hold every field that the OpenAPI file and its supplement
//! know, once per variant: lists of an operation's id and an input, or of an id, a status and a
//! response (null: an empty body). The samples of the table join them.

mod edits;
mod fields;
mod limits;
mod models;
mod requests;
mod samples;
mod secrets;
mod sources;
mod urls;

use imagekit_proto::operation;
use serde_json::Value;

/// The inputs of the file, and the samples of the table.
fn inputs() -> Vec<(String, Value)> {
    let mut inputs: Vec<(String, Value)> =
        serde_json::from_str(include_str!("inputs.json")).unwrap();
    for entry in operation::all() {
        inputs.push((entry.operation().id.to_owned(), entry.sample_request()));
    }
    inputs
}
