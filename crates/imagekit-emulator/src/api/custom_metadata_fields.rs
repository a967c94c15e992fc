//! Custom metadata fields.

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Exchange;
use crate::ids::Id;
use crate::response::{Handled, Problem, empty, json_response, ok};
use crate::route::query_pairs;
use crate::schema::{Errors, check_definition};

/// A description has at most this many characters (the supplement of the OpenAPI file).
const LONGEST_DESCRIPTION: usize = 500;

/// A field, also when it was deleted: its name stays taken.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Field {
    id: Id,
    name: String,
    label: String,
    description: Option<String>,
    schema: Map<String, Value>,
    pub(crate) deleted: bool,
}

impl Field {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The rules, the type among them.
    pub(crate) fn schema(&self) -> &Map<String, Value> {
        &self.schema
    }

    pub(crate) fn is_required(&self) -> bool {
        self.schema.get("isValueRequired") == Some(&Value::Bool(true))
    }

    fn body(&self) -> Value {
        let mut body = json!({
            "id": self.id,
            "name": self.name,
            "label": self.label,
            "schema": self.schema,
        });
        if let (Some(body), Some(description)) = (body.as_object_mut(), &self.description) {
            body.insert("description".to_owned(), description.as_str().into());
        }
        body
    }
}

pub(crate) fn create(exchange: Exchange<'_>) -> Handled {
    let body = exchange.json()?;
    let mut errors = Errors::new();
    let mut required = |key: &str| {
        let text = body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        if text.is_none() {
            errors.insert(key.to_owned(), "is required and should be of type string".into());
        }
        text.unwrap_or_default().to_owned()
    };
    let (name, label) = (required("name"), required("label"));
    let schema = body.get("schema").and_then(Value::as_object).cloned();
    match &schema {
        Some(schema) => errors.extend(check_definition(schema)),
        None => {
            drop(errors.insert("schema".to_owned(), "is required and should be an object".into()))
        }
    }
    let description = description(&body).unwrap_or_else(|why| {
        errors.insert("description".to_owned(), why.into());
        None
    });
    if !errors.is_empty() {
        return Err(Problem::bad_request("Invalid field object").with("errors", errors));
    }
    let Exchange { state, now, .. } = exchange;
    if state.fields.iter().any(|field| field.name == name) {
        return Err(Problem::bad_request("A custom metadata field with this name already exists."));
    }
    if state.fields.iter().any(|field| !field.deleted && field.label == label) {
        return Err(label_taken());
    }
    let id = state.ids.object(now);
    let schema = schema.unwrap_or_default();
    let field = Field { id, name, label, description, schema, deleted: false };
    let response = json_response(StatusCode::CREATED, &field.body());
    state.fields.push(field);
    Ok(response)
}

/// All fields apply to every folder: there are no path policies.
pub(crate) fn list(exchange: &Exchange<'_>) -> Handled {
    let pairs = query_pairs(exchange.query);
    let deleted = pairs.iter().any(|(name, value)| name == "includeDeleted" && value == "true");
    let fields = exchange.state.fields.iter().filter(|field| deleted || !field.deleted);
    Ok(ok(&fields.map(Field::body).collect::<Value>()))
}

pub(crate) fn update(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    let body = exchange.json()?;
    if body.contains_key("name") {
        return Err(Problem::bad_request("Name cannot be updated."));
    }
    if !["label", "schema", "description"].iter().any(|key| body.contains_key(*key)) {
        return Err(Problem::bad_request("Either label or schema should be provided."));
    }
    let invalid = |key: &str, why: &str| {
        Problem::bad_request("Invalid field object").with("errors", json!({ key: why }))
    };
    let label = body.get("label").map(|label| {
        let label = label.as_str().filter(|label| !label.is_empty());
        label.ok_or_else(|| invalid("label", "should be a non-empty string"))
    });
    let label = label.transpose()?;
    let description = body
        .get("description")
        .map(|_| description(&body).map_err(|why| invalid("description", &why)))
        .transpose()?;
    let mut others = exchange.state.fields.iter().enumerate().filter(|(other, _)| *other != at);
    if others.any(|(_, field)| !field.deleted && Some(field.label.as_str()) == label) {
        return Err(label_taken());
    }
    let field = exchange.state.fields.get_mut(at).ok_or_else(no_such_field)?;
    if field.deleted {
        return Err(Problem::bad_request("Cannot update a deleted custom metadata fields."));
    }
    if let Some(schema) = body.get("schema") {
        let invalid = || Problem::bad_request("Invalid schema object.");
        let mut schema = schema.as_object().ok_or_else(invalid)?.clone();
        // The type stays, whatever is sent; the rest is replaced.
        schema.insert("type".to_owned(), field.schema.get("type").cloned().unwrap_or_default());
        let errors = check_definition(&schema);
        if !errors.is_empty() {
            return Err(invalid().with("errors", errors));
        }
        field.schema = schema;
    }
    field.label = label.map_or_else(|| field.label.clone(), str::to_owned);
    field.description = description.unwrap_or_else(|| field.description.clone());
    Ok(ok(&field.body()))
}

pub(crate) fn delete(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    let field = exchange.state.fields.get_mut(at).filter(|field| !field.deleted);
    field.ok_or_else(no_such_field)?.deleted = true;
    Ok(empty(StatusCode::NO_CONTENT))
}

fn position(exchange: &Exchange<'_>) -> Result<usize, Problem> {
    let invalid = || Problem::bad_request("Your request contains invalid ID parameter.");
    let id = Id::parse(exchange.route.first()).ok_or_else(invalid)?;
    exchange.state.fields.iter().position(|field| field.id == id).ok_or_else(no_such_field)
}

/// The description of a body; an empty one is none.
fn description(body: &Map<String, Value>) -> Result<Option<String>, String> {
    let Some(value) = body.get("description") else { return Ok(None) };
    let text = value.as_str().ok_or("should be of type string")?;
    if text.chars().count() > LONGEST_DESCRIPTION {
        return Err(format!("should be at most {LONGEST_DESCRIPTION} characters long"));
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

fn label_taken() -> Problem {
    Problem::bad_request("A custom metadata field with this label already exists.")
}

fn no_such_field() -> Problem {
    Problem::not_found("No such custom metadata field exists.")
}
