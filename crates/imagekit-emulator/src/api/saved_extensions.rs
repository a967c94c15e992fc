//! Saved extensions: configurations that uploads and updates name by id.

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Exchange, extensions};
use crate::instant::Instant;
use crate::response::{Handled, Problem, empty, json_response, ok};

/// An account has at most this many (the OpenAPI file).
const MOST: usize = 100;

/// A saved extension.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SavedExtension {
    id: String,
    name: String,
    description: String,
    pub(crate) config: Map<String, Value>,
    created_at: Instant,
    updated_at: Instant,
}

impl SavedExtension {
    fn body(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "config": self.config,
            "createdAt": self.created_at.to_string(),
            "updatedAt": self.updated_at.to_string(),
        })
    }
}

pub(crate) fn find<'a>(all: &'a [SavedExtension], id: &str) -> Option<&'a SavedExtension> {
    all.iter().find(|extension| extension.id == id)
}

pub(crate) fn list(exchange: &Exchange<'_>) -> Handled {
    let all = exchange.state.saved_extensions.iter();
    Ok(ok(&all.map(SavedExtension::body).collect::<Value>()))
}

pub(crate) fn create(exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let required = |key: &str| text(&body, key)?.ok_or_else(|| missing(key));
    let (name, description) = (required("name")?, required("description")?);
    let config = config(&exchange, &body)?.ok_or_else(|| missing("config"))?;
    let Exchange { state, now, .. } = exchange;
    if state.saved_extensions.len() >= MOST {
        return Err(Problem::bad_request(format!(
            "You can create a maximum of {MOST} saved extensions."
        )));
    }
    let id = format!("ext_{}", state.ids.object(now));
    let extension =
        SavedExtension { id, name, description, config, created_at: now, updated_at: now };
    let response = json_response(StatusCode::CREATED, &extension.body());
    state.saved_extensions.push(extension);
    Ok(response)
}

pub(crate) fn get(exchange: &Exchange<'_>) -> Handled {
    let at = position(exchange)?;
    let extension = exchange.state.saved_extensions.get(at).ok_or_else(no_such_extension)?;
    Ok(ok(&extension.body()))
}

pub(crate) fn update(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    let body = exchange.json()?;
    let (name, description) = (text(&body, "name")?, text(&body, "description")?);
    let config = config(&exchange, &body)?;
    let Exchange { state, now, .. } = exchange;
    let extension = state.saved_extensions.get_mut(at).ok_or_else(no_such_extension)?;
    extension.name = name.unwrap_or_else(|| extension.name.clone());
    extension.description = description.unwrap_or_else(|| extension.description.clone());
    extension.config = config.unwrap_or_else(|| extension.config.clone());
    extension.updated_at = now;
    Ok(ok(&extension.body()))
}

pub(crate) fn delete(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    exchange.state.saved_extensions.remove(at);
    Ok(empty(StatusCode::NO_CONTENT))
}

fn position(exchange: &Exchange<'_>) -> Result<usize, Problem> {
    let id = exchange.route.first();
    if !id.strip_prefix("ext_").is_some_and(|id| id.bytes().all(|b| b.is_ascii_alphanumeric())) {
        return Err(Problem::bad_request("Invalid saved extension ID."));
    }
    let all = &exchange.state.saved_extensions;
    all.iter().position(|extension| extension.id == id).ok_or_else(no_such_extension)
}

/// A text that is not empty, if it is given.
fn text(body: &Map<String, Value>, key: &str) -> Result<Option<String>, Problem> {
    let invalid = || Problem::bad_request(format!("{key} must be a non-empty string."));
    body.get(key)
        .map(|value| value.as_str().filter(|text| !text.is_empty()).ok_or_else(invalid))
        .transpose()
        .map(|text| text.map(str::to_owned))
}

fn config(
    exchange: &Exchange<'_>,
    body: &Map<String, Value>,
) -> Result<Option<Map<String, Value>>, Problem> {
    let invalid = || Problem::bad_request("Invalid extension configuration.");
    let Some(value) = body.get("config") else { return Ok(None) };
    let config = value.as_object().ok_or_else(invalid)?;
    extensions::check(config, &exchange.state.fields)
        .map_err(|why| invalid().with("errors", json!({ "config": why })))?;
    Ok(Some(config.clone()))
}

fn missing(key: &str) -> Problem {
    Problem::bad_request(format!("{key} is required."))
}

fn no_such_extension() -> Problem {
    Problem::not_found("The requested saved extension does not exist.")
}
