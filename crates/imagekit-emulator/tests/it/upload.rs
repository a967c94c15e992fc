//! Uploads.

use imagekit_emulator::{Emulator, media};
use imagekit_proto::api::files::{AutoTagging, Extension, GetFileDetails, RemoveBg};
use imagekit_proto::api::upload::{FileSource, UploadFile, UploadOutcome};
use imagekit_proto::types::Extra;

use crate::support::{define, photo, raw, refused, send, text, upload};

#[test]
fn an_image_is_measured() {
    let emulator = Emulator::new();
    let file = upload(&emulator, &photo("cat.jpg").folder("/sale/summer 24"));
    assert_eq!(file.file_path, "/sale/summer_24/cat.jpg");
    assert_eq!(file.url, "https://ik.imagekit.io/demo/sale/summer_24/cat.jpg");
    assert_eq!(
        file.thumbnail_url.as_deref(),
        Some("https://ik.imagekit.io/demo/tr:n-ik_ml_thumbnail/sale/summer_24/cat.jpg")
    );
    assert_eq!((file.width, file.height), (Some(640), Some(480)));
    assert_eq!(file.size, Some(media::sample_photo().len() as u64));
    let version = file.version_info.unwrap();
    assert_eq!(version.id.as_deref(), Some(file.file_id.as_str()));
    assert_eq!(version.name.as_deref(), Some("Version 1"));
    assert_eq!(emulator.stored_bytes("/sale/summer_24/cat.jpg").unwrap(), media::sample_photo());
}

#[test]
fn other_files_have_no_thumbnail() {
    let file = upload(&Emulator::new(), &text("a.txt", "plain"));
    assert_eq!(file.file_type.unwrap().as_str(), "non-image");
    assert!(file.thumbnail_url.is_none() && file.width.is_none());
}

#[test]
fn names_are_cleaned_and_made_unique() {
    let emulator = Emulator::new();
    let source = || FileSource::bytes("a");
    let first = upload(&emulator, &UploadFile::new("my cat.v1.jpg").file(source()));
    let second = upload(&emulator, &UploadFile::new("my cat.v1.jpg").file(source()));
    for file in [&first, &second] {
        let suffix = file.name.strip_prefix("my_cat.v1_").and_then(|n| n.strip_suffix(".jpg"));
        assert_eq!(suffix.unwrap().len(), 9, "{}", file.name);
    }
    assert_ne!(first.name, second.name);
    assert_ne!(first.file_id, second.file_id);
}

#[test]
fn the_same_requests_have_the_same_responses() {
    let responses = [0, 0, 1].map(|seed| {
        let emulator = Emulator::new().with_seed(seed);
        let upload = UploadFile::new("a.jpg").file(FileSource::bytes("a"));
        let response = raw(&emulator, &upload);
        (response.headers().clone(), response.into_body())
    });
    assert_eq!(responses[0], responses[1]);
    assert_ne!(responses[0], responses[2]);
}

#[test]
fn text_sources() {
    let emulator = Emulator::new();
    let named = |source| UploadFile::new("b.txt").file(source).use_unique_file_name(false);
    for text in ["aGVsbG8=", "aGVsbG8", "aGVs\r\nbG8=", "data:text/plain;base64,aGVsbG8="] {
        send(&emulator, &named(FileSource::base64(text)));
        assert_eq!(emulator.stored_bytes("/b.txt").unwrap(), "hello", "{text}");
    }
    // A URL of its own library; there is no network for others.
    let own = FileSource::url("https://ik.imagekit.io/demo/b.txt?updatedAt=1");
    send(&emulator, &UploadFile::new("c.txt").file(own).use_unique_file_name(false));
    assert_eq!(emulator.stored_bytes("/c.txt").unwrap(), "hello");
    for bad in [
        FileSource::url("https://example.com/x.jpg"),
        FileSource::url("https://ik.imagekit.io/demo/missing.txt"),
        FileSource::base64("no base64!"),
        FileSource::base64("data:text/plain,hello"),
    ] {
        let error = refused(&emulator, &named(bad));
        assert_eq!(error.status, 400);
        assert_eq!(error.message.as_deref(), Some("Your request contains invalid file parameter."));
    }
}

#[test]
fn nothing_is_overwritten_by_default() {
    let emulator = Emulator::new();
    send(&emulator, &text("a.txt", "one"));
    let error = refused(&emulator, &text("a.txt", "two").overwrite_file(false));
    assert!(error.message.unwrap().starts_with("A file with the same name already exists"));
    assert_eq!(emulator.stored_bytes("/a.txt").unwrap(), "one");
}

#[test]
fn overwriting_erases_what_is_left_out() {
    let emulator = Emulator::new();
    define(&emulator, "brand", serde_json::json!({ "type": "Text" }));
    let full = || {
        photo("cat.jpg")
            .tags(["red"])
            .custom_metadata("brand", "Nike")
            .custom_coordinates("1,2,3,4")
            .extensions([Extension::GoogleAutoTagging(AutoTagging::new(80, 5))])
    };
    let first = upload(&emulator, &full());
    assert_eq!(first.ai_tags.len(), 2);
    let kept = photo("cat.jpg")
        .overwrite_tags(false)
        .overwrite_ai_tags(false)
        .overwrite_custom_metadata(false);
    let second = upload(&emulator, &kept);
    assert_eq!(second.file_id, first.file_id);
    let details = send(&emulator, &GetFileDetails::new(&first.file_id));
    assert_eq!(details.tags, ["red"]);
    assert_eq!(details.ai_tags, first.ai_tags);
    assert_eq!(details.custom_metadata.unwrap()["brand"], "Nike");
    assert_eq!(details.custom_coordinates, None);

    upload(&emulator, &photo("cat.jpg"));
    let details = send(&emulator, &GetFileDetails::new(&first.file_id));
    assert!(details.tags.is_empty() && details.ai_tags.is_empty());
    assert!(details.custom_metadata.unwrap().is_empty());
    assert_eq!(details.version_info.unwrap().name.as_deref(), Some("Version 3"));
}

#[test]
fn response_fields() {
    use imagekit_proto::api::upload::ResponseField;

    let emulator = Emulator::new();
    let plain = upload(&emulator, &photo("cat.jpg").tags(["a"]));
    assert!(plain.tags.is_empty() && plain.metadata.is_none() && plain.is_published.is_none());
    let asked = photo("cat.jpg").tags(["a"]).is_published(false).response_fields([
        ResponseField::Tags,
        ResponseField::Metadata,
        ResponseField::EmbeddedMetadata,
        ResponseField::IsPublished,
    ]);
    let file = upload(&emulator, &asked);
    assert_eq!(file.tags, ["a"]);
    assert_eq!(file.is_published, Some(false));
    assert_eq!(file.metadata.unwrap().p_hash.unwrap().len(), 16);
    assert_eq!(file.embedded_metadata.unwrap()["Orientation"], "Horizontal (normal)");
    assert_eq!(file.extra, Extra::new());
}

#[test]
fn extensions_are_pretended() {
    let emulator = Emulator::new();
    let extensions = [Extension::from(RemoveBg::new()), Extension::AiAutoDescription];
    let file = upload(&emulator, &photo("cat.jpg").extensions(extensions));
    let status = file.extension_status.unwrap();
    assert_eq!(status.remove_bg.unwrap().as_str(), "pending");
    assert_eq!(status.ai_auto_description.unwrap().as_str(), "success");
    assert!(file.description.unwrap().contains("cat.jpg"));
    let unknown: Extension = serde_json::from_str(r#"{"name": "unheard-of"}"#).unwrap();
    assert_eq!(refused(&emulator, &photo("cat.jpg").extensions([unknown])).status, 400);
}

#[test]
fn a_video_with_a_pre_transformation_is_queued() {
    use imagekit_proto::api::upload::UploadTransformation;

    let emulator = Emulator::new();
    let pre = || UploadTransformation::new().pre("w-300");
    let video: &[u8] = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom";
    let upload = UploadFile::new("v.mp4")
        .file(FileSource::bytes(video))
        .use_unique_file_name(false)
        .transformation(pre());
    let response = raw(&emulator, &upload);
    assert_eq!(response.status(), 202);
    assert!(matches!(send(&emulator, &upload), UploadOutcome::Accepted(_)));
    assert!(emulator.stored_bytes("/v.mp4").is_some());
    // An image is not queued.
    let stored = send(&emulator, &photo("cat.jpg").transformation(pre()));
    assert_eq!(stored.file().unwrap().width, Some(300));
    assert_eq!(refused(&emulator, &text("a.txt", "a").transformation(pre())).status, 400);
}

#[test]
fn refused_forms() {
    let emulator = Emulator::new();
    let error = refused(&emulator, &text("a.txt", "a").tags(["x".repeat(501)]));
    assert!(error.message.unwrap().contains("500"));
    assert_eq!(refused(&emulator, &text("a.txt", "a").custom_coordinates("1,2,3")).status, 400);
    assert_eq!(refused(&emulator, &text("a.txt", "a").extra("isPrivateFile", "maybe")).status, 400);
    assert!(emulator.stored_bytes("/a.txt").is_none());
}

#[test]
fn refused_bodies() {
    let emulator = Emulator::new();
    let post = |content_type: &str, body: &'static str| {
        let request = http::Request::post("/api/v1/files/upload")
            .header("authorization", "Basic cHJpdmF0ZV9lbXVsYXRvcjo=")
            .header("content-type", content_type)
            .body(bytes::Bytes::from_static(body.as_bytes()));
        let response = emulator.respond(request.unwrap());
        assert_eq!(response.status(), 400);
        String::from_utf8_lossy(response.body()).into_owned()
    };
    assert!(post("application/json", "{}").contains("multipart/form-data"));
    assert!(post("multipart/form-data", "").contains("boundary"));
    assert!(post("multipart/form-data; boundary=x", "--x\r\n").contains("too early"));
    assert!(post("multipart/form-data; boundary=x", "--x--").contains("missing file parameter"));
}

#[test]
fn large_files_need_not_be_kept() {
    let emulator = Emulator::new().discard_bytes(true);
    let size = 17 * 1024 * 1024;
    let file = upload(&emulator, &UploadFile::new("a").file(FileSource::bytes(vec![0; size])));
    assert_eq!(file.size, Some(size as u64));
    assert_eq!(emulator.stored_bytes(&file.file_path).unwrap().len(), 16 * 1024 * 1024);
}

#[test]
fn a_list_may_come_in_several_parts() {
    let emulator = Emulator::new();
    let fields = [
        ("fileName", "a.txt"),
        ("tags", "red,blue"),
        ("tags", "big"),
        ("responseFields", "tags"),
        ("responseFields", "isPublished"),
    ];
    let (status, body) = crate::support::form(&emulator, &fields, b"x");
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["tags"], serde_json::json!(["red", "blue", "big"]));
    assert_eq!(body["isPublished"], true);
    let twice = [("fileName", "a.txt"), ("folder", "/a"), ("folder", "/b")];
    let (status, body) = crate::support::form(&emulator, &twice, b"x");
    assert_eq!(status, 400);
    assert!(body["message"].as_str().unwrap().contains("folder"), "{body}");
}
