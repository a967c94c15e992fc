//! The table of facts of the official description against the operation table and the models.

use crate::read;
use imagekit_testkit::coverage::{Coverage, check, distill};

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

#[test]
fn a_changed_fact_is_missing() {
    // One run for all of them: the comparison takes most of the time.
    let changes = [
        (r#""/v1/files/purge": {"#, r#""/v1/files/flush": {"#, "POST /v1/files/flush"),
        (r#""operationId":"get-usage""#, r#""operationId":"get-use""#, "get-use:"),
        (r#""name":"searchQuery""#, r#""name":"query""#, "$.query: unknown field"),
        (r#""isPrivateFile":"#, r#""isSecret":"#, "isSecret"),
        (r#""ASC_NAME""#, r#""ASC_COLOUR""#, r#""ASC_COLOUR" has no name"#),
        (r#""const":"file.created""#, r#""const":"file.made""#, r#""file.made" has no name"#),
        ("https://upload.imagekit.io", "https://uploads.imagekit.io", "goes to https://upload."),
    ];
    let mut text = read("api.json");
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
