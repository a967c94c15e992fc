//! Each suite on one made-up vector.

use super::*;

fn counts(run: Compare, case: &str) -> String {
    let mut report = Report::default();
    run(&format!(r#"{{"vectors":[{{"id":"x",{case}}}]}}"#), &mut report).unwrap();
    report.summary()
}

const PASSED: &str = "1 passed, 0 failed, 0 skipped";
const FAILED: &str = "0 passed, 1 failed, 0 skipped";
const SKIPPED: &str = "0 passed, 0 failed, 1 skipped";

#[test]
fn keys_are_read_in_their_order() {
    let case =
        |expected| format!(r#""input":[{{"width":5.0,"height":1}}],"expected":"{expected}""#);
    assert_eq!(counts(transformations::run, &case("w-5,h-1")), PASSED);
    assert_eq!(counts(transformations::run, &case("h-1,w-5")), FAILED);
}

#[test]
fn either_result_is_accepted_unless_one_is_preferred() {
    let case = |prefer| {
        format!(
            r#""input":[{{"progressive":false}}],"node":"pr-false","python":"x","prefer":"{prefer}""#
        )
    };
    assert_eq!(counts(transformations::run, &case("node")), PASSED);
    assert_eq!(counts(transformations::run, &case("none")), PASSED);
    let other = case("node").replace("pr-false", "pr-no").replace("\"x\"", "\"pr-false\"");
    assert_eq!(counts(transformations::run, &other), FAILED);
}

#[test]
fn what_is_refused_or_differs_on_purpose_is_skipped() {
    let case = |src, expected| {
        format!(
            r#""input":{{"src":"{src}","urlEndpoint":"https://e.x/d","transformation":[{{"raw":"é"}}]}},
               "expected":"{expected}""#
        )
    };
    assert_eq!(counts(url::run, &case("..", "https://e.x/?tr=é")), SKIPPED);
    assert_eq!(counts(url::run, &case("a", "https://e.x/d/a?tr=é")), SKIPPED);
    assert_eq!(counts(url::run, &case("a", "https://e.x/d/a?tr=%C3%A9")), PASSED);
    assert_eq!(counts(url::run, &case("a", "https://e.x/d/b?tr=é")), FAILED);
}

#[test]
fn a_wrong_signature_fails() {
    let case = |signature| {
        format!(
            r#""private_key":"private_key_test","now_unix":1700000000,
               "input":{{"src":"a.jpg","urlEndpoint":"https://ik.imagekit.io/test_url_endpoint","expiresIn":3600}},
               "expected":"https://ik.imagekit.io/test_url_endpoint/a.jpg?ik-t=1700003600&ik-s={signature}""#
        )
    };
    assert_eq!(counts(signed::run, &case("3337a3d15a47dad11cea5c01ee10bd47ea3070cc")), PASSED);
    assert_eq!(counts(signed::run, &case("4337a3d15a47dad11cea5c01ee10bd47ea3070cc")), FAILED);
}

#[test]
fn attributes_are_compared_one_by_one() {
    let case = |sizes| {
        format!(
            r#""input":{{"src":"a","urlEndpoint":"https://e.x","deviceBreakpoints":[5]}},
               "expected":{{"src":"https://e.x/a?tr=w-5,c-at_max","srcSet":"https://e.x/a?tr=w-5,c-at_max 5w"{sizes}}}"#
        )
    };
    assert_eq!(counts(responsive::run, &case(r#","sizes":"100vw""#)), PASSED);
    assert_eq!(counts(responsive::run, &case("")), FAILED);
    assert_eq!(counts(responsive::run, &case(r#","sizes":"100vw","width":5"#)), FAILED);
}

#[test]
fn file_names_compare_as_they_are_on_the_wire() {
    let case = |recorded| {
        format!(
            r#"[{{"id": "x", "operation": "upload-file",
                "input": {{"fileName": "n", "file": {{"$file": {{"name": "a\"b", "base64": ""}}}}}},
                "request": {{"method": "POST", "path": "/api/v1/files/upload",
                    "headers": {{"authorization": "Basic YTo="}}, "multipart": [
                        {{"name": "fileName", "value": "n"}},
                        {{"name": "file", "filename": "{recorded}", "base64": "",
                            "content_type": "application/octet-stream"}}]}}}}]"#
        )
    };
    let counts = |recorded| {
        let mut report = Report::default();
        wire::run(&case(recorded), &mut report).unwrap();
        report.summary()
    };
    assert_eq!(counts("a%22b"), PASSED);
    assert_eq!(counts("ab"), FAILED);
}
