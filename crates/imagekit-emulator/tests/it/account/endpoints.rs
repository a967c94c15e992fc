//! URL endpoints.

use imagekit_emulator::Emulator;
use serde_json::{Value, json};

use crate::support::json as call;

const PATH: &str = "/v1/accounts/url-endpoints";

#[test]
fn the_default_endpoint_stays() {
    let emulator = Emulator::new();
    let default = json!({ "id": "default", "description": "Default endpoint", "urlPrefix": "",
        "origins": [] });
    assert_eq!(call(&emulator, "GET", PATH, Value::Null), (200, json!([default])));
    let one = format!("{PATH}/default");
    let (status, body) = call(&emulator, "DELETE", &one, Value::Null);
    assert_eq!(
        (status, &body["message"]),
        (400, &"Default URL-endpoint cannot be deleted.".into())
    );
    let (status, body) = call(&emulator, "PUT", &one, json!({ "description": "Mine" }));
    assert_eq!(
        (status, &body["description"], &body["urlPrefix"]),
        (200, &"Mine".into(), &"".into())
    );
    let prefix = json!({ "description": "Mine", "urlPrefix": "x" });
    assert_eq!(call(&emulator, "PUT", &one, prefix).0, 400);
}

#[test]
fn an_endpoint_from_its_creation_to_its_end() {
    let emulator = Emulator::new();
    let origin = json!({ "type": "WEB_PROXY", "name": "a" });
    let (_, origin) = call(&emulator, "POST", "/v1/accounts/origins", origin);
    let body = json!({ "description": "d", "urlPrefix": "shop", "origins": [origin["id"]],
        "urlRewriter": { "type": "CLOUDINARY" } });
    let (status, made) = call(&emulator, "POST", PATH, body.clone());
    assert_eq!(status, 201);
    assert_eq!(
        made["urlRewriter"],
        json!({ "type": "CLOUDINARY", "preserveAssetDeliveryTypes": false })
    );
    let one = format!("{PATH}/{}", made["id"].as_str().unwrap());
    assert_eq!(call(&emulator, "GET", &one, Value::Null), (200, made));
    assert_eq!(call(&emulator, "POST", PATH, body).0, 400, "the prefix is taken");
    // The origin is in use.
    let used = format!("/v1/accounts/origins/{}", origin["id"].as_str().unwrap());
    assert_eq!(call(&emulator, "DELETE", &used, Value::Null).0, 400);
    let change = json!({ "description": "e", "urlPrefix": "shop" });
    let (status, changed) = call(&emulator, "PUT", &one, change);
    assert_eq!((status, &changed["origins"]), (200, &json!([])));
    assert!(changed.get("urlRewriter").is_none());
    assert_eq!(call(&emulator, "DELETE", &used, Value::Null).0, 204);
    assert_eq!(call(&emulator, "DELETE", &one, Value::Null).0, 204);
    assert_eq!(call(&emulator, "GET", &one, Value::Null).1["message"], "URL-endpoint not found.");
}

#[test]
fn refused_bodies() {
    let emulator = Emulator::new();
    for (body, message) in [
        (json!({ "urlPrefix": "a" }), "description is required"),
        (json!({ "description": "a", "urlPrefix": 5 }), "urlPrefix must be a string"),
        (
            json!({ "description": "a", "urlPrefix": "" }),
            "urlPrefix cannot be empty string. This is reserved for the default URL-endpoint \
             created by ImageKit.",
        ),
        (
            json!({ "description": "a", "urlPrefix": "a", "origins": ["gone"] }),
            "Origin does not exists. Please create origin before using it in URL-endpoint.",
        ),
        (json!({ "description": "a", "urlPrefix": "a", "more": 1 }), "more is not allowed"),
    ] {
        let (status, response) = call(&emulator, "POST", PATH, body);
        assert_eq!((status, &response["message"]), (400, &message.into()));
    }
    for (key, value) in [
        ("description", json!("")),
        ("urlPrefix", json!("a b")),
        ("origins", json!("x")),
        ("origins", json!(vec!["x"; 11])),
        ("urlRewriter", json!({ "type": "IMGIX", "preserveAssetDeliveryTypes": true })),
        ("urlRewriter", json!({ "type": "CLOUDINARY", "preserveAssetDeliveryTypes": "no" })),
        ("urlRewriter", json!({ "type": "OTHER" })),
        ("urlRewriter", json!({})),
    ] {
        let mut body = json!({ "description": "a", "urlPrefix": "a" });
        body[key] = value;
        let (status, response) = call(&emulator, "POST", PATH, body);
        let message = response["message"].as_str().unwrap();
        assert!(status == 400 && message.starts_with(key), "{key}: {message}");
    }
}
