use imagekit_proto::api::upload::StreamingProtocol;
use imagekit_proto::webhook::*;
use serde_json::{Value, json};

fn parse(value: &Value) -> Result<Event, EventError> {
    Event::parse_unverified(value.to_string().as_bytes())
}

fn envelope(event_type: &str, rest: Value) -> Value {
    let mut event = json!({
        "type": event_type,
        "id": "evt_1",
        "created_at": "2026-02-11T09:00:01.123Z",
        "new_in_envelope": {"a": [1, 2.5]},
    });
    event.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    event
}

fn video(outcome: Value) -> Value {
    let mut transformation = json!({
        "type": "video-transformation",
        "options": {"video_codec": "vp9", "audio_codec": "mp3", "auto_rotate": true,
                    "quality": 10, "format": "webm", "stream_protocol": "HLS",
                    "variants": ["360", "720"], "new_option": 1},
        "new_in_transformation": "x",
    });
    transformation.as_object_mut().unwrap().extend(outcome.as_object().unwrap().clone());
    json!({
        "request": {"x_request_id": "r1", "url": "https://ik.imagekit.io/a/b.mp4?tr=f-webm",
                    "user_agent": "curl", "new_in_request": 1},
        "data": {"asset": {"url": "https://ik.imagekit.io/a/b.mp4", "new": 1},
                 "transformation": transformation, "new_in_data": null},
    })
}

fn file() -> Value {
    json!({"data": {"fileId": "f1", "type": "file", "name": "a.jpg", "filePath": "/a.jpg",
                    "url": "https://ik.imagekit.io/a/a.jpg", "tags": ["x"], "size": 100,
                    "versionInfo": {"id": "v1", "name": "Version 1"}, "new_in_file": {"b": 1}}})
}

/// One of each type, with keys that this version does not know.
fn all() -> Vec<(&'static str, Value)> {
    let failed = json!({"error": {"reason": "encoding_failed", "new": 1}, "new": 2});
    let post = json!({"x_request_id": "r1", "transformation":
        {"type": "abs", "value": "sr-240_360", "protocol": "hls", "new": 1}});
    vec![
        ("video.transformation.accepted", video(json!({}))),
        ("video.transformation.ready", {
            let mut event = video(json!({"output": {"url": "https://ik.imagekit.io/a/out",
                "video_metadata": {"duration": 15.023, "width": 1280, "height": 720,
                                   "bitrate": 180260, "new": 1}, "new": 1}}));
            event["timings"] = json!({"download_duration": 1, "encoding_duration": 2, "new": 3});
            event
        }),
        ("video.transformation.error", video(failed.clone())),
        (
            "upload.pre-transform.success",
            json!({
                "request": {"x_request_id": "r1", "transformation": "rt-90", "new": 1},
                "data": {"fileId": "f1", "name": "a.jpg", "size": 2300818, "filePath": "/a.jpg",
                         "url": "https://ik.imagekit.io/a/a.jpg", "fileType": "image",
                         "versionInfo": {"id": "v1", "name": "Version 1"}, "AITags": null, "new": 1},
            }),
        ),
        (
            "upload.pre-transform.error",
            json!({
                "request": {"x_request_id": "r1", "transformation": "so-70"},
                "data": {"name": "a.mp4", "path": "/a.mp4", "transformation": failed, "new": 1},
            }),
        ),
        (
            "upload.post-transform.success",
            json!({
                "request": post,
                "data": {"fileId": "f1", "url": "https://ik.imagekit.io/a/a.mp4", "name": "a.mp4",
                         "new": 1},
            }),
        ),
        (
            "upload.post-transform.error",
            json!({
                "request": post,
                "data": {"fileId": "f1", "url": "https://ik.imagekit.io/a/a.mp4", "name": "a.mp4",
                         "path": "/a.mp4", "transformation": failed, "new": 1},
            }),
        ),
        ("file.created", file()),
        ("file.updated", file()),
        ("file.deleted", json!({"data": {"fileId": "f1", "new": 1}})),
        ("file-version.created", file()),
        ("file-version.deleted", json!({"data": {"fileId": "f1", "versionId": "v1", "new": 1}})),
    ]
}

/// Null, absent and an empty list are the same.
fn leaves(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .filter(|(_, value)| !value.is_null() && **value != json!([]))
            .map(|(key, value)| (key.clone(), leaves(value)))
            .collect(),
        Value::Array(list) => list.iter().map(leaves).collect(),
        other => other.clone(),
    }
}

#[test]
fn every_documented_type_has_its_own_event() {
    let types: Vec<&str> = all().iter().map(|(event_type, _)| *event_type).collect();
    assert_eq!(types, EventType::KNOWN);
    for (event_type, rest) in all() {
        let event = parse(&envelope(event_type, rest)).unwrap();
        assert!(!matches!(event, Event::Unknown(_)), "{event_type}");
        assert_eq!(event.event_type(), event_type);
        assert_eq!(event.id(), Some("evt_1"));
    }
}

#[test]
fn nothing_is_lost() {
    for (event_type, rest) in all() {
        let sent = envelope(event_type, rest);
        let kept = serde_json::to_value(parse(&sent).unwrap()).unwrap();
        assert_eq!(leaves(&kept), leaves(&sent), "{event_type}");
    }
}

#[test]
fn values_are_typed() {
    let ready = all().into_iter().find(|(name, _)| name.ends_with("ready")).unwrap();
    let Event::VideoTransformationReady(event) = parse(&envelope(ready.0, ready.1)).unwrap() else {
        panic!("another event");
    };
    assert_eq!(event.created_at.as_str(), "2026-02-11T09:00:01.123Z");
    assert_eq!(event.request.user_agent.as_deref(), Some("curl"));
    assert_eq!(event.request.url, "https://ik.imagekit.io/a/b.mp4?tr=f-webm");
    assert_eq!(event.timings.as_ref().unwrap().encoding_duration.unwrap(), 2.0);
    let transformation = &event.data.transformation;
    assert_eq!(transformation.kind, VideoTransformationKind::VideoTransformation);
    let options = transformation.options.as_ref().unwrap();
    assert_eq!(options.video_codec, Some(EventVideoCodec::Vp9));
    assert_eq!(options.audio_codec.as_ref().unwrap().as_str(), "mp3");
    assert_eq!(options.stream_protocol, Some(VideoStreamProtocol::Hls));
    assert_eq!(options.variants, ["360", "720"]);
    let metadata = transformation.output.as_ref().unwrap().video_metadata.as_ref().unwrap();
    assert_eq!(metadata.duration.unwrap(), 15.023);

    let error = all().into_iter().find(|(name, _)| *name == "upload.post-transform.error").unwrap();
    let Event::UploadPostTransformError(event) = parse(&envelope(error.0, error.1)).unwrap() else {
        panic!("another event");
    };
    assert_eq!(event.request.transformation.kind, RequestedTransformationKind::Abs);
    assert_eq!(event.request.transformation.protocol, Some(StreamingProtocol::Hls));
    let reason = &event.data.transformation.error.reason;
    assert_eq!(*reason, TransformationFailureReason::EncodingFailed);
}

#[test]
fn unknown_types_are_kept_whole() {
    let sent = json!({"type": "file.archived", "data": {"deep": [null, {"x": 1e300}]}, "id": "e"});
    let event = parse(&sent).unwrap();
    assert_eq!((event.event_type(), event.id()), ("file.archived", Some("e")));
    assert_eq!(serde_json::to_value(&event).unwrap(), sent);
    let Event::Unknown(unknown) = event else { panic!("a known event") };
    assert_eq!(unknown.value, sent);
    assert_eq!(parse(&json!({"type": ""})).unwrap().id(), None);
}

#[test]
fn bodies_that_are_not_events_are_refused_with_the_reason() {
    let error = |body: &[u8]| Event::parse_unverified(body).unwrap_err();
    assert_eq!(error(b"\xff{}"), EventError::NotUtf8);
    for body in ["", "not json", "{\"type\":\"file.deleted\"", "{}x", &"[".repeat(100_000)] {
        assert!(matches!(error(body.as_bytes()), EventError::NotJson { .. }), "{body:.40}");
    }
    for body in [
        "[]",
        "\"text\"",
        "null",
        "1",
        "{}",
        " {\"a\": 1}\n",
        "{\"type\":5}",
        "{\"type\":null}",
        "{\"type\":\"a\",\"type\":\"b\"}",
    ] {
        assert_eq!(error(body.as_bytes()), EventError::NoType, "{body}");
    }
    let body = br#"{"type":"file.deleted","id":"e","created_at":"now","data":{"secret":"s3cret"}}"#;
    let malformed = error(body);
    assert!(
        matches!(&malformed, EventError::Malformed { what: "file.deleted", detail, line: 1, .. }
            if detail == "missing field `fileId`"),
        "{malformed:?}"
    );
    let body = br#"{"type":"file.deleted","id":"e","created_at":"now","data":"s3cret, expected"}"#;
    let malformed = error(body);
    assert!(matches!(malformed, EventError::Malformed { .. }));
    assert!(!format!("{malformed} {malformed:?}").contains("s3cret"), "{malformed:?}");
}

#[test]
fn callbacks_have_their_own_shape() {
    let parse = |value: &Value| ExtensionCallback::parse_unverified(value.to_string().as_bytes());
    for sent in [
        json!({"service": "google-auto-tagging", "status": "SUCCESS", "new": 1, "fileObject":
            {"fileId": "f1", "AITags": [{"name": "Shirt", "confidence": 90.12,
             "source": "google-auto-tagging"}], "name": "a.jpg", "new": {"a": 1}}}),
        json!({"service": "remove-bg", "status": "FAILURE", "fileId": "f1",
               "error": {"message": "no credits", "help": ""}}),
        json!({"service": "remove-bg", "status": "PARTIAL", "fileId": "f1", "error": "text"}),
    ] {
        let callback = parse(&sent).unwrap();
        assert_eq!(callback.file_id(), Some("f1"));
        assert_eq!(callback.status.is_known(), sent["status"] != "PARTIAL");
        assert_eq!(serde_json::to_value(&callback).unwrap(), sent);
    }
    assert_eq!(parse(&json!({"service": "s", "status": "FAILURE"})).unwrap().file_id(), None);
    assert!(matches!(
        parse(&envelope("file.deleted", json!({"data": {"fileId": "f1"}}))),
        Err(EventError::Malformed { what: "extension callback", .. })
    ));
    assert_eq!(ExtensionCallback::parse_unverified(b"\xff"), Err(EventError::NotUtf8));
    assert!(matches!(ExtensionCallback::parse_unverified(b"<"), Err(EventError::NotJson { .. })));
}
