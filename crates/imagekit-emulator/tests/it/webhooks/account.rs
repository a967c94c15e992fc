//! Webhooks that requests create.

use imagekit_emulator::Emulator;
use serde_json::{Value, json};

use crate::support::json as send;

const PATH: &str = "/v1/accounts/webhooks";

fn create(emulator: &Emulator, endpoint: &str) -> (u16, Value) {
    let body = json!({ "endpoint": endpoint, "events": ["file.created"] });
    send(emulator, "POST", PATH, body)
}

#[test]
fn webhooks_are_created_changed_and_deleted() {
    let emulator = Emulator::new();
    let (status, created) = create(&emulator, "http://127.0.0.1:9/hook");
    assert_eq!(status, 201);
    assert_eq!(created["enabled"], true);
    assert!(created["secret"].as_str().unwrap().starts_with("whsec_"));
    let path = format!("{PATH}/{}", created["id"].as_str().unwrap());

    let change = json!({ "enabled": false, "events": ["file.deleted"] });
    let (status, changed) = send(&emulator, "PATCH", &path, change);
    assert_eq!((status, &changed["enabled"]), (200, &json!(false)));
    assert_eq!(changed["secret"], created["secret"]);
    assert!(changed["updatedAt"].as_str() > created["updatedAt"].as_str());
    assert_eq!(send(&emulator, "GET", &path, Value::Null), (200, changed.clone()));
    assert_eq!(send(&emulator, "GET", PATH, Value::Null), (200, json!([changed])));

    assert_eq!(send(&emulator, "DELETE", &path, Value::Null).0, 204);
    assert_eq!(send(&emulator, "GET", &path, Value::Null).0, 404);
}

#[test]
fn what_an_account_cannot_have_is_refused() {
    let emulator = Emulator::new();
    for bad in [
        json!({ "events": ["file.created"] }),
        json!({ "endpoint": "http://127.0.0.1/" }),
        json!({ "endpoint": "nowhere", "events": ["file.created"] }),
        json!({ "endpoint": "http://127.0.0.1/", "events": [] }),
        json!({ "endpoint": "http://127.0.0.1/", "events": ["file.touched"] }),
        json!({ "endpoint": "http://127.0.0.1/", "events": ["file.created"], "enabled": 1 }),
    ] {
        assert_eq!(send(&emulator, "POST", PATH, bad.clone()).0, 400, "{bad}");
    }
    assert_eq!(create(&emulator, "https://a.example/1").0, 201);
    let (_, second) = create(&emulator, "https://a.example/2");
    assert_eq!(create(&emulator, "https://a.example/1").0, 400, "the endpoint is taken");
    let path = format!("{PATH}/{}", second["id"].as_str().unwrap());
    let taken = json!({ "endpoint": "https://a.example/1" });
    assert_eq!(send(&emulator, "PATCH", &path, taken).0, 400);
    let own = json!({ "endpoint": "https://a.example/2" });
    assert_eq!(send(&emulator, "PATCH", &path, own).0, 200);
    assert_eq!(create(&emulator, "https://a.example/3").0, 201);
    assert_eq!(create(&emulator, "https://a.example/4").0, 400, "there are three");
}

#[test]
fn the_operation_for_generators_does_nothing() {
    let emulator = Emulator::new();
    assert_eq!(send(&emulator, "POST", "/v1/dummy/test", json!({})), (204, Value::Null));
}
