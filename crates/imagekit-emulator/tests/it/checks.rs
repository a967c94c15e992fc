//! `checks` of uploads.

use imagekit_emulator::{Emulator, media};
use serde_json::json;

use crate::support::{define, form};

fn upload(checks: &str, bytes: &[u8]) -> (u16, String) {
    let emulator = Emulator::new();
    define(&emulator, "price", json!({ "type": "Number" }));
    define(&emulator, "kinds", json!({ "type": "MultiSelect", "selectOptions": ["a", "b"] }));
    let fields = [
        ("fileName", "cat.jpg"),
        ("folder", "/marketing/summer/"),
        ("tags", "red,blue"),
        ("isPrivateFile", "true"),
        ("customMetadata", r#"{"price": 10, "kinds": ["a"]}"#),
        ("checks", checks),
    ];
    let (status, body) = form(&emulator, &fields, bytes);
    let stored = emulator.file("/marketing/summer/cat.jpg").is_some();
    assert_eq!(status == 200, stored, "{checks}: {body}");
    (status, body["message"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn they_hold_or_refuse_the_upload() {
    for (checks, holds) in [
        (r#""request.folder" : "marketing/""#, true),
        ("\"request.folder\" : \"marketing/\"\n", true),
        (r#""request.folder" : "/marketing""#, true),
        (r#""request.folder" : "sales/""#, false),
        (r#""request.folder" = marketing/summer"#, true),
        (r#""request.folder" NOT = marketing"#, true),
        (r#""request.fileName" IN [cat.jpg, dog.jpg]"#, true),
        (r#""request.fileName" NOT IN ["cat.jpg"]"#, false),
        (r#""request.tags" HAS red"#, true),
        (r#""request.tags" NOT HAS "red""#, false),
        (r#""request.isPrivateFile" = true"#, true),
        (r#""request.useUniqueFileName" = true"#, false),
        (r#""request.webhookUrl" = x"#, false),
        (r#""request.customMetadata.price" >= 10"#, true),
        (r#""request.customMetadata.price" NOT = 10"#, false),
        (r#""request.customMetadata.kinds" HAS a"#, true),
        (r#""request.customMetadata.unset" = a"#, false),
        ("'file.size' < '1mb'", true),
        (r#""file.size" <= 10"#, false),
        (r#""file.mime" : image"#, true),
        (r#""file.mime" = image/jpeg"#, true),
        (r#""file.mime" NOT = "image/jpeg""#, false),
        (r#""mediaMetadata.width" <= 640 AND "mediaMetadata.height" = 480"#, true),
        (r#""mediaMetadata.width" > 640 OR "file.mime" : video"#, false),
        (r#""file.mime" : video AND "mediaMetadata.width" > 1 OR "file.size" > 1"#, true),
        (r#""file.mime" : video AND ("mediaMetadata.width" > 1 OR "file.size" > 1)"#, false),
        // An image has no duration.
        (r#""mediaMetadata.duration" > 1"#, false),
    ] {
        let (status, message) = upload(checks, &media::sample_photo());
        assert_eq!(status, if holds { 200 } else { 400 }, "{checks}");
        if !holds {
            assert_eq!(message, "Your request failed 'checks' validation.");
        }
    }
}

#[test]
fn wrong_syntax() {
    for checks in [
        "x",
        r#""file.size""#,
        r#""file.size" <"#,
        r#""file.size" < 5 6"#,
        r#""file.size" HAS 5"#,
        r#""file.size" NOT = 5"#,
        r#""file.colour" = red"#,
        r#""request.tags" = red"#,
        r#""request.isPublished" : t"#,
        r#""file.mime" IN [a"#,
        r#"("file.mime" : image"#,
        r#""file.mime : image"#,
    ] {
        let (status, message) = upload(checks, b"x");
        let expected = "Your request contains invalid syntax for the checks parameter.";
        assert_eq!((status, message.as_str()), (400, expected), "{checks}");
    }
    assert_eq!(upload(&"(".repeat(10_000), b"x").0, 400);
}

#[test]
fn what_cannot_be_evaluated_is_named() {
    let video = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom";
    let (status, message) = upload(r#""mediaMetadata.videoCodec" = hevc"#, video);
    assert_eq!(status, 400);
    assert!(message.contains("does not emulate checks of `mediaMetadata.videoCodec`"), "{message}");
    // What decides without it is evaluated.
    assert_eq!(upload(r#""file.size" > 1 OR "mediaMetadata.duration" < 5"#, video).0, 200);
    assert_eq!(upload(r#""file.size" > 99 AND "mediaMetadata.duration" < 5"#, video).0, 400);
}

#[test]
fn videos_are_checked_by_what_they_hold() {
    let video = crate::media::boxes::mp4(b"isom", false);
    for (checks, status) in [
        (r#""mediaMetadata.duration" < 3 AND "mediaMetadata.videoCodec" = h264"#, 200),
        (r#""mediaMetadata.audioCodec" = aac AND "mediaMetadata.width" = 320"#, 200),
        (r#""mediaMetadata.bitRate" > 1"#, 200),
        (r#""mediaMetadata.duration" >= 3"#, 400),
        (r#""mediaMetadata.videoCodec" : av"#, 400),
    ] {
        assert_eq!(upload(checks, &video).0, status, "{checks}");
    }
}
