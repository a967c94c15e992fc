//! Copy, move, rename, many files at once, folders, cache.

use imagekit_emulator::Emulator;
use imagekit_proto::api::assets::{AssetKind, ListAndSearchAssets};
use imagekit_proto::api::files::{GetFileDetails, ListFileVersions};
use serde_json::{Value, json};

use crate::support::{json as call, send, text, upload};

#[test]
fn copy_appends_to_what_is_there() {
    let emulator = Emulator::new();
    let source = upload(&emulator, &text("a.txt", "one")).file_id;
    upload(&emulator, &text("a.txt", "two"));
    let there = upload(&emulator, &text("a.txt", "old").folder("/b")).file_id;
    let copy = |all: bool| {
        let body = json!({ "sourceFilePath": "/a.txt", "destinationPath": "/b/",
            "includeFileVersions": all });
        call(&emulator, "POST", "/v1/files/copy", body)
    };
    assert_eq!(copy(false), (204, Value::Null));
    assert_eq!(emulator.stored_bytes("/b/a.txt").unwrap(), "two");
    assert_eq!(copy(true).0, 204);
    let rows = send(&emulator, &ListFileVersions::new(&there));
    let names: Vec<_> =
        rows.iter().map(|row| row.version_info.clone().unwrap().name.unwrap()).collect();
    assert_eq!(names, ["Version 4", "Version 3", "Version 2", "Version 1"]);
    assert_eq!(send(&emulator, &ListFileVersions::new(&source)).len(), 2);
}

#[test]
fn move_keeps_the_id() {
    let emulator = Emulator::new();
    let id = upload(&emulator, &text("a.txt", "one")).file_id;
    let body = json!({ "sourceFilePath": "/a.txt", "destinationPath": "/x/y" });
    assert_eq!(call(&emulator, "POST", "/v1/files/move", body).0, 204);
    assert_eq!(send(&emulator, &GetFileDetails::new(&id)).file_path, "/x/y/a.txt");
    assert!(emulator.stored_bytes("/a.txt").is_none());
    let folders = send(&emulator, &ListAndSearchAssets::new().kind(AssetKind::Folder));
    assert_eq!(folders.len(), 2);

    let (status, body) = call(
        &emulator,
        "POST",
        "/v1/files/move",
        json!({ "sourceFilePath": "/gone.txt", "destinationPath": "/x" }),
    );
    assert_eq!((status, &body["reason"]), (404, &"SOURCE_FILE_MISSING".into()));
    let same = json!({ "sourceFilePath": "/x/y/a.txt", "destinationPath": "/x/y/" });
    let (status, body) = call(&emulator, "POST", "/v1/files/move", same);
    assert_eq!((status, &body["reason"]), (400, &"SAME_SOURCE_AND_DESTINATION".into()));
}

#[test]
fn rename() {
    let emulator = Emulator::new();
    upload(&emulator, &text("a.txt", "a"));
    upload(&emulator, &text("b.txt", "b"));
    let rename = |from: &str, to: &str, purge: bool| {
        let body = json!({ "filePath": from, "newFileName": to, "purgeCache": purge });
        call(&emulator, "PUT", "/v1/files/rename", body)
    };
    assert_eq!(rename("/a.txt", "é 1.txt", false), (200, json!({})));
    assert_eq!(emulator.stored_bytes("/é_1.txt").unwrap(), "a");
    let (status, body) = rename("/b.txt", "é_1.txt", false);
    assert_eq!((status, &body["reason"]), (409, &"FILE_ALREADY_EXISTS".into()));
    assert_eq!(rename("/b.txt", "b.txt", false).0, 400);
    assert_eq!(rename("/a.txt", "c.txt", false).0, 404);
    let (_, body) = rename("/b.txt", "c.txt", true);
    let status = format!("/v1/files/purge/{}", body["purgeRequestId"].as_str().unwrap());
    for expected in ["Pending", "Completed"] {
        assert_eq!(call(&emulator, "GET", &status, Value::Null).1, json!({ "status": expected }));
    }
}

#[test]
fn many_files_at_once() {
    let emulator = Emulator::new();
    let ids: Vec<String> =
        ["a", "b"].iter().map(|name| upload(&emulator, &text(name, "x")).file_id).collect();
    let tags = |operation: &str, tags: Value| {
        let body = json!({ "fileIds": ids, "tags": tags });
        call(&emulator, "POST", &format!("/v1/files/{operation}"), body)
    };
    assert_eq!(
        tags("addTags", json!(["x", "y"])),
        (200, json!({ "successfullyUpdatedFileIds": ids }))
    );
    assert_eq!(tags("addTags", json!(["y", "z"])).0, 200);
    assert_eq!(tags("removeTags", json!(["x"])).0, 200);
    assert_eq!(send(&emulator, &GetFileDetails::new(&ids[0])).tags, ["y", "z"]);
    assert_eq!(tags("addTags", json!([])).0, 400);

    let delete = |ids: Value| {
        call(&emulator, "POST", "/v1/files/batch/deleteByFileIds", json!({ "fileIds": ids }))
    };
    let (status, body) = delete(json!([ids[0], "6673f88237b244ef54d60180"]));
    assert_eq!((status, &body["missingFileIds"]), (404, &json!(["6673f88237b244ef54d60180"])));
    assert_eq!(delete(json!(ids)), (200, json!({ "successfullyDeletedFileIds": ids })));
    assert_eq!(delete(json!(vec!["x"; 101])).0, 400);
    assert_eq!(delete(json!("x")).1["message"], "fileIds should be an Array.");
}

#[test]
fn folders() {
    let emulator = Emulator::new();
    let create = |name: &str, parent: &str| {
        let body = json!({ "folderName": name, "parentFolderPath": parent });
        call(&emulator, "POST", "/v1/folder", body)
    };
    assert_eq!(create("summer 24", "/sale/"), (201, json!({})));
    assert_eq!(create("summer 24", "/sale/").0, 201);
    assert_eq!(create("..", "/").1["reason"], "INVALID_FOLDER_PATH");
    upload(&emulator, &text("a.txt", "a").folder("/sale/summer_24"));
    let delete =
        |path: &str| call(&emulator, "DELETE", "/v1/folder", json!({ "folderPath": path }));
    assert_eq!(delete("/sale/").0, 204);
    assert!(emulator.stored_bytes("/sale/summer_24/a.txt").is_none());
    assert!(send(&emulator, &ListAndSearchAssets::new().kind(AssetKind::All)).is_empty());
    assert_eq!(delete("/sale/").1["reason"], "FOLDER_NOT_FOUND");
}

#[test]
fn purges() {
    let emulator = Emulator::new();
    let purge = |url: &str| call(&emulator, "POST", "/v1/files/purge", json!({ "url": url }));
    let (status, body) = purge("https://ik.imagekit.io/demo/cat.jpg*");
    assert_eq!(status, 201);
    let path = format!("/v1/files/purge/{}", body["requestId"].as_str().unwrap());
    assert_eq!(call(&emulator, "GET", &path, Value::Null).0, 200);
    assert_eq!(call(&emulator, "GET", "/v1/files/purge/unknown", Value::Null).0, 400);
    assert_eq!(purge("https://example.com/cat.jpg").0, 400);
    // The account's own URL endpoint stays, whatever other host delivers.
    let _ = emulator.clone().with_url_endpoint("http://127.0.0.1:9/demo");
    assert_eq!(purge("http://127.0.0.1:9/demo/cat.jpg").0, 201);
    assert_eq!(purge("https://ik.imagekit.io/demo/cat.jpg").0, 201);
    assert_eq!(purge("https://ik.imagekit.io/other/cat.jpg").0, 400);
    assert_eq!(purge("https://ik.imagekit.io/demolition/cat.jpg").0, 400);
}

#[test]
fn unknown_paths_are_not_found() {
    assert_eq!(call(&Emulator::new(), "GET", "/v1/nothing", Value::Null).0, 404);
}

#[test]
fn custom_metadata_fields() {
    let emulator = Emulator::new();
    let path = "/v1/customMetadataFields";
    let price = json!({ "name": "price", "label": "Price",
        "schema": { "type": "Number", "minValue": 1 } });
    let (status, field) = call(&emulator, "POST", path, price.clone());
    assert_eq!((status, &field["schema"]), (201, &price["schema"]));
    assert_eq!(call(&emulator, "POST", path, price.clone()).0, 400);
    let bad = json!({ "name": "x", "label": "x", "schema": { "type": "Colour" } });
    let (status, body) = call(&emulator, "POST", path, bad);
    assert_eq!((status, body["errors"].is_object()), (400, true));

    let one = format!("{path}/{}", field["id"].as_str().unwrap());
    let change = json!({ "label": "Cost", "schema": { "maxValue": 5 } });
    let (status, changed) = call(&emulator, "PATCH", &one, change);
    assert_eq!((status, &changed["label"]), (200, &"Cost".into()));
    assert_eq!(changed["schema"], json!({ "type": "Number", "maxValue": 5 }));
    assert_eq!(call(&emulator, "PATCH", &one, json!({ "name": "y" })).0, 400);
    assert_eq!(call(&emulator, "GET", path, Value::Null).1, json!([changed]));

    assert_eq!(call(&emulator, "DELETE", &one, Value::Null).0, 204);
    assert_eq!(call(&emulator, "DELETE", &one, Value::Null).0, 404);
    assert_eq!(call(&emulator, "GET", path, Value::Null).1, json!([]));
    let all = call(&emulator, "GET", &format!("{path}?includeDeleted=true"), Value::Null).1;
    assert_eq!(all, json!([changed]));
    assert_eq!(call(&emulator, "POST", path, price).0, 400, "the name stays taken");
}

#[test]
fn folder_jobs() {
    let emulator = Emulator::new();
    upload(&emulator, &text("a.txt", "old").folder("/x/deep"));
    let id = upload(&emulator, &text("a.txt", "a").folder("/x/deep")).file_id;
    call(
        &emulator,
        "POST",
        "/v1/folder",
        json!({ "folderName": "void", "parentFolderPath": "/x" }),
    );
    let folders = || {
        let list = ListAndSearchAssets::new().kind(AssetKind::Folder);
        let folders = send(&emulator, &list);
        let mut paths: Vec<String> =
            folders.iter().map(|folder| folder.as_folder().unwrap().folder_path.clone()).collect();
        paths.sort();
        paths
    };
    let job = |operation: &str, body: Value| {
        let (status, body) = call(&emulator, "POST", &format!("/v1/bulkJobs/{operation}"), body);
        let Some(id) = body["jobId"].as_str() else { return (status, body) };
        let path = format!("/v1/bulkJobs/{id}");
        assert_eq!(call(&emulator, "GET", &path, Value::Null).1["status"], "Pending");
        (status, call(&emulator, "GET", &path, Value::Null).1)
    };

    let body =
        json!({ "sourceFolderPath": "/x/", "destinationPath": "/y/", "includeVersions": true });
    let (status, done) = job("copyFolder", body);
    assert_eq!((status, &done["type"]), (200, &"COPY_FOLDER".into()));
    assert_eq!(done["status"], "Completed");
    assert_eq!(folders(), ["/x", "/x/deep", "/x/void", "/y", "/y/x", "/y/x/deep", "/y/x/void"]);
    assert_eq!(emulator.stored_bytes("/y/x/deep/a.txt").unwrap(), "a");
    assert_eq!(emulator.stored_bytes("/x/deep/a.txt").unwrap(), "a");

    let (status, done) =
        job("moveFolder", json!({ "sourceFolderPath": "/x", "destinationPath": "/z" }));
    assert_eq!((status, &done["type"]), (200, &"MOVE_FOLDER".into()));
    assert_eq!(send(&emulator, &GetFileDetails::new(&id)).file_path, "/z/x/deep/a.txt");
    assert!(!folders().contains(&"/x".to_owned()));

    let body = json!({ "folderPath": "/z/x", "newFolderName": "new-name", "purgeCache": true });
    let (status, done) = job("renameFolder", body);
    assert_eq!((status, done["purgeRequestId"].is_string()), (202, true));
    assert_eq!(send(&emulator, &GetFileDetails::new(&id)).file_path, "/z/new-name/deep/a.txt");
    assert!(folders().contains(&"/z/new-name/void".to_owned()));

    let reason = |source: &str, destination: &str| {
        let body = json!({ "sourceFolderPath": source, "destinationPath": destination });
        job("moveFolder", body).1["reason"].clone()
    };
    assert_eq!(reason("/gone", "/z"), "NO_FILES_FOLDER");
    assert_eq!(reason("/", "/z"), "SOURCE_IS_ROOT");
    assert_eq!(reason("/z/new-name", "/z"), "SAME_SOURCE_AND_DESTINATION");
    assert_eq!(reason("/z", "/z/new-name"), "INVALID_DESTINATION_PATH");
    assert_eq!(job("renameFolder", json!({ "folderPath": "/y", "newFolderName": "z" })).0, 409);
    assert_eq!(call(&emulator, "GET", "/v1/bulkJobs/unknown", Value::Null).0, 404);
}
