//! Custom metadata: definitions of fields, and the values of files.

use imagekit_emulator::Emulator;
use serde_json::{Value, json};

use crate::support::{define, form, json as call};

const PATH: &str = "/v1/customMetadataFields";

fn create(emulator: &Emulator, schema: Value) -> (u16, Value) {
    let body = json!({ "name": "a", "label": "A", "schema": schema });
    call(emulator, "POST", PATH, body)
}

#[test]
fn good_definitions() {
    for schema in [
        json!({ "type": "Text", "minLength": 1, "maxLength": 5, "defaultValue": "x" }),
        json!({ "type": "Textarea", "isValueRequired": true, "defaultValue": "x" }),
        json!({ "type": "Number", "minValue": -1.5, "maxValue": 3, "defaultValue": 0 }),
        json!({ "type": "Date", "minValue": "2020-01-01", "maxValue": "2030-01-01T00:00:00Z" }),
        json!({ "type": "Boolean", "defaultValue": true, "isValueRequired": false }),
        json!({ "type": "SingleSelect", "selectOptions": ["a", 1, true], "defaultValue": 1 }),
        json!({ "type": "MultiSelect", "selectOptions": ["a", "b"], "defaultValue": ["a"] }),
    ] {
        let (status, body) = create(&Emulator::new(), schema.clone());
        assert_eq!((status, &body["schema"]), (201, &schema), "{body}");
    }
}

#[test]
fn bad_definitions_name_what_is_wrong() {
    for (schema, key) in [
        (json!({ "type": "Colour" }), "type"),
        (json!({}), "type"),
        (json!({ "type": "SingleSelect" }), "selectOptions"),
        (json!({ "type": "MultiSelect", "selectOptions": [] }), "selectOptions"),
        (json!({ "type": "MultiSelect", "selectOptions": ["a", "a"] }), "selectOptions"),
        (json!({ "type": "SingleSelect", "selectOptions": [{}] }), "selectOptions"),
        (json!({ "type": "Text", "selectOptions": ["a"] }), "selectOptions"),
        (json!({ "type": "Text", "isValueRequired": true }), "defaultValue"),
        (json!({ "type": "Text", "isValueRequired": "yes" }), "isValueRequired"),
        (json!({ "type": "Text", "defaultValue": 5 }), "defaultValue"),
        (json!({ "type": "Text", "maxLength": 1, "defaultValue": "ab" }), "defaultValue"),
        (json!({ "type": "Text", "minLength": 5, "maxLength": 1 }), "minLength"),
        (json!({ "type": "Text", "minLength": -1 }), "minLength"),
        (json!({ "type": "Text", "minValue": 1 }), "minValue"),
        (json!({ "type": "Number", "minValue": "1" }), "minValue"),
        (json!({ "type": "Number", "maxLength": 1 }), "maxLength"),
        (json!({ "type": "Number", "minValue": 5, "maxValue": 1 }), "minValue"),
        (json!({ "type": "Date", "minValue": "soon" }), "minValue"),
        (json!({ "type": "Date", "minValue": "2026-01-02", "maxValue": "2026-01-01" }), "minValue"),
        (json!({ "type": "Boolean", "defaultValue": "true" }), "defaultValue"),
        (
            json!({ "type": "SingleSelect", "selectOptions": ["a"], "defaultValue": "b" }),
            "defaultValue",
        ),
        (json!({ "type": "Text", "colour": "red" }), "colour"),
    ] {
        let (status, body) = create(&Emulator::new(), schema.clone());
        assert_eq!((status, &body["message"]), (400, &"Invalid field object".into()), "{schema}");
        assert!(body["errors"][key].is_string(), "{schema}: {body}");
    }
}

#[test]
fn the_rest_of_a_definition() {
    let emulator = Emulator::new();
    let field = |changes: Value| {
        let mut body = json!({ "name": "a", "label": "A", "schema": { "type": "Text" } });
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        call(&emulator, "POST", PATH, body)
    };
    for (key, value) in [("name", json!("")), ("label", json!(5)), ("schema", json!([]))] {
        assert!(field(json!({ key: value })).1["errors"][key].is_string(), "{key}");
    }
    let long = field(json!({ "description": "x".repeat(501) }));
    assert!(long.0 == 400 && long.1["errors"]["description"].is_string());
    let (status, made) = field(json!({ "description": "x".repeat(500) }));
    assert_eq!(status, 201);
    assert_eq!(field(json!({ "label": "B" })).0, 400, "the name is taken");
    assert_eq!(field(json!({ "name": "b" })).0, 400, "the label is taken");

    let one = format!("{PATH}/{}", made["id"].as_str().unwrap());
    let patch = |body: Value| call(&emulator, "PATCH", &one, body);
    let (status, body) = patch(json!({ "description": "" }));
    assert_eq!((status, body.get("description")), (200, None));
    // A type is ignored, and the schema is checked against the one that stays.
    let (status, body) = patch(json!({ "schema": { "type": "Number", "maxLength": 3 } }));
    assert_eq!((status, &body["schema"]), (200, &json!({ "type": "Text", "maxLength": 3 })));
    let (status, body) = patch(json!({ "schema": { "minValue": 3 } }));
    assert_eq!((status, &body["message"]), (400, &"Invalid schema object.".into()));
    assert_eq!(patch(json!({})).1["message"], "Either label or schema should be provided.");
}

/// A library with a field of each type and a file.
fn library() -> (Emulator, String) {
    let emulator = Emulator::new();
    define(&emulator, "text", json!({ "type": "Text", "minLength": 2, "maxLength": 4 }));
    define(&emulator, "number", json!({ "type": "Number", "minValue": -1, "maxValue": 5.5 }));
    define(&emulator, "date", json!({ "type": "Date", "minValue": "2020-01-01" }));
    define(&emulator, "flag", json!({ "type": "Boolean" }));
    define(&emulator, "one", json!({ "type": "SingleSelect", "selectOptions": ["a", 1, true] }));
    define(&emulator, "many", json!({ "type": "MultiSelect", "selectOptions": ["a", 1] }));
    let id = emulator.put("/a.txt", "a").unwrap().id;
    (emulator, id)
}

#[test]
fn good_values() {
    let (emulator, id) = library();
    let values = json!({ "text": "éé", "number": 5.5, "date": "2026-01-01T00:00:00.000Z",
        "flag": false, "one": 1.0, "many": ["a", 1] });
    let update = |values: &Value| {
        let body = json!({ "customMetadata": values });
        call(&emulator, "PATCH", &format!("/v1/files/{id}/details"), body)
    };
    let (status, body) = update(&values);
    assert_eq!((status, &body["customMetadata"]), (200, &values), "{body}");
    let (_, body) = update(&json!({ "text": null, "flag": true }));
    assert_eq!(body["customMetadata"].get("text"), None);
    assert_eq!(body["customMetadata"]["flag"], true);
    let text = values.to_string();
    let (status, body) = form(&emulator, &[("fileName", "b.txt"), ("customMetadata", &text)], b"b");
    assert_eq!(status, 200, "{body}");
    assert_eq!(Value::Object(emulator.file("/b.txt").unwrap().custom_metadata), values);
}

#[test]
fn bad_values_name_their_field_and_change_nothing() {
    let (emulator, id) = library();
    for (field, value) in [
        ("unknown", json!("x")),
        ("text", json!(5)),
        ("text", json!("x")),
        ("text", json!("xxxxx")),
        ("number", json!("5")),
        ("number", json!(-2)),
        ("number", json!(6)),
        ("date", json!("soon")),
        ("date", json!(5)),
        ("date", json!("2019-12-31")),
        ("flag", json!("true")),
        ("one", json!("b")),
        ("one", json!(["a"])),
        ("many", json!("a")),
        ("many", json!(["a", "b"])),
    ] {
        let values = json!({ field: value, "number": if field == "number" { value.clone() } else { json!(1) } });
        let body = json!({ "customMetadata": values, "tags": ["new"] });
        let (status, body) = call(&emulator, "PATCH", &format!("/v1/files/{id}/details"), body);
        assert_eq!((status, &body["message"]), (400, &"Invalid custom metadata.".into()));
        assert!(body["errors"][field].is_string(), "{field} {value}: {body}");
        let text = values.to_string();
        let fields = [("fileName", "b.txt"), ("customMetadata", text.as_str())];
        let (status, body) = form(&emulator, &fields, b"b");
        assert!(status == 400 && body["errors"][field].is_string(), "{field} {value}: {body}");
    }
    let file = emulator.file("/a.txt").unwrap();
    assert!(file.tags.is_empty() && file.custom_metadata.is_empty());
    assert!(emulator.file("/b.txt").is_none());
}

#[test]
fn required_values() {
    let (emulator, id) = library();
    let schema = json!({ "type": "Text", "isValueRequired": true, "defaultValue": "x" });
    define(&emulator, "needed", schema);
    let update = |values: Value| {
        let body = json!({ "customMetadata": values });
        call(&emulator, "PATCH", &format!("/v1/files/{id}/details"), body)
    };
    for values in [json!({ "flag": true }), json!({ "flag": true, "needed": null })] {
        let (status, body) = update(values);
        assert_eq!((status, &body["errors"]), (400, &json!({ "needed": "is required" })));
    }
    assert_eq!(update(json!({ "flag": true, "needed": "y" })).0, 200);
    // Nothing is asked of a file without custom metadata.
    assert_eq!(form(&emulator, &[("fileName", "b.txt")], b"b").0, 200);
}

#[test]
fn deleted_fields_are_unknown() {
    let (emulator, id) = library();
    let fields = call(&emulator, "GET", PATH, Value::Null).1;
    let flag = fields.as_array().unwrap().iter().find(|field| field["name"] == "flag").unwrap();
    let one = format!("{PATH}/{}", flag["id"].as_str().unwrap());
    assert_eq!(call(&emulator, "DELETE", &one, Value::Null).0, 204);
    let body = json!({ "customMetadata": { "flag": true } });
    assert_eq!(call(&emulator, "PATCH", &format!("/v1/files/{id}/details"), body).0, 400);
}
