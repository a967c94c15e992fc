//! Reduces OpenAPI files to the facts that the check reads.

use super::spec::{Spec, parameters_of, server_of};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Keys of a schema that hold facts, not sentences.
const FACTS: [&str; 18] = [
    "$ref",
    "const",
    "contentEncoding",
    "default",
    "discriminator",
    "enum",
    "format",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "pattern",
    "readOnly",
    "required",
    "type",
    "writeOnly",
];

/// Reduces OpenAPI files, given as name and text, to one table in JSON.
///
/// The table has the structure of an OpenAPI file, so that [`check`](super::check) reads it. It holds
/// the released operations and the webhooks (ids, methods, paths, servers, parameters, fields, types,
/// enums, limits) and the components that they refer to, but no descriptions, titles or examples. Keys
/// are sorted, and each operation, event and component takes one line.
///
/// # Errors
///
/// A file cannot be read as an OpenAPI file, or two files describe one thing differently.
pub fn distill<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<String, String> {
    let mut table = Map::new();
    for (name, text) in files {
        let fault = |error| format!("{name}: {error}");
        let spec = Spec::read(text).map_err(fault)?;
        add(&spec, &mut table).map_err(fault)?;
    }
    let mut text = String::new();
    write(&Value::Object(table), 0, &mut text);
    text.push('\n');
    Ok(text)
}

/// A fact and its place: section, path or kind, method or name.
type Fact = ([String; 3], Value);

fn fact(section: &str, group: &str, name: &str, value: Value) -> Fact {
    ([section, group, name].map(str::to_owned), value)
}

fn add(spec: &Spec, table: &mut Map<String, Value>) -> Result<(), String> {
    let mut open = Vec::new();
    for (path, method, item, own) in spec.released() {
        open.push(fact("paths", path, method, operation(item, own)));
    }
    for (name, body) in spec.hooks()? {
        open.push(fact("webhooks", name, "post", json!({ "requestBody": message(body) })));
    }
    let mut seen = BTreeSet::new();
    while let Some((place, value)) = open.pop() {
        let mut found = Vec::new();
        references(&value, &mut found);
        for reference in found {
            if seen.insert(reference.clone()) {
                open.push(component(spec, &reference)?);
            }
        }
        put(table, place, value)?;
    }
    Ok(())
}

/// Adds a fact; the same fact from two files is one.
fn put(table: &mut Map<String, Value>, place: [String; 3], value: Value) -> Result<(), String> {
    let text = place.join(" ");
    let [section, group, name] = place;
    let mut at = table;
    for key in [section, group] {
        let Value::Object(inner) = at.entry(key).or_insert_with(|| json!({})) else {
            return Err(format!("{text} is no object"));
        };
        at = inner;
    }
    match at.insert(name, value.clone()) {
        Some(other) if other != value => Err(format!("{text} is described twice, differently")),
        _ => Ok(()),
    }
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(pairs) => {
            found.extend(pairs.get("$ref").and_then(Value::as_str).map(str::to_owned));
            pairs.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

fn component(spec: &Spec, reference: &str) -> Result<Fact, String> {
    let value = spec.referred(reference)?;
    let name = reference.strip_prefix("#/components/").and_then(|rest| rest.split_once('/'));
    let (kind, name) = name.ok_or_else(|| format!("{reference} is no component"))?;
    let value = match kind {
        "schemas" => schema(value),
        "parameters" => parameter(value),
        _ => message(value),
    };
    Ok(fact("components", kind, name, value))
}

fn operation(item: &Value, own: &Value) -> Value {
    let mut facts = kept(own, &["operationId"]);
    let parameters: Vec<Value> = parameters_of(item, own).map(parameter).collect();
    if !parameters.is_empty() {
        facts.insert("parameters".to_owned(), parameters.into());
    }
    if let Some(server) = server_of(item, own) {
        facts.insert("servers".to_owned(), json!([{ "url": server }]));
    }
    if let Some(body) = own.get("requestBody") {
        facts.insert("requestBody".to_owned(), message(body));
    }
    if let Some(responses) = own.get("responses") {
        facts.insert("responses".to_owned(), each(responses, message));
    }
    facts.into()
}

fn parameter(value: &Value) -> Value {
    let mut facts = kept(value, &["$ref", "name", "in", "required"]);
    facts.extend(value.get("schema").map(|it| ("schema".to_owned(), schema(it))));
    facts.into()
}

/// A request body or a response.
fn message(value: &Value) -> Value {
    let media = |media: &Value| match media.get("schema") {
        Some(it) => json!({ "schema": schema(it) }),
        None => json!({}),
    };
    let mut facts = kept(value, &["$ref", "required"]);
    facts.extend(value.get("content").map(|it| ("content".to_owned(), each(it, media))));
    facts.into()
}

fn schema(value: &Value) -> Value {
    if !value.is_object() {
        return value.clone();
    }
    let mut facts = kept(value, &FACTS);
    for key in ["additionalProperties", "items"] {
        facts.extend(value.get(key).map(|it| (key.to_owned(), schema(it))));
    }
    for key in ["allOf", "anyOf", "oneOf", "properties"] {
        facts.extend(value.get(key).map(|it| (key.to_owned(), each(it, schema))));
    }
    facts.into()
}

fn kept(value: &Value, keys: &[&str]) -> Map<String, Value> {
    let keep = |key: &&str| Some(((*key).to_owned(), value.get(*key)?.clone()));
    keys.iter().filter_map(keep).collect()
}

/// Applies `change` to each value of an object or list.
fn each(value: &Value, change: impl Fn(&Value) -> Value) -> Value {
    match value {
        Value::Object(pairs) => {
            pairs.iter().map(|(key, value)| (key.clone(), change(value))).collect()
        }
        Value::Array(items) => items.iter().map(change).collect(),
        other => other.clone(),
    }
}

/// Writes the first three levels with a line for each key, and the values below in one line.
fn write(value: &Value, level: usize, out: &mut String) {
    let pairs = match value {
        Value::Object(pairs) if level < 3 && !pairs.is_empty() => pairs,
        other => return out.push_str(&other.to_string()),
    };
    let mut separator = "{";
    for (key, value) in pairs {
        let indent = "  ".repeat(level + 1);
        out.push_str(&format!("{separator}\n{indent}{}: ", Value::from(key.as_str())));
        write(value, level + 1, out);
        separator = ",";
    }
    out.push_str(&format!("\n{}}}", "  ".repeat(level)));
}
