//! Cache purges: accepted, and completed at once.

use http::StatusCode;
use serde_json::{Value, json};

use super::Exchange;
use crate::answer::{Handled, Problem, json_response, ok};

pub(crate) fn purge(exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let url = body.get("url").and_then(Value::as_str).unwrap_or_default();
    let invalid = || Problem::bad_request("The URL is not valid for cache purging.");
    let path = url.strip_prefix(exchange.state.url_endpoint.as_str()).ok_or_else(invalid)?;
    // A wildcard stands at the end only.
    let wildcard = path.find('*').is_some_and(|at| at + 1 < path.len());
    if !path.starts_with('/') || path.len() < 2 || wildcard {
        return Err(invalid());
    }
    let id = exchange.state.ids.object(exchange.now);
    exchange.state.purges.insert(id.clone(), url.to_owned());
    Ok(json_response(StatusCode::CREATED, &json!({ "requestId": id })))
}

pub(crate) fn status(exchange: &Exchange<'_>) -> Handled {
    // 400, not 404.
    if exchange.state.purges.contains_key(exchange.route.first()) {
        Ok(ok(&json!({ "status": "Completed" })))
    } else {
        Err(Problem::bad_request("No request found for this requestId."))
    }
}
