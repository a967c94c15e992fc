//! Origins of every type.

use imagekit_emulator::Emulator;
use serde_json::{Value, json};

use crate::support::json as call;

const PATH: &str = "/v1/accounts/origins";

/// A request of every type, and the keys that its response shows beside the common ones.
fn requests() -> Vec<(Value, &'static [&'static str])> {
    let keys = json!({ "accessKey": "AKIA", "secretKey": "hush" });
    let with = |mut body: Value, keys: &Value| {
        let fields = body.as_object_mut().unwrap();
        fields.extend(keys.as_object().unwrap().clone());
        body
    };
    vec![
        (with(json!({ "type": "S3", "bucket": "b" }), &keys), &["bucket", "prefix"]),
        (
            with(
                json!({ "type": "S3_COMPATIBLE", "bucket": "b", "endpoint": "https://s3" }),
                &keys,
            ),
            &["bucket", "prefix", "endpoint", "s3ForcePathStyle"],
        ),
        (
            with(json!({ "type": "CLOUDINARY_BACKUP", "bucket": "b", "useIAMRole": false }), &keys),
            &["bucket", "prefix", "useIAMRole"],
        ),
        (
            json!({ "type": "WEB_FOLDER", "baseUrl": "https://example.com/a" }),
            &["baseUrl", "forwardHostHeaderToOrigin"],
        ),
        (json!({ "type": "WEB_PROXY", "includeCanonicalHeader": true }), &[]),
        (
            json!({ "type": "GCS", "bucket": "b", "clientEmail": "a@b.example.com",
                "privateKey": "hush" }),
            &["bucket", "prefix", "clientEmail"],
        ),
        (
            json!({ "type": "AZURE_BLOB", "container": "c", "accountName": "a",
                "sasToken": "hush", "prefix": "p" }),
            &["container", "prefix", "accountName"],
        ),
        (
            json!({ "type": "AKENEO_PIM", "baseUrl": "https://example.com", "clientId": "hush",
                "clientSecret": "hush", "username": "hush", "password": "hush" }),
            &["baseUrl"],
        ),
    ]
}

fn named(mut body: Value) -> Value {
    body["name"] = "My origin 1".into();
    body
}

#[test]
fn every_type_and_no_secret() {
    let emulator = Emulator::new();
    for (request, shown) in requests() {
        let (status, body) = call(&emulator, "POST", PATH, named(request.clone()));
        assert_eq!(status, 201, "{body}");
        let mut keys: Vec<&str> = body.as_object().unwrap().keys().map(String::as_str).collect();
        let common = ["id", "includeCanonicalHeader", "name", "type"];
        let mut expected: Vec<&str> = common.iter().chain(shown).copied().collect();
        keys.sort_unstable();
        expected.sort_unstable();
        assert_eq!(keys, expected);
        assert!(!body.to_string().contains("hush"));
        let one = format!("{PATH}/{}", body["id"].as_str().unwrap());
        assert_eq!(call(&emulator, "GET", &one, Value::Null), (200, body.clone()));
        assert_eq!(call(&emulator, "PUT", &one, named(request)), (200, body));
    }
    let (_, all) = call(&emulator, "GET", PATH, Value::Null);
    assert_eq!(all.as_array().unwrap().len(), 8);
    let one = format!("{PATH}/{}", all[0]["id"].as_str().unwrap());
    assert_eq!(call(&emulator, "DELETE", &one, Value::Null).0, 204);
    assert_eq!(call(&emulator, "DELETE", &one, Value::Null).0, 404);
    assert_eq!(call(&emulator, "GET", &one, Value::Null).1["message"], "Origin not found.");
}

#[test]
fn every_required_field_is_required() {
    let emulator = Emulator::new();
    let optional = ["prefix", "useIAMRole", "includeCanonicalHeader"];
    for (request, _) in requests() {
        let request = named(request);
        for key in request.as_object().unwrap().keys().filter(|key| !optional.contains(&&***key)) {
            for wrong in [None, Some(json!(5)), Some(json!(""))] {
                let mut body = request.clone();
                match wrong {
                    None => drop(body.as_object_mut().unwrap().remove(key)),
                    Some(wrong) => body[key] = wrong,
                }
                let (status, response) = call(&emulator, "POST", PATH, body);
                let message = response["message"].as_str().unwrap();
                let named = message.contains(key.as_str()) || message.contains("origin type");
                assert!(status == 400 && named, "{key}: {status} {message}");
            }
        }
    }
}

#[test]
fn messages() {
    let emulator = Emulator::new();
    let message = |body: Value| call(&emulator, "POST", PATH, body).1["message"].clone();
    assert_eq!(
        message(json!({ "name": "a", "type": "FTP" })),
        "Invalid origin type. Must be one of S3, S3_COMPATIBLE, CLOUDINARY_BACKUP, WEB_FOLDER, \
         WEB_PROXY, GCS, AZURE_BLOB, AKENEO_PIM."
    );
    let no_name = json!({ "type": "WEB_PROXY" });
    assert_eq!(message(no_name), "name is required and must be a string");
    let no_bucket = json!({ "type": "S3", "name": "a", "accessKey": "a", "secretKey": "b" });
    assert_eq!(message(no_bucket), "bucket is required and must be a string");
    for (key, value) in [
        ("name", json!("a_b")),
        ("name", json!("x".repeat(101))),
        ("bucket", json!("b")),
        ("includeCanonicalHeader", json!("no")),
        ("baseUrlForCanonicalHeader", json!("nowhere")),
    ] {
        let mut body = json!({ "type": "WEB_PROXY", "name": "a" });
        body[key] = value;
        assert!(message(body).as_str().unwrap().starts_with(key), "{key}");
    }
    // Keys that hold a document may be long, others not.
    for (request, _) in requests() {
        let secrets = named(request);
        for (key, _) in secrets.as_object().unwrap().iter().filter(|(_, value)| *value == "hush") {
            let mut body = secrets.clone();
            body[key] = "x".repeat(101).into();
            let long = ["privateKey", "sasToken"].contains(&key.as_str());
            let status = call(&emulator, "POST", PATH, body).0;
            assert_eq!(status, if long { 201 } else { 400 }, "{key}");
        }
    }
    // Keys are empty where a role is used.
    let role = json!({ "type": "S3", "name": "a", "bucket": "b", "useIAMRole": true,
        "accessKey": "", "secretKey": "" });
    assert_eq!(call(&emulator, "POST", PATH, role).0, 201);
}
