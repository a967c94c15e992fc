//! Saved extensions.

use imagekit_emulator::Emulator;
use imagekit_emulator::media::sample_photo;
use serde_json::{Value, json};

use crate::support::{define, form, json as call};

const PATH: &str = "/v1/saved-extensions";

fn create(emulator: &Emulator, config: Value) -> (u16, Value) {
    let body = json!({ "name": "Tags", "description": "Finds tags", "config": config });
    call(emulator, "POST", PATH, body)
}

#[test]
fn from_creation_to_deletion() {
    let emulator = Emulator::new();
    let (status, made) = create(&emulator, json!({ "name": "remove-bg" }));
    assert_eq!(status, 201);
    let one = format!("{PATH}/{}", made["id"].as_str().unwrap());
    assert_eq!(call(&emulator, "GET", &one, Value::Null), (200, made.clone()));
    let (status, changed) = call(&emulator, "PATCH", &one, json!({ "name": "Other" }));
    assert_eq!(
        (status, &changed["name"], &changed["config"]),
        (200, &"Other".into(), &made["config"])
    );
    assert!(changed["updatedAt"].as_str() > made["updatedAt"].as_str());
    assert_eq!(call(&emulator, "GET", PATH, Value::Null), (200, json!([changed])));
    assert_eq!(call(&emulator, "DELETE", &one, Value::Null), (204, Value::Null));
    let (status, body) = call(&emulator, "GET", &one, Value::Null);
    let gone = "The requested saved extension does not exist.";
    assert_eq!((status, &body["message"]), (404, &gone.into()));
    let (status, body) = call(&emulator, "GET", &format!("{PATH}/x"), Value::Null);
    assert_eq!((status, &body["message"]), (400, &"Invalid saved extension ID.".into()));
}

#[test]
fn uploads_use_them_by_id() {
    let emulator = Emulator::new();
    let config = json!({ "name": "google-auto-tagging", "minConfidence": 80, "maxTags": 1 });
    let (_, made) = create(&emulator, config);
    let upload = |id: &Value| {
        let extensions = json!([{ "name": "saved-extension", "id": id }]).to_string();
        form(&emulator, &[("fileName", "a.jpg"), ("extensions", &extensions)], &sample_photo())
    };
    let (status, body) = upload(&made["id"]);
    assert_eq!((status, &body["AITags"][0]["name"]), (200, &"Emulated".into()));
    assert_eq!(body["extensionStatus"], json!({ "google-auto-tagging": "success" }));
    assert_eq!(upload(&"ext_gone".into()).0, 400);
}

#[test]
fn configurations_are_checked() {
    let emulator = Emulator::new();
    define(&emulator, "colour", json!({ "type": "SingleSelect", "selectOptions": ["red"] }));
    let task = |task: Value| json!({ "name": "ai-tasks", "tasks": [task] });
    let good = [
        json!({ "name": "ai-auto-description" }),
        json!({ "name": "remove-bg", "options": { "bg_color": "fff" } }),
        task(json!({ "type": "yes_no", "instruction": "?", "on_yes": { "add_tags": ["a"] } })),
        task(json!({ "type": "select_metadata", "instruction": "?", "field": "colour" })),
    ];
    for config in good {
        assert_eq!(create(&emulator, config.clone()).0, 201, "{config}");
    }
    let bad = [
        json!(5),
        json!({}),
        json!({ "name": "saved-extension", "id": "ext_1" }),
        json!({ "name": "aws-auto-tagging", "maxTags": 5 }),
        json!({ "name": "remove-bg", "options": { "bg_color": "fff", "bg_image_url": "x" } }),
        json!({ "name": "ai-tasks" }),
        json!({ "name": "ai-tasks", "tasks": [] }),
        task(json!({ "type": "sing", "instruction": "?" })),
        task(json!({ "type": "yes_no", "instruction": "" })),
        task(json!({ "type": "select_tags", "instruction": "?", "vocabulary": ["100%"] })),
        task(json!({ "type": "select_tags", "instruction": "?", "vocabulary": ["x".repeat(501)] })),
        task(json!({ "type": "select_metadata", "instruction": "?", "field": "unknown" })),
    ];
    for config in bad {
        let (status, body) = create(&emulator, config.clone());
        assert_eq!(status, 400, "{config}");
        assert_eq!(body["message"], "Invalid extension configuration.");
    }
    let nameless = json!({ "description": "d", "config": { "name": "remove-bg" } });
    assert_eq!(call(&emulator, "POST", PATH, nameless).0, 400);
}
