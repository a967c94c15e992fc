//! Changes that cannot be written.

use imagekit_emulator::PutError;
use serde_json::{Value, json};

use super::folder::Folder;
use crate::support::{define, form, json as call, refused, text};

/// Does something while the folder cannot be written.
fn broken<T>(folder: &Folder, act: impl FnOnce() -> T) -> T {
    let (files, aside) = (folder.path().join("files"), folder.path().join("aside"));
    std::fs::rename(&files, &aside).unwrap();
    let done = act();
    std::fs::rename(&aside, &files).unwrap();
    done
}

#[test]
fn an_upload_that_cannot_be_written_fails_and_changes_nothing() {
    let folder = Folder::new();
    let emulator = folder.open();
    let error = broken(&folder, || refused(&emulator, &text("a.txt", "hello")));
    assert_eq!(error.status.as_u16(), 500);
    assert!(error.message.as_deref().unwrap().contains("cannot be written"), "{error}");
    let put = broken(&folder, || emulator.put("/b.txt", "hello").unwrap_err());
    assert!(matches!(put, PutError::NotStored { .. }) && put.to_string().contains("/b.txt"));
    let (_, list) = call(&emulator, "GET", "/v1/files?type=all", Value::Null);
    assert_eq!(list, json!([]));
    assert_eq!(form(&emulator, &[("fileName", "a.txt")], b"hello").0, 200);
    drop(emulator);
    assert_eq!(folder.open().stored_bytes("/a.txt").unwrap(), "hello");
}

#[test]
fn a_change_that_cannot_be_written_fails_and_changes_nothing() {
    let folder = Folder::new();
    let emulator = folder.open();
    define(&emulator, "first", json!({ "type": "Number" }));
    let file = emulator.put("/a/b/c.txt", "hello").unwrap();
    let everything = |path: &str| call(&emulator, "GET", path, Value::Null).1;
    let paths = ["/v1/files?type=all", "/v1/customMetadataFields?includeDeleted=true"];
    let before = paths.map(everything);
    broken(&folder, || {
        let one = format!("/v1/files/{}", file.id);
        let rename = json!({ "folderPath": "/a", "newFolderName": "z" });
        let tags = json!({ "fileIds": [file.id], "tags": ["t"] });
        for (method, path, body) in [
            ("DELETE", one.as_str(), Value::Null),
            ("POST", "/v1/bulkJobs/renameFolder", rename),
            ("POST", "/v1/files/addTags", tags),
            ("DELETE", "/v1/folder", json!({ "folderPath": "/a" })),
        ] {
            let (status, body) = call(&emulator, method, path, body);
            let message = body["message"].as_str().unwrap_or_default();
            assert!(status == 500 && message.contains("Nothing was changed"), "{status} {body}");
        }
        // What is there can still be seen.
        assert_eq!(paths.map(everything), before);
    });
    assert_eq!(paths.map(everything), before);
    define(&emulator, "second", json!({ "type": "Number" }));
    assert_eq!(emulator.file("/a/b/c.txt").map(|file| file.id), Some(file.id));
    drop(emulator);
    let emulator = folder.open();
    let (_, fields) = call(&emulator, "GET", "/v1/customMetadataFields", Value::Null);
    assert_eq!(fields.as_array().unwrap().len(), 2);
    assert_eq!(emulator.stored_bytes("/a/b/c.txt").unwrap(), "hello");
}

#[test]
fn bytes_that_cannot_be_read_are_an_error() {
    let folder = Folder::new();
    let emulator = folder.open();
    emulator.put("/a.txt", "hello").unwrap();
    let (status, body) = broken(&folder, || call(&emulator, "GET", "/demo/a.txt", Value::Null));
    assert_eq!(status, 500, "{body}");
    assert!(body["message"].as_str().unwrap().contains("cannot be read"), "{body}");
}
