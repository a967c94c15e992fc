//! Which events are recorded, and what they say.

use std::time::Duration;

use bytes::Bytes;
use imagekit_emulator::{Emulator, Webhook, WebhookError, media};
use imagekit_proto::webhook::Event;
use serde_json::{Value, json};

use crate::support::{form, json as call, photo, text, upload};

/// The types of the events so far; each event is read by the core without loss.
fn types(emulator: &Emulator) -> Vec<String> {
    let check = |body: &Value| {
        let event = Event::parse_unverified(body.to_string().as_bytes()).unwrap();
        assert!(!matches!(event, Event::Unknown(_)), "{body}");
        assert_eq!(without_null(serde_json::to_value(&event).unwrap()), without_null(body.clone()));
    };
    let events = emulator.events();
    events.iter().for_each(|event| check(&event.body));
    events.into_iter().map(|event| event.event_type).collect()
}

/// Null, absent and, for lists, empty are the same.
fn without_null(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let none = |value: &Value| value.is_null() || *value == json!([]);
            let kept = map.into_iter().filter(|(_, value)| !none(value));
            Value::Object(kept.map(|(key, value)| (key, without_null(value))).collect())
        }
        Value::Array(items) => items.into_iter().map(without_null).collect(),
        other => other,
    }
}

/// The types of the events since the last call.
fn new(emulator: &Emulator, seen: &mut usize) -> Vec<String> {
    let all = types(emulator);
    let new = all[*seen..].to_vec();
    *seen = all.len();
    new
}

#[test]
fn a_file_s_life_has_events() {
    let emulator = Emulator::new();
    let seen = &mut 0;
    let id = upload(&emulator, &text("a.txt", "one")).file_id;
    assert_eq!(new(&emulator, seen), ["file.created"]);
    let details = format!("/v1/files/{id}/details");
    call(&emulator, "PATCH", &details, json!({ "tags": ["t"], "description": "d" }));
    assert_eq!(new(&emulator, seen), ["file.updated"]);
    call(&emulator, "PATCH", &details, json!({ "publish": { "isPublished": false } }));
    assert_eq!(new(&emulator, seen), ["file.updated"]);
    upload(&emulator, &text("a.txt", "two"));
    assert_eq!(new(&emulator, seen), ["file-version.created"]);
    call(&emulator, "DELETE", &format!("/v1/files/{id}/versions/{id}"), json!(null));
    assert_eq!(new(&emulator, seen), ["file-version.deleted"]);
    let rename = json!({ "filePath": "/a.txt", "newFileName": "b.txt" });
    call(&emulator, "PUT", "/v1/files/rename", rename);
    assert_eq!(new(&emulator, seen), ["file.updated"]);
    let copy = json!({ "sourceFilePath": "/b.txt", "destinationPath": "/copies" });
    call(&emulator, "POST", "/v1/files/copy", copy);
    assert_eq!(new(&emulator, seen), ["file.created"]);
    call(&emulator, "DELETE", &format!("/v1/files/{id}"), json!(null));
    assert_eq!(new(&emulator, seen), ["file.deleted"]);
    call(&emulator, "DELETE", "/v1/folder", json!({ "folderPath": "/copies" }));
    assert_eq!(new(&emulator, seen), ["file.deleted"]);
    call(&emulator, "GET", "/v1/files", json!(null));
    call(&emulator, "DELETE", &format!("/v1/files/{id}"), json!(null));
    assert_eq!(new(&emulator, seen), [""; 0]);
    assert_eq!(emulator.events().last().unwrap().body["data"].as_object().unwrap().len(), 1);
}

#[test]
fn events_hold_the_file_as_it_is_then() {
    let emulator = Emulator::new();
    let file = upload(&emulator, &photo("cat.jpg").tags(["one"]));
    let details = format!("/v1/files/{}/details", file.file_id);
    call(&emulator, "PATCH", &details, json!({ "tags": ["two"] }));
    let (_, now) = call(&emulator, "GET", &details, json!(null));
    let events = emulator.events();
    assert_eq!(events[0].body["data"]["tags"], json!(["one"]));
    assert_eq!(events[1].body["data"], now);
    assert_ne!(events[0].id, events[1].id);
    assert_eq!(events[1].body["id"], events[1].id.as_str());
    assert!(events[1].body["created_at"].as_str().unwrap().starts_with("2026-01-01T"));
}

#[test]
fn prepared_files_make_no_events() {
    let emulator = Emulator::new();
    emulator.put("/a.txt", "a").unwrap();
    emulator.put("/a.txt", "b").unwrap();
    assert_eq!(types(&emulator), [""; 0]);
}

#[test]
fn background_removal_makes_a_version() {
    let emulator = Emulator::new();
    let fields = [("fileName", "a.jpg"), ("extensions", r#"[{"name":"remove-bg"}]"#)];
    assert_eq!(form(&emulator, &fields, &media::sample_photo()).0, 200);
    assert_eq!(types(&emulator), ["file.created", "file-version.created"]);
}

#[test]
fn transformations_of_uploads_have_events() {
    let emulator = Emulator::new();
    let photo = media::sample_photo();
    let transformation = r#"{"pre":"w-32","post":[{"type":"transformation","value":"rt-90"},
                             {"type":"transformation","value":"w-1,,"}]}"#;
    let fields = [("fileName", "a.jpg"), ("transformation", transformation)];
    let (status, body) = form(&emulator, &fields, &photo);
    assert_eq!(status, 200, "{body}");
    assert_eq!(
        types(&emulator),
        [
            "file.created",
            "upload.pre-transform.success",
            "upload.post-transform.success",
            "upload.post-transform.error",
        ]
    );
    let events = emulator.events();
    assert_eq!(events[1].body["data"], body);
    assert_eq!(events[1].body["request"]["transformation"], "w-32");
    assert_eq!(
        events[2].body["data"]["url"],
        format!("{}?tr=rt-90", body["url"].as_str().unwrap())
    );
    assert_eq!(events[2].body["request"]["transformation"]["type"], "transformation");
    let fields = [("fileName", "a.jpg"), ("transformation", r#"{"pre":"w-0"}"#)];
    assert_eq!(form(&emulator, &fields, &photo).0, 400);
    let last = emulator.events().pop().unwrap();
    assert_eq!(last.event_type, "upload.pre-transform.error");
    assert_eq!(last.body["data"]["path"], "/a.jpg");
    assert_eq!(types(&emulator).len(), 5);
}

#[test]
fn videos_cannot_be_transformed() {
    let emulator = Emulator::new();
    emulator.put("/film.mp4", &b"\0\0\0\x14ftypisom\0\0\0\0mp42"[..]).unwrap();
    let request = http::Request::get("/demo/film.mp4?tr=w-10&ik-attachment=true");
    let request = request.header("user-agent", "test").body(Bytes::new()).unwrap();
    let response = emulator.respond(request);
    assert_eq!(response.status(), 501);
    assert_eq!(types(&emulator), ["video.transformation.accepted", "video.transformation.error"]);
    let [accepted, error] = [&emulator.events()[0].body, &emulator.events()[1].body];
    assert_eq!(accepted["request"]["url"], "https://ik.imagekit.io/demo/film.mp4?tr=w-10");
    assert_eq!(accepted["request"]["user_agent"], "test");
    let id = response.headers()["x-ik-requestid"].to_str().unwrap();
    assert_eq!(error["request"]["x_request_id"], id);
    assert_eq!(error["data"]["transformation"]["error"]["reason"], "encoding_failed");
}

#[test]
fn events_change_no_ids() {
    let ids = |webhooks: bool| {
        let emulator = Emulator::new();
        if webhooks {
            emulator.add_webhook(Webhook::new("http://127.0.0.1:9/").unwrap());
        }
        let first = upload(&emulator, &text("a.txt", "a")).file_id;
        emulator.events();
        (first, upload(&emulator, &text("b.txt", "b")).file_id)
    };
    assert_eq!(ids(false), ids(true));
}

#[test]
fn webhooks_are_checked() {
    for url in ["https://a.example/hook", "/hook", "127.0.0.1:80", "http://", ""] {
        let error = Webhook::new(url).unwrap_err();
        assert!(matches!(error, WebhookError::Url { .. }), "{url}");
        assert!(error.to_string().contains("http://127.0.0.1"), "{error}");
    }
    let webhook = Webhook::new("http://127.0.0.1/h?token=secret").unwrap();
    assert_eq!(webhook.clone().with_secret("").unwrap_err(), WebhookError::EmptySecret);
    let shown = format!("{:?}", webhook.with_secret("whsec_x").unwrap());
    assert!(!shown.contains("secret=") && !shown.contains("token") && !shown.contains("whsec_x"));
    // Without a server nothing is sent.
    let emulator = Emulator::new();
    let webhook = Webhook::new("http://127.0.0.1:9/").unwrap();
    emulator.add_webhook(webhook.with_retries(1, Duration::ZERO));
    upload(&emulator, &text("a.txt", "a"));
    assert_eq!((emulator.webhooks_unsent(), emulator.webhook_attempts().len()), (0, 0));
}
