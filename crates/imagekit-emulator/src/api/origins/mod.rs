//! Origins: where ImageKit fetches files that are not in the media library.

mod kinds;

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Exchange;
use crate::response::{Handled, Problem, empty, json_response, ok};

/// An origin: its response, which holds no secret. What a request says in secret is checked
/// and forgotten.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Origin {
    pub(crate) id: String,
    body: Map<String, Value>,
}

pub(crate) fn list(exchange: &Exchange<'_>) -> Handled {
    let bodies: Vec<_> = exchange.state.origins.iter().map(|origin| &origin.body).collect();
    Ok(ok(&bodies))
}

pub(crate) fn create(exchange: Exchange<'_>) -> Handled {
    let mut body = kinds::public(&exchange.json()?).map_err(Problem::bad_request)?;
    let id = exchange.state.ids.object(exchange.now).to_string();
    body.insert("id".to_owned(), json!(id));
    let response = json_response(StatusCode::CREATED, &body);
    exchange.state.origins.push(Origin { id, body });
    Ok(response)
}

pub(crate) fn get(exchange: &Exchange<'_>) -> Handled {
    let at = position(exchange)?;
    Ok(ok(&exchange.state.origins.get(at).ok_or_else(no_such_origin)?.body))
}

/// Replaces an origin: everything has to be said again, secrets too.
pub(crate) fn update(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    let mut body = kinds::public(&exchange.json()?).map_err(Problem::bad_request)?;
    let origin = exchange.state.origins.get_mut(at).ok_or_else(no_such_origin)?;
    body.insert("id".to_owned(), json!(origin.id));
    origin.body = body;
    Ok(ok(&origin.body))
}

pub(crate) fn delete(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    let id = exchange.route.first();
    if exchange.state.url_endpoints.iter().any(|endpoint| endpoint.uses(id)) {
        return Err(Problem::bad_request("Origin is in use by a URL-endpoint."));
    }
    exchange.state.origins.remove(at);
    Ok(empty(StatusCode::NO_CONTENT))
}

fn position(exchange: &Exchange<'_>) -> Result<usize, Problem> {
    let id = exchange.route.first();
    exchange.state.origins.iter().position(|origin| origin.id == id).ok_or_else(no_such_origin)
}

fn no_such_origin() -> Problem {
    Problem::not_found("Origin not found.")
}
