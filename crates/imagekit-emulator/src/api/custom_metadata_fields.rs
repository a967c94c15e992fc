//! Custom metadata fields: kept, and not enforced on files.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::Exchange;
use crate::answer::{Handled, Problem, empty, json_response, ok};
use crate::ids::is_object_id;
use crate::route::query_pairs;

/// The types of a field (the OpenAPI file).
const TYPES: [&str; 7] =
    ["Text", "Textarea", "Number", "Date", "Boolean", "SingleSelect", "MultiSelect"];

/// A field, also when it was deleted: its name stays taken.
#[derive(Debug)]
pub(crate) struct Field {
    id: String,
    body: Map<String, Value>,
    deleted: bool,
}

impl Field {
    fn is(&self, key: &str, value: &str) -> bool {
        self.body.get(key).and_then(Value::as_str) == Some(value)
    }

    fn answer(&self) -> Value {
        Value::Object(self.body.clone())
    }
}

pub(crate) fn create(exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let (name, label) = (text(&body, "name")?, text(&body, "label")?);
    let schema = schema(&body)?.ok_or_else(|| missing("schema"))?;
    let kind = schema.get("type").and_then(Value::as_str);
    if !kind.is_some_and(|kind| TYPES.contains(&kind)) {
        return Err(invalid_object("schema.type", "is not one of the known types"));
    }
    let taken = |key: &str, value: &str, deleted: bool| {
        exchange
            .state
            .fields
            .iter()
            .any(|field| field.is(key, value) && (deleted || !field.deleted))
    };
    if taken("name", name, true) {
        return Err(Problem::bad_request("A custom metadata field with this name already exists."));
    }
    if taken("label", label, false) {
        return Err(label_taken());
    }
    let id = exchange.state.ids.object(exchange.now);
    let mut field = Map::new();
    field.insert("id".to_owned(), id.as_str().into());
    for key in ["name", "label", "schema", "description"] {
        if let Some(value) = body.get(key) {
            field.insert(key.to_owned(), value.clone());
        }
    }
    let answer = json_response(StatusCode::CREATED, &Value::Object(field.clone()));
    exchange.state.fields.push(Field { id, body: field, deleted: false });
    Ok(answer)
}

pub(crate) fn list(exchange: &Exchange<'_>) -> Handled {
    let pairs = query_pairs(exchange.query);
    let deleted = pairs.iter().any(|(name, value)| name == "includeDeleted" && value == "true");
    let fields = exchange.state.fields.iter().filter(|field| deleted || !field.deleted);
    Ok(ok(&fields.map(Field::answer).collect::<Value>()))
}

pub(crate) fn update(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    let body = exchange.json()?;
    if body.contains_key("name") {
        return Err(Problem::bad_request("Name cannot be updated."));
    }
    let changes = ["label", "schema", "description"];
    if !changes.iter().any(|key| body.contains_key(*key)) {
        return Err(Problem::bad_request("Either label or schema should be provided."));
    }
    let schema = schema(&body)?;
    if schema.is_some_and(|schema| schema.contains_key("type")) {
        return Err(invalid_object("schema.type", "cannot be updated"));
    }
    let label = body.get("label").and_then(Value::as_str).unwrap_or_default();
    let others = exchange.state.fields.iter().enumerate().filter(|(other, _)| *other != at);
    if others.into_iter().any(|(_, field)| !field.deleted && field.is("label", label)) {
        return Err(label_taken());
    }
    let field = exchange.state.fields.get_mut(at).ok_or_else(no_such_field)?;
    if field.deleted {
        return Err(Problem::bad_request("Cannot update a deleted custom metadata fields."));
    }
    for key in ["label", "description"] {
        if let Some(value) = body.get(key) {
            field.body.insert(key.to_owned(), value.clone());
        }
    }
    // The type stays; the rest of the schema is replaced.
    if let Some(schema) = schema {
        let kind = field.body.get("schema").and_then(|schema| schema.get("type")).cloned();
        let mut schema = schema.clone();
        schema.insert("type".to_owned(), kind.unwrap_or_default());
        field.body.insert("schema".to_owned(), Value::Object(schema));
    }
    Ok(ok(&field.answer()))
}

pub(crate) fn delete(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    let field = exchange.state.fields.get_mut(at).filter(|field| !field.deleted);
    field.ok_or_else(no_such_field)?.deleted = true;
    Ok(empty(StatusCode::NO_CONTENT))
}

fn position(exchange: &Exchange<'_>) -> Result<usize, Problem> {
    let id = exchange.route.first();
    if !is_object_id(id) {
        return Err(Problem::bad_request("Your request contains invalid ID parameter."));
    }
    exchange.state.fields.iter().position(|field| field.id == id).ok_or_else(no_such_field)
}

fn schema(body: &Map<String, Value>) -> Result<Option<&Map<String, Value>>, Problem> {
    let invalid = || Problem::bad_request("Invalid schema object.");
    body.get("schema").map(|schema| schema.as_object().ok_or_else(invalid)).transpose()
}

fn text<'a>(body: &'a Map<String, Value>, key: &str) -> Result<&'a str, Problem> {
    let text = body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    text.ok_or_else(|| missing(key))
}

fn missing(key: &str) -> Problem {
    invalid_object(key, "is required")
}

fn invalid_object(key: &str, why: &str) -> Problem {
    Problem::bad_request("Invalid field object").with("errors", json!({ key: why }))
}

fn label_taken() -> Problem {
    Problem::bad_request("A custom metadata field with this label already exists.")
}

fn no_such_field() -> Problem {
    Problem::not_found("No such custom metadata field exists.")
}
