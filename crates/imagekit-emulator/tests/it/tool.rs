//! What tests of applications use beside requests: put, look, log, and what is slow or used up.

use std::time::Duration;

use imagekit_emulator::{DropAt, Emulator, Fault, PutError};
use serde_json::{Value, json};

use crate::support::{form, json as call};

#[test]
fn files_are_put_and_seen() {
    let emulator = Emulator::new();
    let one = emulator.put("/x/a.txt", "one").unwrap();
    let two = emulator.put("/x/a.txt", "two").unwrap();
    assert_eq!((one.id.as_str(), two.versions), (two.id.as_str(), 2));
    assert_ne!(one.version_id, two.version_id);
    assert_eq!(emulator.file("/x/a.txt"), Some(two));
    assert_eq!(emulator.file("/a.txt"), None);
    let path = format!("/v1/files/{}/details", one.id);
    let (status, body) = call(&emulator, "GET", &path, Value::Null);
    assert_eq!((status, &body["filePath"], &body["size"]), (200, &"/x/a.txt".into(), &3.into()));
    for bad in ["", "a.txt", "/", "/x/", "/..", "/x//a.txt", "/a b.txt", "/x/../a.txt"] {
        assert!(matches!(emulator.put(bad, "x"), Err(PutError::Path(_))), "{bad}");
    }
    (0..98).for_each(|_| drop(emulator.put("/x/a.txt", "more").unwrap()));
    assert!(matches!(emulator.put("/x/a.txt", "x"), Err(PutError::TooManyVersions(_))));
    assert_eq!(form(&emulator, &[("fileName", "a.txt"), ("folder", "/x")], b"x").0, 400);
}

#[test]
fn the_fields_of_an_upload_are_stored() {
    let emulator = Emulator::new();
    let fields = [
        ("fileName", "a.mp4"),
        ("tags", "a,b"),
        ("customCoordinates", "1,2,3,4"),
        ("description", "A film"),
        ("isPrivateFile", "true"),
        ("transformation", r#"{"post":[{"type":"thumbnail","value":"w-150"}]}"#),
    ];
    let video = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom";
    assert_eq!(form(&emulator, &fields, video).0, 200);
    let file = emulator.file("/a.mp4").unwrap();
    assert_eq!((file.tags.len(), file.is_private, file.is_published), (2, true, true));
    assert_eq!(file.custom_coordinates.as_deref(), Some("1,2,3,4"));
    assert_eq!(file.description.as_deref(), Some("A film"));
    assert_eq!(file.transformation.unwrap()["post"][0]["value"], "w-150");
    // An empty description clears, none keeps.
    form(&emulator, &[("fileName", "a.mp4")], video);
    assert!(emulator.file("/a.mp4").unwrap().description.is_some());
    form(&emulator, &[("fileName", "a.mp4"), ("description", "")], video);
    assert_eq!(emulator.file("/a.mp4").unwrap().description, None);
}

#[test]
fn transformations_are_checked() {
    let emulator = Emulator::new();
    let video = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom";
    let upload = |transformation: &str| {
        form(&emulator, &[("fileName", "a.mp4"), ("transformation", transformation)], video).0
    };
    assert_eq!(upload(r#"{"post":[{"type":"abs","value":"sr-240","protocol":"hls"}]}"#), 200);
    for bad in [
        r#"{"more":1}"#,
        r#"{"pre":""}"#,
        r#"{"post":{}}"#,
        r#"{"post":[5]}"#,
        r#"{"post":[{"type":"other"}]}"#,
        r#"{"post":[{"type":"transformation"}]}"#,
        r#"{"post":[{"type":"abs","value":"sr-240"}]}"#,
        r#"{"post":[{"type":"abs","value":"sr-240","protocol":"rtmp"}]}"#,
        r#"{"post":[{"type":"thumbnail","protocol":"hls"}]}"#,
        r#"{"post":[{"type":"gif-to-video"}]}"#,
    ] {
        assert_eq!(upload(bad), 400, "{bad}");
    }
}

#[test]
fn an_empty_description_clears() {
    let emulator = Emulator::new();
    let id = emulator.put("/a.txt", "a").unwrap().id;
    let update = |text: &str| {
        let body = json!({ "description": text });
        call(&emulator, "PATCH", &format!("/v1/files/{id}/details"), body).1
    };
    assert_eq!(update("d")["description"], "d");
    assert_eq!(update("").get("description"), None);
}

#[test]
fn requests_are_logged() {
    let emulator = Emulator::new();
    call(&emulator, "GET", "/v1/files?limit=1", Value::Null);
    call(&emulator, "DELETE", "/v1/nothing", Value::Null);
    emulator.inject(Fault::drop_connection(DropAt::BeforeActing));
    let request = http::Request::get("/v1/files").body(bytes::Bytes::new()).unwrap();
    emulator.handle(request);
    let log: Vec<_> = emulator
        .requests()
        .into_iter()
        .map(|request| (request.operation, request.status.map(|status| status.as_u16())))
        .collect();
    let list = Some("list-and-search-assets");
    assert_eq!(log, [(list, Some(200)), (None, Some(404)), (list, None)]);
    assert_eq!(emulator.take_requests().len(), 3);
    assert!(emulator.requests().is_empty());
}

#[test]
fn a_slow_job_locks_its_folders() {
    let emulator = Emulator::new().with_job_duration(Duration::from_secs(60));
    let id = emulator.put("/x/deep/a.txt", "a").unwrap().id;
    let other = emulator.put("/other/a.txt", "a").unwrap().id;
    let copy = || {
        let body = json!({ "sourceFolderPath": "/x", "destinationPath": "/y" });
        call(&emulator, "POST", "/v1/bulkJobs/copyFolder", body)
    };
    let (status, job) = copy();
    assert_eq!(status, 200);
    let (status, body) = copy();
    let locked = "A bulk job is running on given folder path, please try after sometime.";
    assert_eq!((status, &body["message"]), (423, &locked.into()));
    let delete = json!({ "folderPath": "/x/deep" });
    assert_eq!(call(&emulator, "DELETE", "/v1/folder", delete).0, 423);
    let into = json!({ "sourceFolderPath": "/other", "destinationPath": "/y/x" });
    assert_eq!(call(&emulator, "POST", "/v1/bulkJobs/moveFolder", into).0, 423);
    // Some files can be deleted, and some cannot.
    let ids = json!({ "fileIds": [id, other] });
    let (status, body) = call(&emulator, "POST", "/v1/files/batch/deleteByFileIds", ids);
    assert_eq!((status, &body["successfullyDeletedFileIds"]), (207, &json!([other])));
    assert_eq!(body["errors"], json!([{ "fileId": id, "error": locked }]));
    assert!(emulator.file("/x/deep/a.txt").is_some() && emulator.file("/other/a.txt").is_none());

    let status = || {
        let path = format!("/v1/bulkJobs/{}", job["jobId"].as_str().unwrap());
        call(&emulator, "GET", &path, Value::Null).1["status"].clone()
    };
    assert_eq!((status(), status()), ("Pending".into(), "Pending".into()));
    emulator.advance(Duration::from_secs(60));
    assert_eq!(status(), "Completed");
    assert_eq!(copy().0, 200);
}

#[test]
fn tags_that_do_not_fit_are_a_partial_success() {
    let emulator = Emulator::new();
    let ids: Vec<String> =
        ["/a", "/b"].iter().map(|path| emulator.put(path, "x").unwrap().id).collect();
    let add = |ids: &[String], tag: &str| {
        let body = json!({ "fileIds": ids, "tags": [tag] });
        call(&emulator, "POST", "/v1/files/addTags", body)
    };
    assert_eq!(add(&ids[..1], &"x".repeat(499)).0, 200);
    let (status, body) = add(&ids, "new");
    assert_eq!((status, &body["successfullyUpdatedFileIds"]), (207, &json!([ids[1]])));
    assert_eq!(body["errors"][0]["fileId"], json!(ids[0]));
    assert_eq!(emulator.file("/a").unwrap().tags.len(), 1);
}

#[test]
fn purges_are_used_up_by_the_month() {
    let emulator = Emulator::new().with_purge_quota(1);
    emulator.put("/a.txt", "a").unwrap();
    emulator.put("/x/b.txt", "b").unwrap();
    let purge = || {
        let body = json!({ "url": "https://ik.imagekit.io/demo/a.txt" });
        call(&emulator, "POST", "/v1/files/purge", body).0
    };
    assert_eq!((purge(), purge()), (201, 429));
    let rename = json!({ "filePath": "/a.txt", "newFileName": "b.txt", "purgeCache": true });
    let (status, body) = call(&emulator, "PUT", "/v1/files/rename", rename);
    assert_eq!((status, &body["reason"]), (207, &"PURGE_FAILED".into()));
    assert!(emulator.file("/b.txt").is_some());
    let rename = json!({ "folderPath": "/x", "newFolderName": "y", "purgeCache": true });
    let (status, job) = call(&emulator, "POST", "/v1/bulkJobs/renameFolder", rename);
    assert_eq!(status, 202);
    let path = format!("/v1/bulkJobs/{}", job["jobId"].as_str().unwrap());
    assert_eq!(call(&emulator, "GET", &path, Value::Null).0, 200);
    let (status, body) = call(&emulator, "GET", &path, Value::Null);
    assert_eq!((status, &body["status"]), (207, &"Partial success".into()));
    emulator.advance(Duration::from_secs(31 * 86_400));
    assert_eq!(purge(), 201);
}

#[test]
fn folders_keep_their_ids_and_nest_50_deep() {
    let emulator = Emulator::new();
    emulator.put("/x/deep/a.txt", "a").unwrap();
    let folders = || {
        let path = "/v1/files?type=folder&sort=ASC_NAME";
        let folders = call(&emulator, "GET", path, Value::Null).1;
        let folders = folders.as_array().unwrap().iter();
        folders.map(|folder| folder["folderId"].clone()).collect::<Vec<_>>()
    };
    let before = folders();
    let rename = json!({ "folderPath": "/x", "newFolderName": "y" });
    assert_eq!(call(&emulator, "POST", "/v1/bulkJobs/renameFolder", rename).0, 202);
    assert_eq!(folders(), before);
    assert!(emulator.file("/y/deep/a.txt").is_some());

    let deep = |levels: usize| {
        let body = json!({ "folderName": "a", "parentFolderPath": "/a".repeat(levels - 1) });
        call(&emulator, "POST", "/v1/folder", body)
    };
    assert_eq!(deep(50).0, 201);
    assert_eq!(deep(51).1["reason"], "INVALID_FOLDER_PATH");
    let folder = "/b".repeat(51);
    assert_eq!(form(&emulator, &[("fileName", "a"), ("folder", &folder)], b"a").0, 400);
}
