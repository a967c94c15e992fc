//! The emulator's bodies beside the documented ones: the same keys, and nothing that the
//! core's models do not know.

use imagekit_emulator::Emulator;
use imagekit_proto::Endpoint;
use imagekit_proto::api::assets::{Asset, AssetKind, ListAndSearchAssets};
use imagekit_proto::api::files::{
    AutoTagging, Extension, GetFileDetails, GetUploadedFileMetadata, ListFileVersions,
    UpdateFileDetails,
};
use imagekit_proto::api::upload::{ResponseField, UploadOutcome};
use serde_json::{Map, Value};

use crate::support::{define, json, photo, raw, send, text, upload};

fn full(emulator: &Emulator) -> String {
    define(emulator, "brand", serde_json::json!({ "type": "Text" }));
    let photo = photo("cat.jpg")
        .folder("/images")
        .tags(["t-shirt"])
        .custom_metadata("brand", "Nike")
        .description("A product")
        .extensions([Extension::GoogleAutoTagging(AutoTagging::new(10, 5))]);
    upload(emulator, &photo).file_id
}

fn object<E: Endpoint>(emulator: &Emulator, endpoint: &E) -> Map<String, Value> {
    serde_json::from_slice(raw(emulator, endpoint).body()).unwrap()
}

fn has_keys(object: &Map<String, Value>, keys: &[&str]) {
    let missing: Vec<_> = keys.iter().filter(|key| !object.contains_key(**key)).collect();
    assert!(missing.is_empty(), "{missing:?} are missing");
}

/// The keys of the OpenAPI file's example of details.
const DETAILS: [&str; 21] = [
    "fileId",
    "type",
    "name",
    "filePath",
    "tags",
    "AITags",
    "versionInfo",
    "isPrivateFile",
    "isPublished",
    "customCoordinates",
    "url",
    "thumbnail",
    "fileType",
    "mime",
    "width",
    "height",
    "size",
    "hasAlpha",
    "customMetadata",
    "createdAt",
    "updatedAt",
];

#[test]
fn details() {
    let emulator = Emulator::new();
    let id = full(&emulator);
    let details = object(&emulator, &GetFileDetails::new(&id));
    has_keys(&details, &DETAILS);
    has_keys(details["versionInfo"].as_object().unwrap(), &["id", "name"]);
    has_keys(details["AITags"][0].as_object().unwrap(), &["name", "confidence", "source"]);
    let update = UpdateFileDetails::new(&id).extensions([Extension::AiAutoDescription]);
    let updated = object(&emulator, &update);
    has_keys(&updated, &DETAILS);
    has_keys(&updated, &["extensionStatus"]);
    let file = send(&emulator, &update);
    assert!(file.extra.is_empty() && file.extension_status.unwrap().extra.is_empty());
    for version in send(&emulator, &ListFileVersions::new(&id)) {
        assert!(version.extra.is_empty(), "{:?}", version.extra);
    }
}

#[test]
fn uploads() {
    let emulator = Emulator::new();
    let asked = photo("cat.jpg").response_fields([
        ResponseField::Tags,
        ResponseField::CustomCoordinates,
        ResponseField::IsPrivateFile,
        ResponseField::EmbeddedMetadata,
        ResponseField::IsPublished,
        ResponseField::CustomMetadata,
        ResponseField::Metadata,
        ResponseField::SelectedFieldsSchema,
    ]);
    let response = object(&emulator, &asked);
    has_keys(
        &response,
        &[
            "fileId",
            "name",
            "size",
            "versionInfo",
            "filePath",
            "url",
            "fileType",
            "height",
            "width",
            "orientation",
            "thumbnailUrl",
            "AITags",
            "metadata",
            "embeddedMetadata",
            "tags",
            "customCoordinates",
            "isPrivateFile",
            "isPublished",
            "customMetadata",
        ],
    );
    let UploadOutcome::Uploaded(file) = send(&emulator, &asked) else { panic!("accepted") };
    assert!(file.extra.is_empty(), "{:?}", file.extra);
    assert!(file.metadata.unwrap().extra.is_empty());
    // As seen of a file of six bytes: no dimensions, no thumbnail.
    let response = object(&emulator, &text("a", "sixsix"));
    has_keys(
        &response,
        &["fileId", "name", "size", "versionInfo", "filePath", "url", "fileType", "AITags"],
    );
    assert!(!response.contains_key("thumbnailUrl") && !response.contains_key("width"));
}

#[test]
fn metadata() {
    let emulator = Emulator::new();
    let id = full(&emulator);
    let metadata = GetUploadedFileMetadata::new(&id);
    let response = object(&emulator, &metadata);
    has_keys(
        &response,
        &[
            "height",
            "width",
            "size",
            "format",
            "hasColorProfile",
            "quality",
            "density",
            "hasTransparency",
            "exif",
            "pHash",
        ],
    );
    has_keys(
        response["exif"].as_object().unwrap(),
        &["image", "thumbnail", "exif", "gps", "interoperability", "makernote"],
    );
    let metadata = send(&emulator, &metadata);
    assert!(metadata.extra.is_empty());
    let exif = metadata.exif.unwrap();
    assert!(exif.extra.is_empty() && exif.image.unwrap().extra.is_empty());
    // Tags that ImageKit does not document stay, under their registered names.
    assert_eq!(exif.exif.unwrap().iso, Some(100));
    assert!(exif.gps.unwrap().extra.is_empty());
}

#[test]
fn lists() {
    let emulator = Emulator::new();
    full(&emulator);
    let list = ListAndSearchAssets::new().kind(AssetKind::All);
    let rows: Vec<Map<String, Value>> =
        serde_json::from_slice(raw(&emulator, &list).body()).unwrap();
    assert_eq!(rows.len(), 2);
    for row in rows {
        if row["type"] == "folder" {
            has_keys(&row, &["folderId", "type", "name", "createdAt", "updatedAt", "folderPath"]);
        } else {
            has_keys(&row, &DETAILS);
        }
    }
    for asset in send(&emulator, &list) {
        match asset {
            Asset::File(file) => assert!(file.extra.is_empty(), "{:?}", file.extra),
            Asset::Folder(folder) => assert!(folder.extra.is_empty(), "{:?}", folder.extra),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn errors() {
    let (_, body) = json(&Emulator::new(), "GET", "/v1/files/x/details", Value::Null);
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["help", "message"]);
}

#[test]
fn an_upload_without_description_has_no_such_key() {
    let emulator = Emulator::new();
    let body = object(&emulator, &text("a.txt", "a"));
    assert!(body.contains_key("fileId") && !body.contains_key("description"));
    let described = object(&emulator, &text("b.txt", "b").description("A note"));
    assert_eq!(described["description"], "A note");
}

#[test]
fn videos_show_what_was_measured() {
    let emulator = Emulator::new();
    let video = crate::media::boxes::mp4(b"isom", false);
    let (status, uploaded) = crate::support::form(&emulator, &[("fileName", "a.mp4")], &video);
    assert_eq!(status, 200);
    let path = format!("/v1/files/{}/details", uploaded["fileId"].as_str().unwrap());
    let (_, details) = json(&emulator, "GET", &path, Value::Null);
    for body in [&uploaded, &details] {
        assert_eq!((&body["width"], &body["duration"]), (&320.into(), &2.into()), "{body}");
        assert_eq!((&body["videoCodec"], &body["audioCodec"]), (&"h264".into(), &"aac".into()));
        assert!(body["bitRate"].as_u64().unwrap() > 0);
    }
}
