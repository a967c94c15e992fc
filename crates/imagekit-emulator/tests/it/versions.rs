//! Versions of a file.

use imagekit_emulator::Emulator;
use imagekit_proto::api::files::{GetFileDetails, GetFileVersionDetails, ListFileVersions};
use serde_json::Value;

use crate::support::{json, refused, send, text, upload};

/// A file of three versions: its id, and those of the versions, newest first.
fn three(emulator: &Emulator) -> (String, Vec<String>) {
    let ids =
        ["one", "two", "three"].map(|content| upload(emulator, &text("a.txt", content)).file_id);
    assert!(ids.iter().all(|id| *id == ids[0]));
    let versions = send(emulator, &ListFileVersions::new(&ids[0]));
    let version_id = |version: &imagekit_proto::api::files::FileDetails| {
        version.version_info.as_ref().unwrap().id.clone().unwrap()
    };
    (ids[0].clone(), versions.iter().map(version_id).collect())
}

#[test]
fn the_current_version_comes_first() {
    let emulator = Emulator::new();
    let (id, ids) = three(&emulator);
    let rows = send(&emulator, &ListFileVersions::new(&id));
    let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_ref().unwrap().as_str()).collect();
    assert_eq!(kinds, ["file", "file-version", "file-version"]);
    assert!(!rows[0].url.contains("ik-obj-version"));
    assert!(rows[1].url.contains("ik-obj-version=") && rows[1].url != rows[2].url);
    assert_eq!(ids[2], id, "the first version has the id of its file");

    let version = send(&emulator, &GetFileVersionDetails::new(&id, &ids[1]));
    assert_eq!(version, rows[1]);
    assert_eq!(version.version_info.unwrap().name.as_deref(), Some("Version 2"));
}

#[test]
fn an_old_version_becomes_the_current_one() {
    let emulator = Emulator::new();
    let (id, ids) = three(&emulator);
    let path = format!("/v1/files/{id}/versions/{}/restore", ids[2]);
    let (status, restored) = json(&emulator, "PUT", &path, Value::Null);
    assert_eq!((status, &restored["type"]), (200, &Value::from("file")));
    assert_eq!(emulator.stored_bytes("/a.txt").unwrap(), "one");
    let file = send(&emulator, &GetFileDetails::new(&id));
    assert_eq!(file.version_info.unwrap().name.as_deref(), Some("Version 1"));
}

#[test]
fn the_current_version_stays() {
    let emulator = Emulator::new();
    let (id, ids) = three(&emulator);
    let delete = |version: &str| {
        json(&emulator, "DELETE", &format!("/v1/files/{id}/versions/{version}"), Value::Null)
    };
    let (status, body) = delete(&ids[0]);
    assert_eq!(status, 400);
    assert_eq!(body["message"], "You cannot delete current version of a file.");
    assert_eq!(delete(&ids[1]).0, 204);
    let (status, body) = delete(&ids[1]);
    assert_eq!((status, &body["message"]), (404, &"The requested asset does not exist.".into()));
    // Numbers are not used again.
    upload(&emulator, &text("a.txt", "four"));
    let file = send(&emulator, &GetFileDetails::new(&id));
    assert_eq!(file.version_info.unwrap().name.as_deref(), Some("Version 4"));
}

#[test]
fn what_is_not_there() {
    let emulator = Emulator::new();
    let (id, _) = three(&emulator);
    let missing = "6673f88237b244ef54d60180";
    for endpoint in
        [GetFileVersionDetails::new(&id, missing), GetFileVersionDetails::new(missing, missing)]
    {
        let error = refused(&emulator, &endpoint);
        assert!(error.is_not_found());
        assert_eq!(error.message.as_deref(), Some("The requested file version does not exist."));
    }
    let error = refused(&emulator, &GetFileVersionDetails::new(&id, "x"));
    assert_eq!(
        error.message.as_deref(),
        Some("Your request contains invalid versionId parameter.")
    );
    assert!(refused(&emulator, &ListFileVersions::new(missing)).is_not_found());
}

#[test]
fn a_file_has_a_hundred_versions_at_most() {
    let emulator = Emulator::new();
    for _ in 0..100 {
        upload(&emulator, &text("a.txt", "x"));
    }
    let error = refused(&emulator, &text("a.txt", "x"));
    assert_eq!(error.reason.unwrap().as_str(), "VERSION_LIMIT_EXCEEDED");
}
