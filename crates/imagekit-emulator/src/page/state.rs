//! What the page shows of the emulator itself.

use bytes::Bytes;
use http::Response;
use http::request::Parts;
use serde_json::json;

use super::{Journal, faults, limit};
use crate::emulator::Emulator;
use crate::response::ok;
use crate::route::{operations, query_pairs};

/// The state, and the requests that changed after the one that the query names by `after`.
pub(super) fn get(emulator: &Emulator, journal: &Journal, parts: &Parts) -> Response<Bytes> {
    let pairs = query_pairs(parts.uri.query().unwrap_or_default());
    let after = pairs.iter().find(|(name, _)| name == "after");
    let after = after.and_then(|(_, after)| after.parse().ok()).unwrap_or(0);
    let faults = faults::list(emulator);
    let (revision, requests) = journal.after(after);
    let state = emulator.state();
    ok(&json!({
        "started": journal.started(),
        "version": env!("CARGO_PKG_VERSION"),
        "urlEndpoint": state.url_endpoint,
        "files": state.library.len(),
        "bytes": state.library.size(),
        "rateLimit": limit::get(&state.rate_limit),
        "faults": faults,
        "revision": revision,
        "requests": requests,
    }))
}

/// The ids of all operations, in alphabetical order.
pub(super) fn operation_ids() -> Vec<&'static str> {
    let mut ids: Vec<&str> = operations().collect();
    ids.sort_unstable();
    ids
}
