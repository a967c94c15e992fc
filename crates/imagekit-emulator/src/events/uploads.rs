//! Events of transformations before and after an upload.

use serde_json::{Map, Value, json};

use crate::instant::Instant;
use crate::render::{self, Refusal};
use crate::state::State;

/// An upload that was stored, and its transformations.
pub(crate) struct Transformed<'a> {
    pub(crate) request_id: &'a str,
    /// The form field `transformation`.
    pub(crate) transformation: &'a Map<String, Value>,
    /// The response to the upload.
    pub(crate) file: &'a Value,
}

/// Records the results of the transformations: those succeed whose strings can be parsed.
pub(crate) fn record_transformed(state: &mut State, now: Instant, upload: &Transformed<'_>) {
    let Transformed { request_id, transformation, file } = upload;
    if let Some(pre) = transformation.get("pre") {
        let request = json!({ "x_request_id": request_id, "transformation": pre });
        record(state, now, "upload.pre-transform.success", request, (*file).clone());
    }
    for step in transformation.get("post").and_then(Value::as_array).into_iter().flatten() {
        let request = json!({ "x_request_id": request_id, "transformation": step });
        let mut data = json!({
            "fileId": file.get("fileId"),
            "url": url(file, step),
            "name": file.get("name"),
        });
        let value = step.get("value").and_then(Value::as_str).unwrap_or_default();
        if render::parse(value).is_ok() {
            record(state, now, "upload.post-transform.success", request, data);
        } else {
            if let Some(data) = data.as_object_mut() {
                data.insert("path".to_owned(), file.get("filePath").cloned().unwrap_or_default());
                data.insert("transformation".to_owned(), failed());
            }
            record(state, now, "upload.post-transform.error", request, data);
        }
    }
}

/// Records that an image could not be transformed before it was stored. What the emulator alone
/// cannot do is no event.
pub(crate) fn record_pre_error(
    state: &mut State,
    now: Instant,
    request_id: &str,
    (pre, path): (&str, &str),
    refusal: &Refusal,
) {
    if matches!(refusal, Refusal::Unsupported(_)) {
        return;
    }
    let request = json!({ "x_request_id": request_id, "transformation": pre });
    let name = crate::library::names::last(path);
    let data = json!({ "name": name, "path": path, "transformation": failed() });
    record(state, now, "upload.pre-transform.error", request, data);
}

fn record(state: &mut State, now: Instant, event_type: &str, request: Value, data: Value) {
    let fields = [("request".to_owned(), request), ("data".to_owned(), data)];
    state.outbox.record(event_type, now, Map::from_iter(fields));
}

fn failed() -> Value {
    json!({ "error": { "reason": "encoding_failed" } })
}

/// The URL of what a post-transformation makes.
fn url(file: &Value, step: &Value) -> String {
    let text = |value: &Value, key: &str| {
        value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let suffix = match (text(step, "type").as_str(), text(step, "protocol").as_str()) {
        ("abs", "dash") => "/ik-master.mpd",
        ("abs", _) => "/ik-master.m3u8",
        ("gif-to-video", _) => "/ik-gif-video.mp4",
        ("thumbnail", _) => "/ik-thumbnail.jpg",
        _ => "",
    };
    let value = text(step, "value");
    let query = if value.is_empty() { String::new() } else { format!("?tr={value}") };
    format!("{}{suffix}{query}", text(file, "url"))
}
