//! The table of facts of the official description against the operation table and the models.

use crate::read;
use imagekit_testkit::coverage::{Coverage, check, distill, inventory};
use serde_json::Value;

fn compare(text: &str) -> Coverage {
    check([("api.json", text)]).unwrap()
}

/// How many facts of each kind the table holds. A new fact changes its line here.
const INVENTORY: &[&str] = &[
    "$ref: 284",
    "additionalProperties: 7",
    "allOf: 34",
    "anyOf: 5",
    "const: 47",
    "content application/json: 172",
    "content multipart/form-data: 2",
    "enum: 125",
    "format binary: 2",
    "format date: 4",
    "in path: 27",
    "in query: 14",
    "maxItems: 4",
    "maxLength: 34",
    "maximum: 1",
    "minItems: 3",
    "minLength: 30",
    "minimum: 6",
    "name: 41",
    "oneOf: 105",
    "operationId: 53",
    "parameters: 41",
    "paths: 36",
    "pattern: 9",
    "properties: 857",
    "required: 146",
    "responses 200: 35",
    "responses 201: 7",
    "responses 202: 3",
    "responses 204: 10",
    "responses 207: 6",
    "responses 400: 39",
    "responses 401: 47",
    "responses 403: 47",
    "responses 404: 33",
    "responses 409: 4",
    "responses 423: 3",
    "responses 429: 45",
    "responses Forbidden: 1",
    "responses RateLimitExceeded: 1",
    "responses Unauthorized: 1",
    "schemas: 65",
    "servers: 2",
    "type: 16",
    "type array: 68",
    "type boolean: 81",
    "type integer: 9",
    "type number: 117",
    "type object: 261",
    "type string: 624",
    "url: 2",
    "webhooks: 12",
];

#[test]
fn nothing_is_missing() {
    let coverage = compare(&read("api.json"));
    assert!(coverage.missing.is_empty(), "{:#?}", coverage.missing);
    assert!(coverage.undescribed.is_empty(), "{:?}", coverage.undescribed);
    assert!(coverage.unused.is_empty(), "{:?}", coverage.unused);
    assert_eq!((coverage.operations, coverage.events), (53, 12));
}

/// Returns `text` with these paths and this event alone: comparing all of them takes seconds.
fn only(text: &str, paths: &[&str], event: &str) -> String {
    let mut table: Value = serde_json::from_str(text).unwrap();
    table["paths"].as_object_mut().unwrap().retain(|path, _| paths.contains(&path.as_str()));
    table["webhooks"].as_object_mut().unwrap().retain(|name, _| name == event);
    table.to_string()
}

#[test]
fn a_changed_fact_is_missing() {
    let changes = [
        (r#""/v1/files/purge":"#, r#""/v1/files/flush":"#, "POST /v1/files/flush"),
        (r#""operationId":"get-usage""#, r#""operationId":"get-use""#, "get-use:"),
        (r#""name":"searchQuery""#, r#""name":"query""#, "$.query: unknown field"),
        (r#""isPrivateFile":"#, r#""isSecret":"#, "isSecret"),
        (r#""ASC_NAME""#, r#""ASC_COLOUR""#, r#""ASC_COLOUR" has no name"#),
        (r#""const":"file.created""#, r#""const":"file.made""#, r#""file.made" has no name"#),
        (r#""maximum":1000"#, r#""maximum":1001"#, "$.limit: the maximum is not 1001"),
        (r#""required":["file","fileName"]"#, r#""required":["file"]"#, "$.fileName: is needed"),
        (
            r#""bitRate":{"type":"number"}"#,
            r#""bitRate":{"type":"string"}"#,
            "bitRate: a value does not fit",
        ),
        ("https://upload.imagekit.io", "https://uploads.imagekit.io", "goes to https://upload."),
    ];
    let paths = ["/v1/files", "/v1/files/purge", "/v1/accounts/usage", "/api/v1/files/upload"];
    let unchanged = only(&read("api.json"), &paths, "file.created");
    assert!(compare(&unchanged).missing.is_empty());
    let mut text = unchanged;
    for (old, new, _) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    let missing = compare(&text).missing;
    for (_, _, found) in changes {
        assert!(missing.iter().any(|line| line.contains(found)), "no {found}: {missing:#?}");
    }
}

#[test]
fn the_table_is_distilled() {
    let text = read("api.json");
    assert!(distill([("api.json", text.as_str())]).unwrap() == text, "run `cargo xtask distill`");
}

#[test]
fn no_fact_comes_or_goes_unseen() {
    let counts = inventory(&read("api.json")).unwrap();
    let lines: Vec<String> =
        counts.iter().map(|(kind, count)| format!("{kind}: {count}")).collect();
    assert_eq!(lines, INVENTORY, "{lines:#?}");
}
