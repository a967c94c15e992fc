//! Details and metadata of a file.

use imagekit_emulator::{Emulator, media};
use imagekit_proto::api::files::{
    AutoTagging, Extension, FileDetails, GetFileDetails, GetMetadataFromUrl,
    GetUploadedFileMetadata, Publish, UpdateFileDetails,
};

use crate::support::{define, json, photo, raw, refused, send, text, upload};

fn uploaded(emulator: &Emulator) -> String {
    upload(emulator, &photo("cat.jpg").tags(["red", "blue"]).custom_coordinates("1,2,3,4")).file_id
}

#[test]
fn what_was_uploaded_is_there() {
    let emulator = Emulator::new();
    let id = uploaded(&emulator);
    let file: FileDetails = send(&emulator, &GetFileDetails::new(&id));
    assert_eq!(file.kind.unwrap().as_str(), "file");
    assert_eq!(file.tags, ["red", "blue"]);
    assert_eq!(file.mime.as_deref(), Some("image/jpeg"));
    assert_eq!(file.created_at.unwrap().as_str(), "2026-01-01T00:00:00.000Z");
    let url = "https://ik.imagekit.io/demo/cat.jpg?updatedAt=1767225600000";
    assert_eq!(file.url, url);
    assert_eq!(file.thumbnail.unwrap(), format!("{url}&tr=n-ik_ml_thumbnail"));
    assert_eq!(file.embedded_metadata.unwrap()["Orientation"], "Horizontal (normal)");
}

#[test]
fn null_unsets_and_absence_keeps() {
    let emulator = Emulator::new();
    let id = uploaded(&emulator);
    define(&emulator, "brand", serde_json::json!({ "type": "Text" }));
    define(&emulator, "price", serde_json::json!({ "type": "Number" }));
    let set = UpdateFileDetails::new(&id)
        .custom_metadata("brand", "Nike")
        .custom_metadata("price", 10)
        .description("A cat.");
    let file = send(&emulator, &set);
    assert_eq!(file.tags, ["red", "blue"]);
    assert_eq!(file.custom_coordinates.as_deref(), Some("1,2,3,4"));
    assert_eq!(file.custom_metadata.unwrap().len(), 2);

    let unset = UpdateFileDetails::new(&id)
        .clear_tags()
        .clear_custom_coordinates()
        .clear_custom_metadata("brand");
    let file = send(&emulator, &unset);
    assert!(file.tags.is_empty());
    assert_eq!(file.custom_coordinates, None);
    assert_eq!(file.description.as_deref(), Some("A cat."));
    let custom = file.custom_metadata.unwrap();
    assert_eq!(serde_json::Value::Object(custom), serde_json::json!({ "price": 10 }));
    assert!(file.updated_at.unwrap().as_str() > file.created_at.unwrap().as_str());
}

#[test]
fn ai_tags_are_removed_before_extensions_run() {
    let emulator = Emulator::new();
    let id = uploaded(&emulator);
    let tagging = || Extension::AwsAutoTagging(AutoTagging::new(80, 10));
    let tagged = send(&emulator, &UpdateFileDetails::new(&id).extensions([tagging()]));
    assert_eq!(tagged.ai_tags.len(), 2);
    assert_eq!(tagged.extension_status.unwrap().aws_auto_tagging.unwrap().as_str(), "success");
    let first = tagged.ai_tags[0].name.clone();
    let fewer = send(&emulator, &UpdateFileDetails::new(&id).remove_ai_tags([first]));
    assert_eq!(fewer.ai_tags.len(), 1);
    assert!(fewer.extension_status.is_none());
    let again = UpdateFileDetails::new(&id).remove_all_ai_tags().extensions([tagging()]);
    assert_eq!(send(&emulator, &again).ai_tags.len(), 2);
    assert!(send(&emulator, &UpdateFileDetails::new(&id).remove_all_ai_tags()).ai_tags.is_empty());
}

#[test]
fn publishing_goes_alone_and_changes_the_version() {
    let emulator = Emulator::new();
    let id = uploaded(&emulator);
    upload(&emulator, &photo("cat.jpg"));
    let file = send(&emulator, &UpdateFileDetails::new(&id).publish(false));
    assert_eq!(file.is_published, Some(false));
    let old = |emulator: &Emulator| {
        send(emulator, &imagekit_proto::api::files::ListFileVersions::new(&id))[1].clone()
    };
    let before = old(&emulator);
    assert_eq!(before.is_published, Some(true));
    send(
        &emulator,
        &UpdateFileDetails::new(&id).publish(Publish::new(false).include_file_versions(true)),
    );
    let after = old(&emulator);
    assert_eq!(after.is_published, Some(false));
    assert_ne!(before.url, after.url);

    let mixed = serde_json::json!({ "publish": { "isPublished": true }, "tags": ["x"] });
    assert_eq!(json(&emulator, "PATCH", &format!("/v1/files/{id}/details"), mixed).0, 400);
}

#[test]
fn a_refused_update_changes_nothing() {
    let emulator = Emulator::new();
    let id = uploaded(&emulator);
    let path = format!("/v1/files/{id}/details");
    for body in [
        serde_json::json!({ "description": "new", "customCoordinates": 7 }),
        serde_json::json!({ "description": "new", "tags": "red" }),
        serde_json::json!({ "description": "new", "customMetadata": [] }),
        serde_json::json!({ "description": "new", "removeAITags": "some" }),
        serde_json::json!({ "description": "new", "extensions": [{}] }),
        serde_json::json!([]),
    ] {
        assert_eq!(json(&emulator, "PATCH", &path, body.clone()).0, 400, "{body}");
    }
    let file = send(&emulator, &GetFileDetails::new(&id));
    assert_eq!(file.description, None);
    assert_eq!(file.updated_at, file.created_at);
}

#[test]
fn what_is_not_there() {
    let emulator = Emulator::new();
    let missing = "6673f88237b244ef54d60180";
    let error = refused(&emulator, &GetFileDetails::new(missing));
    assert!(error.is_not_found());
    assert_eq!(error.message.as_deref(), Some("The requested file does not exist."));
    assert!(error.help.is_some() && error.request_id.is_some());
    let error = refused(&emulator, &GetFileDetails::new("no-id"));
    assert_eq!(error.status, 400);
    assert_eq!(error.message.as_deref(), Some("Your request contains invalid fileId parameter."));
    assert!(refused(&emulator, &UpdateFileDetails::new(missing).clear_tags()).is_not_found());
    let error = refused(&emulator, &GetUploadedFileMetadata::new(missing));
    assert_eq!(
        error.message.as_deref(),
        Some("The requested file does not exist or is inaccessible at this time.")
    );
}

#[test]
fn metadata_by_id_and_by_url() {
    let emulator = Emulator::new();
    let id = uploaded(&emulator);
    let by_id = send(&emulator, &GetUploadedFileMetadata::new(&id));
    assert_eq!(by_id.format.as_deref(), Some("jpg"));
    assert_eq!(by_id.size, Some(media::sample_photo().len() as u64));
    assert!(by_id.exif.as_ref().unwrap().gps.is_some());
    let url = send(&emulator, &GetFileDetails::new(&id)).url;
    assert_eq!(send(&emulator, &GetMetadataFromUrl::new(url)), by_id);

    let status = |url: &str| refused(&emulator, &GetMetadataFromUrl::new(url)).status.as_u16();
    assert_eq!(status("https://ik.imagekit.io/demo/missing.jpg"), 404);
    assert_eq!(status("https://example.com/cat.jpg"), 400);
    assert_eq!(status("https://ik.imagekit.io/demolition/cat.jpg"), 400);
    assert_eq!(status("https://ik.imagekit.io/demo/tr:e-upscale/cat.jpg"), 400);
}

#[test]
fn an_old_version_has_its_own_metadata() {
    let emulator = Emulator::new();
    let id = upload(&emulator, &text("cat.jpg", "not a cat")).file_id;
    let first = send(&emulator, &imagekit_proto::api::files::ListFileVersions::new(&id));
    upload(&emulator, &photo("cat.jpg"));
    let versions = send(&emulator, &imagekit_proto::api::files::ListFileVersions::new(&id));
    assert_eq!(first[0].version_info, versions[1].version_info);
    let old = send(&emulator, &GetMetadataFromUrl::new(&versions[1].url));
    assert_eq!((old.size, old.width), (Some(9), None));
}

#[test]
fn delete() {
    let emulator = Emulator::new();
    let id = uploaded(&emulator);
    let delete = imagekit_proto::api::files::DeleteFile::new(&id);
    let response = raw(&emulator, &delete);
    assert_eq!(response.status(), 204);
    assert!(!response.headers().contains_key("content-length"));
    assert!(refused(&emulator, &delete).is_not_found());
    assert!(refused(&emulator, &GetFileDetails::new(&id)).is_not_found());
    assert!(emulator.stored_bytes("/cat.jpg").is_none());
}
