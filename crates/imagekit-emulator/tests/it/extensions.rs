//! Extensions: their status, their effect, and the requests to `webhookUrl`.

use imagekit_emulator::{Emulator, media};
use serde_json::{Value, json};

use crate::support::{define, form, json as call};

fn upload(emulator: &Emulator, name: &str, extensions: &Value) -> Value {
    let text = extensions.to_string();
    let photo = media::sample_photo();
    let bytes = if name.ends_with(".jpg") { photo.as_slice() } else { b"text" };
    let fields =
        [("fileName", name), ("extensions", &text), ("webhookUrl", "https://example.com/h")];
    let (status, body) = form(emulator, &fields, bytes);
    assert_eq!(status, 200, "{body}");
    body["extensionStatus"].clone()
}

#[test]
fn a_background_is_removed_later() {
    let emulator = Emulator::new();
    let status = upload(&emulator, "a.jpg", &json!([{ "name": "remove-bg" }]));
    assert_eq!(status, json!({ "remove-bg": "pending" }));
    assert_eq!(emulator.file("/a.jpg").unwrap().versions, 1);
    let callbacks = emulator.callbacks();
    assert_eq!(callbacks.len(), 1);
    assert_eq!(callbacks[0].url, "https://example.com/h");
    let body = &callbacks[0].body;
    assert_eq!((&body["service"], &body["status"]), (&"remove-bg".into(), &"SUCCESS".into()));
    assert_eq!(body["fileObject"]["versionInfo"]["name"], "Version 2");
    assert_eq!(emulator.file("/a.jpg").unwrap().versions, 2);
    // It ends once.
    call(&emulator, "GET", "/v1/files", Value::Null);
    assert_eq!(emulator.callbacks().len(), 1);
}

#[test]
fn files_that_are_no_images_fail() {
    let emulator = Emulator::new();
    let extensions = json!([{ "name": "ai-auto-description" }, { "name": "remove-bg" }]);
    let status = upload(&emulator, "a.txt", &extensions);
    assert_eq!(status, json!({ "ai-auto-description": "failed", "remove-bg": "pending" }));
    for callback in emulator.callbacks() {
        assert_eq!(callback.body["status"], "FAILURE");
        assert!(callback.body["fileId"].is_string() && callback.body["error"].is_string());
    }
    assert_eq!(emulator.callbacks().len(), 2);
    let file = emulator.file("/a.txt").unwrap();
    assert_eq!((file.versions, file.description), (1, None));
}

#[test]
fn a_file_that_is_gone_fails() {
    let emulator = Emulator::new();
    upload(&emulator, "a.jpg", &json!([{ "name": "remove-bg" }]));
    // The extension ends before the file is deleted, and the next one after it.
    let id = emulator.file("/a.jpg").unwrap().id;
    let path = format!("/v1/files/{id}/details");
    let body = json!({ "extensions": [{ "name": "remove-bg" }], "webhookUrl": "https://b" });
    assert_eq!(call(&emulator, "PATCH", &path, body).1["extensionStatus"]["remove-bg"], "pending");
    assert_eq!(call(&emulator, "DELETE", &format!("/v1/files/{id}"), Value::Null).0, 204);
    let statuses: Vec<Value> =
        emulator.callbacks().into_iter().map(|callback| callback.body["status"].clone()).collect();
    assert_eq!(statuses, ["SUCCESS", "SUCCESS"]);
    assert!(emulator.file("/a.jpg").is_none());
}

#[test]
fn tasks_are_simulated() {
    let emulator = Emulator::new();
    define(
        &emulator,
        "colour",
        json!({ "type": "SingleSelect", "selectOptions": ["red", "blue"] }),
    );
    define(&emulator, "rooms", json!({ "type": "MultiSelect", "selectOptions": ["a", "b", "c"] }));
    define(&emulator, "price", json!({ "type": "Number" }));
    let tasks = json!([
        { "type": "select_tags", "instruction": "?", "vocabulary": ["shirt", "dress"] },
        { "type": "select_metadata", "instruction": "?", "field": "colour" },
        { "type": "select_metadata", "instruction": "?", "field": "rooms", "min_selections": 2 },
        { "type": "yes_no", "instruction": "?", "on_yes": { "add_tags": ["luxury"],
            "set_metadata": [{ "field": "price", "value": 5 }, { "field": "price", "value": "x" }] } },
    ]);
    let status = upload(&emulator, "a.jpg", &json!([{ "name": "ai-tasks", "tasks": tasks }]));
    assert_eq!(status, json!({ "ai-tasks": "success" }));
    let file = emulator.file("/a.jpg").unwrap();
    assert_eq!(file.tags, ["shirt", "luxury"]);
    let expected = json!({ "colour": "red", "rooms": ["a", "b"], "price": 5 });
    assert_eq!(Value::Object(file.custom_metadata), expected);
}

#[test]
fn webhook_urls_are_checked() {
    let emulator = Emulator::new();
    let fields = [("fileName", "a.txt"), ("webhookUrl", "nowhere")];
    assert_eq!(form(&emulator, &fields, b"a").0, 400);
    let id = emulator.put("/a.txt", "a").unwrap().id;
    let body = json!({ "webhookUrl": "nowhere" });
    assert_eq!(call(&emulator, "PATCH", &format!("/v1/files/{id}/details"), body).0, 400);
}

#[test]
fn uploads_may_spell_fields_as_the_python_package_does() {
    let emulator = Emulator::new();
    let extensions = json!([{ "name": "aws-auto-tagging", "max_tags": 1, "min_confidence": 95 }]);
    assert_eq!(upload(&emulator, "a.jpg", &extensions), json!({ "aws-auto-tagging": "success" }));
    assert_eq!(emulator.file("/a.jpg").unwrap().ai_tags.len(), 1);
    let id = emulator.file("/a.jpg").unwrap().id;
    let path = format!("/v1/files/{id}/details");
    let (status, _) = call(&emulator, "PATCH", &path, json!({ "extensions": extensions }));
    assert_eq!(status, 400, "an update has the documented names");
}
