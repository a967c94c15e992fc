//! The table of facts of the official description against the operation table and the models.

use crate::read;
use imagekit_testkit::coverage::{Coverage, check, distill};
use serde_json::Value;

fn compare(text: &str) -> Coverage {
    check([("api.json", text)]).unwrap()
}

#[test]
fn nothing_is_missing() {
    let coverage = compare(&read("api.json"));
    assert!(coverage.missing.is_empty(), "{:#?}", coverage.missing);
    assert!(coverage.undescribed.is_empty(), "{:?}", coverage.undescribed);
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
