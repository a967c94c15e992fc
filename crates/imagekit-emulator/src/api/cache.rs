//! Cache purges: accepted, with nothing to purge.

use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::{Value, json};

use super::Exchange;
use crate::ids::Id;
use crate::instant::Instant;
use crate::progress::Progress;
use crate::response::{Handled, Problem, json_response, ok};
use crate::state::State;
use crate::tracked::{Tracked, TrackedMap};

/// The purge requests of an account.
#[derive(Debug)]
pub(crate) struct Purges {
    pub(crate) requests: TrackedMap<Id, Progress>,
    /// How many there were, by month (`2026-01`).
    pub(crate) used: Tracked<BTreeMap<String, u32>>,
    /// How many there may be in a month.
    pub(crate) quota: u32,
}

/// The quota of every account (the documentation of cache purges).
impl Default for Purges {
    fn default() -> Self {
        Self { requests: TrackedMap::default(), used: Tracked::default(), quota: 1000 }
    }
}

/// Starts a purge and returns its id. `None`: the quota of the month is used up.
pub(super) fn start(state: &mut State, now: Instant) -> Option<Id> {
    let month = now.to_string().chars().take(7).collect();
    let used = state.purges.used.entry(month).or_default();
    if *used >= state.purges.quota {
        return None;
    }
    *used += 1;
    let id = state.ids.object(now);
    state.purges.requests.insert(id, Progress::new(now, state.job_duration));
    Some(id)
}

pub(crate) fn purge(exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let url = body.get("url").and_then(Value::as_str).unwrap_or_default();
    let path = exchange.state.below_endpoint(url);
    if !path.is_some_and(can_be_purged) {
        return Err(Problem::bad_request("The URL is not valid for cache purging."));
    }
    let exceeded = || {
        let message = "You have exceeded the purge requests of this month.";
        Problem::new(StatusCode::TOO_MANY_REQUESTS, message)
    };
    let id = start(exchange.state, exchange.now).ok_or_else(exceeded)?;
    Ok(json_response(StatusCode::CREATED, &json!({ "requestId": id })))
}

pub(crate) fn status(exchange: Exchange<'_>) -> Handled {
    // 400, not 404.
    let unknown = || Problem::bad_request("No request found for this requestId.");
    let id = Id::parse(exchange.route.first()).ok_or_else(unknown)?;
    let progress = exchange.state.purges.requests.get_mut(&id).ok_or_else(unknown)?;
    let completed = progress.is_completed(exchange.now);
    Ok(ok(&json!({ "status": if completed { "Completed" } else { "Pending" } })))
}

/// Whether what follows the URL endpoint can be purged: a wildcard stands at the end only, and
/// behind two levels, 15 characters or the path of a file (the documentation of cache purges).
fn can_be_purged(path: &str) -> bool {
    if !path.starts_with('/') || path.len() < 2 {
        return false;
    }
    let Some((before, after)) = path.split_once('*') else { return true };
    let levels = before.split('/').filter(|level| !level.is_empty()).count();
    let file = before.rsplit('/').next().is_some_and(|name| name.contains('.'));
    after.is_empty() && (levels >= 2 || before.len() >= 15 || file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for good in ["/a.jpg", "/a/b/*", "/a.jpg*", "/quite-a-long-one*", "/a"] {
            assert!(can_be_purged(good), "{good}");
        }
        for bad in ["", "/", "a.jpg", "/*", "/a*", "/a/b*.jpg", "/a/*/b*"] {
            assert!(!can_be_purged(bad), "{bad}");
        }
    }
}
