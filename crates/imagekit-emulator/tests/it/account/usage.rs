//! Usage and usage analytics.

use std::time::Duration;

use imagekit_emulator::{Emulator, media};
use serde_json::{Value, json};

use crate::support::{form, json as call};

const DAY: Duration = Duration::from_secs(86_400);

fn get(emulator: &Emulator, what: &str, start: &str, end: &str) -> (u16, Value) {
    let path = format!("/v1/accounts/{what}?startDate={start}&endDate={end}");
    call(emulator, "GET", &path, Value::Null)
}

#[test]
fn usage_counts_what_was_done() {
    let emulator = Emulator::new();
    form(&emulator, &[("fileName", "a.txt")], b"hello");
    let extensions = r#"[{"name":"ai-auto-description"}]"#;
    let photo = media::sample_photo();
    form(&emulator, &[("fileName", "a.jpg"), ("extensions", extensions)], &photo);
    emulator.advance(DAY);
    call(&emulator, "GET", "/v1/files", Value::Null);
    let stored = 5 + photo.len();
    let (status, first) = get(&emulator, "usage", "2026-01-01", "2026-01-02");
    assert_eq!(status, 200);
    assert_eq!(first["mediaLibraryStorageBytes"], json!(stored));
    assert_eq!(first["extensionUnitsCount"], 1);
    let bandwidth = first["bandwidthBytes"].as_u64().unwrap();
    assert!(bandwidth > 0);
    // The end is excluded, and nothing was there before.
    let (_, both) = get(&emulator, "usage", "2026-01-01", "2026-01-03");
    assert!(both["bandwidthBytes"].as_u64().unwrap() > bandwidth);
    let (_, before) = get(&emulator, "usage", "2025-12-01", "2026-01-01");
    assert_eq!(
        (&before["bandwidthBytes"], &before["mediaLibraryStorageBytes"]),
        (&json!(0), &json!(0))
    );
    // What is deleted is not stored any more.
    let id = emulator.file("/a.jpg").unwrap().id;
    assert_eq!(call(&emulator, "DELETE", &format!("/v1/files/{id}"), Value::Null).0, 204);
    let (_, after) = get(&emulator, "usage", "2026-01-01", "2026-01-03");
    assert_eq!(after["mediaLibraryStorageBytes"], 5);
}

#[test]
fn analytics_include_the_end() {
    let emulator = Emulator::new();
    call(&emulator, "GET", "/v1/files", Value::Null);
    call(&emulator, "GET", "/v1/files/598821f949c0a938d57563bd/details", Value::Null);
    let (status, body) = get(&emulator, "usage-analytics", "2026-01-01", "2026-01-01");
    assert_eq!((status, &body["requestCount"]), (200, &2.into()));
    assert_eq!(
        (&body["startDate"], &body["endDate"]),
        (&"2026-01-01".into(), &"2026-01-01".into())
    );
    assert_eq!(body["cache"], json!({ "hitCount": 0, "missCount": 1, "errorCount": 1 }));
    let statuses =
        json!([{ "name": "200", "requestCount": 1 }, { "name": "404", "requestCount": 1 }]);
    assert_eq!(body["statusCodes"], statuses);
    assert_eq!(body["errorReasons"][0]["name"], "The requested file does not exist.");
    assert!(body["top404Assets"][0]["name"].as_str().unwrap().ends_with("/details"));
    assert_eq!(body["urlEndpoints"]["byRequests"][0]["requestCount"], 2);
    assert_eq!(body["browser"], json!({ "byRequests": [], "byBandwidth": [] }));
}

#[test]
fn periods() {
    let emulator = Emulator::new();
    for (start, end, message) in [
        ("", "2026-01-01", "startDate and endDate are required in query parameters."),
        ("2026-1-1", "2026-01-02", "startDate and endDate should be in format YYYY-MM-DD."),
        ("2026-02-30", "2026-03-02", "startDate and endDate should be in format YYYY-MM-DD."),
        ("2026-01-02", "2026-01-01", "startDate should be before endDate."),
        ("2026-01-01", "2026-04-01", "startDate and endDate should be within 90 days."),
    ] {
        for what in ["usage", "usage-analytics"] {
            let (status, body) = get(&emulator, what, start, end);
            assert_eq!((status, &body["message"]), (400, &message.into()), "{what} {start}");
        }
    }
    assert_eq!(get(&emulator, "usage", "2026-01-01", "2026-01-01").0, 400);
    assert_eq!(get(&emulator, "usage", "2026-01-01", "2026-03-31").0, 200);
}
