//! Events of video transformations that a URL requests.

use serde_json::{Map, Value, json};

use crate::instant::Instant;
use crate::state::State;

/// Records that a transformation of a video was accepted and has failed: the emulator has no
/// encoder.
pub(crate) fn record_video(
    state: &mut State,
    now: Instant,
    request_id: &str,
    (path, query): (&str, String),
    user_agent: Option<&str>,
) {
    let asset = format!("{}{path}", state.url_endpoint);
    let request = json!({
        "x_request_id": request_id,
        "url": format!("{asset}{query}"),
        "user_agent": user_agent,
    });
    let mut transformation = json!({ "type": "video-transformation" });
    for event_type in ["video.transformation.accepted", "video.transformation.error"] {
        if event_type.ends_with("error") {
            if let Some(transformation) = transformation.as_object_mut() {
                let error = json!({ "reason": "encoding_failed" });
                transformation.insert("error".to_owned(), error);
            }
        }
        let data: Value = json!({ "asset": { "url": asset }, "transformation": transformation });
        let fields = [("request".to_owned(), request.clone()), ("data".to_owned(), data)];
        state.outbox.record(event_type, now, Map::from_iter(fields));
    }
}
