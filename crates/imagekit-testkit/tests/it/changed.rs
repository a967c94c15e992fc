//! The suites can fail: one changed fact is one failure.

use crate::{read, run};
use imagekit_testkit::conformance::{Kind, Suite};

/// Runs a suite with the first `old` in its file replaced by `new`, and expects one failure whose
/// line holds `found`.
fn fails(name: &str, old: &str, new: &str, found: &str) {
    let suite = Suite::find(name).unwrap();
    let text = read(suite.file);
    assert!(text.contains(old), "{name} does not hold {old}");
    let report = run(&suite, &text.replacen(old, new, 1));
    let lines: Vec<String> = report.of(Kind::Fail).map(ToString::to_string).collect();
    assert_eq!(lines.len(), 1, "{name}, {old}: {lines:#?}");
    assert!(lines[0].contains(found), "{name}, {old}: {lines:#?}");
}

#[test]
fn requests() {
    fails("wire", r#""method":"POST""#, r#""method":"PUT""#, "Method");
    fails("wire", r#""path":"/api/v1/files"#, r#""path":"/api/v1/file"#, "Path");
    fails("wire", "https://upload.imagekit.io", "https://api.imagekit.io", "Server");
    fails("wire", r#""headers":{"#, r#""headers":{"content-length":"0","#, "ContentLength");
    fails("wire", r#"{"name":"fileName""#, r#"{"name":"filename""#, "Multipart");
    fails("wire", r#""filename":"pixel.gif""#, r#""filename":"pixel.png""#, "Multipart");
    fails("wire", r#""content_type":"image/gif""#, r#""content_type":"image/png""#, "Multipart");
    fails("wire", r#""query":[["#, r#""query":[["also","1"],["#, "Query");
    fails("wire", r#""json":{""#, r#""json":{"also":1,""#, "Json");
}

#[test]
fn edges() {
    // Two clients are recorded, and one that agrees is enough: so the input changes.
    fails("edges", r#""input":{"fileId":" "}"#, r#""input":{"fileId":"x"}"#, "no client sends");
}

#[test]
fn responses() {
    fails("responses", r#""fileId""#, r#""fileID""#, "missing field `fileId`");
    fails("responses", r#""status": 404"#, r#""status": 200"#, "");
}

#[test]
fn vectors() {
    fails("transformations", r#""expected": "w-"#, r#""expected": "h-"#, "instead of");
    fails(
        "url",
        r#""expected": "https://ik.imagekit.io"#,
        r#""expected": "https://ik.imagekit.com"#,
        "instead of",
    );
    fails("signed", "ik-s=", "ik-s=0", "instead of");
    fails("auth", r#""signature": ""#, r#""signature": "0"#, "signature is");
    fails("responsive", r#""srcSet": ""#, r#""srcSet": "x"#, "instead of");
    fails("webhooks", r#""valid": true"#, r#""valid": false"#, "valid, and should not be");
    fails("webhooks", r#""valid": false"#, r#""valid": true"#, "not valid");
    fails(
        "webhooks",
        r#""expected_signature": "v1,"#,
        r#""expected_signature": "v1,0"#,
        "signs as",
    );
    fails("phash", r#""distance": "#, r#""distance": 9"#, "instead of");
}
