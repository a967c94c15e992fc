//! Checks that the schemas of a table are well formed: a misspelt fact would be compared with nothing.

use serde_json::{Map, Value};

const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// Checks every schema in a table.
///
/// # Errors
///
/// The first fault, with its place.
pub(super) fn check(table: &Value) -> Result<(), String> {
    walk(table, &mut String::new())
}

/// Checks the schemas in a part of the table that is none itself.
fn walk(value: &Value, place: &mut String) -> Result<(), String> {
    match value {
        Value::Object(pairs) => pairs.iter().try_for_each(|(key, value)| {
            let is_schema = key == "schema" || place.ends_with("/schemas");
            inside(place, key, |place| match (key.as_str(), value) {
                _ if is_schema => schema(value, place),
                ("in", Value::String(text)) => known(text, &["path", "query"], place),
                ("required", Value::Bool(_)) => Ok(()),
                ("name" | "operationId" | "url" | "$ref", Value::String(_)) => Ok(()),
                ("content", Value::Object(types)) => types.iter().try_for_each(|(name, value)| {
                    known(name, &["application/json", "multipart/form-data"], place)?;
                    inside(place, name, |place| walk(value, place))
                }),
                (_, Value::Object(_) | Value::Array(_)) => walk(value, place),
                _ => Err(format!("{place}: {value} is no fact")),
            })
        }),
        Value::Array(items) => items.iter().try_for_each(|item| walk(item, place)),
        _ => Err(format!("{place}: {value} is no fact")),
    }
}

fn schema(value: &Value, place: &mut String) -> Result<(), String> {
    let Value::Object(facts) = value else { return Err(format!("{place}: {value} is no schema")) };
    facts.iter().try_for_each(|(key, value)| {
        inside(place, key, |place| match (key.as_str(), value) {
            ("type", Value::String(kind)) => known(kind, &TYPES, place),
            ("type", Value::Array(kinds)) => kinds.iter().try_for_each(|kind| {
                // YAML reads a bare `null` as no text.
                known(kind.as_str().unwrap_or("null"), &TYPES, place)
            }),
            ("enum", Value::Array(values)) => distinct(values, place),
            ("const", Value::String(_)) => Ok(()),
            ("required", Value::Array(names)) => {
                distinct(names, place)?;
                names.iter().try_for_each(|name| property(facts, name, place))
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                distinct(parts, place)?;
                parts.iter().try_for_each(|part| schema(part, place))
            }
            ("properties", Value::Object(properties)) => properties
                .iter()
                .try_for_each(|(name, value)| inside(place, name, |place| schema(value, place))),
            ("additionalProperties", Value::Bool(_)) => Ok(()),
            ("additionalProperties" | "items", value) => schema(value, place),
            ("$ref" | "format" | "pattern", Value::String(_)) => Ok(()),
            ("readOnly" | "writeOnly", Value::Bool(_)) => Ok(()),
            _ if key.starts_with("max") || key.starts_with("min") => match value.as_i64() {
                Some(_) => Ok(()),
                None => Err(format!("{place}: {value} is no limit")),
            },
            _ => Err(format!("{place}: {value} is no fact")),
        })
    })
}

fn inside(
    place: &mut String,
    key: &str,
    check: impl FnOnce(&mut String) -> Result<(), String>,
) -> Result<(), String> {
    let length = place.len();
    place.push('/');
    place.push_str(key);
    let checked = check(place);
    place.truncate(length);
    checked
}

fn known(text: &str, all: &[&str], place: &str) -> Result<(), String> {
    if all.contains(&text) { Ok(()) } else { Err(format!("{place}: {text:?} is none of {all:?}")) }
}

fn distinct(values: &[Value], place: &str) -> Result<(), String> {
    let twice = values.iter().enumerate().find(|(index, value)| values[..*index].contains(value));
    match twice {
        None if values.is_empty() => Err(format!("{place}: the list is empty")),
        None => Ok(()),
        Some((_, value)) => Err(format!("{place}: {value} stands there twice")),
    }
}

/// Checks that a required name is a property; the other parts of `allOf` may have it.
fn property(facts: &Map<String, Value>, name: &Value, place: &str) -> Result<(), String> {
    let has = |properties: &Value| name.as_str().is_some_and(|name| properties.get(name).is_some());
    match facts.get("properties") {
        Some(properties) if !has(properties) && !facts.contains_key("allOf") => {
            Err(format!("{place}: {name} is no property"))
        }
        _ => Ok(()),
    }
}
