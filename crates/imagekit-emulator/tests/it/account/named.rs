//! Named transformations.

use imagekit_emulator::Emulator;
use serde_json::{Value, json};

use crate::support::json as call;

const PATH: &str = "/v1/named-transformations";

#[test]
fn from_creation_to_deletion() {
    let emulator = Emulator::new();
    let body = json!({ "name": "small_thumbnail", "transformation": "w-150,h-150" });
    let (status, made) = call(&emulator, "POST", PATH, body.clone());
    assert_eq!((status, &made["enabled"]), (201, &true.into()));
    assert_eq!(made["createdAt"], "2026-01-01T00:00:00.000Z");
    assert_eq!(call(&emulator, "POST", PATH, body).0, 400, "the name is taken");
    let one = format!("{PATH}/{}", made["id"].as_str().unwrap());
    let (status, changed) = call(&emulator, "PATCH", &one, json!({ "enabled": false }));
    assert_eq!(
        (status, &changed["enabled"], &changed["name"]),
        (200, &false.into(), &made["name"])
    );
    assert_eq!(call(&emulator, "GET", &one, Value::Null), (200, changed.clone()));
    assert_eq!(call(&emulator, "GET", PATH, Value::Null), (200, json!([changed])));
    assert_eq!(call(&emulator, "DELETE", &one, Value::Null), (204, Value::Null));
    assert_eq!(call(&emulator, "GET", &one, Value::Null).0, 404);
}

#[test]
fn refused_bodies() {
    let emulator = Emulator::new();
    for (key, value) in [
        ("name", json!(null)),
        ("name", json!("")),
        ("name", json!("a-b")),
        ("transformation", json!(null)),
        ("transformation", json!("")),
        ("enabled", json!("yes")),
    ] {
        let mut body = json!({ "name": "a", "transformation": "w-1" });
        body[key] = value;
        let (status, response) = call(&emulator, "POST", PATH, body);
        assert!(response["message"].as_str().unwrap().starts_with(key), "{key}: {response}");
        assert_eq!(status, 400);
    }
}

#[test]
fn there_are_250_at_most() {
    let emulator = Emulator::new();
    let create = |name: String| {
        call(&emulator, "POST", PATH, json!({ "name": name, "transformation": "w-1" })).0
    };
    let statuses: Vec<u16> = (0..251).map(|at| create(format!("n{at}"))).collect();
    assert!(statuses[..250].iter().all(|status| *status == 201));
    assert_eq!(statuses[250], 400);
}
