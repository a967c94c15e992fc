//! Answers: what the API may leave out, add or spell anew never fails, and nothing is lost.

use bytes::Bytes;
use http::Response;
use imagekit_proto::{ParseError, operation};
use proptest::prelude::*;
use serde_json::Value;

use super::edits::{apply, edits, lost};

/// The keys that name a thing or its type: a response without it is another shape. `key` is an
/// entry of a map, which is there or not, like an item of a list. The response of a bulk operation
/// has to name a file.
const REQUIRED: &[&str] = &[
    "field",
    "fileId",
    "filePath",
    "folderId",
    "folderPath",
    "id",
    "instruction",
    "jobId",
    "key",
    "label",
    "name",
    "requestId",
    "schema",
    "status",
    "successfullyDeletedFileIds",
    "successfullyUpdatedFileIds",
    "transformation",
    "type",
    "url",
];

/// Those of the file, and the samples of the table.
fn responses() -> Vec<(String, u16, Value)> {
    let mut responses: Vec<(String, u16, Value)> =
        serde_json::from_str(include_str!("responses.json")).unwrap();
    for entry in operation::all() {
        let sample = entry.sample_response();
        let body = serde_json::from_slice(sample.body()).unwrap_or_default();
        responses.push((entry.operation().id.to_owned(), sample.status().as_u16(), body));
    }
    responses
}

fn parse(id: &str, status: u16, response: &Value) -> Result<Value, ParseError> {
    let body = if response.is_null() { Bytes::new() } else { Bytes::from(response.to_string()) };
    let response = Response::builder().status(status).body(body).unwrap();
    operation::find(id).unwrap().parse(&response)
}

#[test]
fn every_field_of_every_response_is_kept() {
    for (id, status, response) in responses() {
        let value = parse(&id, status, &response).unwrap_or_else(|error| panic!("{id}: {error}"));
        let lost = lost(&response, Some(&value), &id);
        // An operation without a result has none, whatever the API says.
        assert!(lost.is_empty() || value.is_null(), "{lost:?}");
    }
}

proptest! {
    #[test]
    fn nulls_unknown_keys_and_new_values_are_kept(
        place in any::<prop::sample::Index>(),
        edits in edits(),
    ) {
        let responses = responses();
        let (id, status, response) = place.get(&responses);
        let response = apply(response.clone(), &edits, REQUIRED);
        let value = match parse(id, *status, &response) {
            Ok(value) => value,
            Err(error) => return Err(TestCaseError::fail(format!("{error}: {response}"))),
        };
        if !value.is_null() {
            let lost = lost(&response, Some(&value), id);
            prop_assert!(lost.is_empty(), "{:?}", lost);
            prop_assert_eq!(parse(id, *status, &value).unwrap(), value);
        }
    }
}
