//! Reduces OpenAPI files to the facts that the check reads.

use super::rules::class;
use super::sample::Way;
use super::spec::{Spec, parameters_of, server_of};
use super::wellformed;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Keys of every schema that hold facts.
const FACTS: [&str; 4] = ["$ref", "const", "enum", "type"];

/// Keys of what is sent that hold facts. A response is read whatever its limits, and what it must have
/// follows from recorded ones.
const SENT: [&str; 8] = [
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "readOnly",
    "required",
];

/// Formats that the library knows.
const FORMATS: [&str; 2] = ["binary", "date"];

/// Reduces OpenAPI files, given as name and text, to one table in JSON.
///
/// The table has the structure of an OpenAPI file, so that [`check`](super::check) reads it. It holds
/// what is compared: the released operations and the webhooks (ids, methods, paths, servers, parameters,
/// fields, types, enums; of what is sent also required fields and limits) and the components that they
/// refer to, but no descriptions, titles, examples or defaults. Keys are sorted, and each operation,
/// event and component takes one line.
///
/// # Errors
///
/// A file cannot be read as an OpenAPI file, a schema is not well formed, or two files describe one thing differently.
pub fn distill<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<String, String> {
    let mut table = Map::new();
    for (name, text) in files {
        let fault = |error| format!("{name}: {error}");
        let spec = Spec::read(text).map_err(fault)?;
        add(&spec, &mut table).map_err(fault)?;
    }
    let table = Value::Object(table);
    wellformed::check(&table)?;
    let mut text = String::new();
    write(&table, 0, &mut text);
    text.push('\n');
    Ok(text)
}

/// A fact and its place: section, path or kind, method or name.
type Fact = ([String; 3], Value);

fn fact(section: &str, group: &str, name: &str, value: Value) -> Fact {
    ([section, group, name].map(str::to_owned), value)
}

fn add(spec: &Spec, table: &mut Map<String, Value>) -> Result<(), String> {
    // What is sent comes first: a component that is sent and received keeps the facts of both.
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for (path, method, item, own) in spec.released() {
        let facts = operation(item, own);
        for (part, value) in &facts {
            references(value, if part == "responses" { &mut received } else { &mut sent });
        }
        put(table, fact("paths", path, method, facts.into()))?;
    }
    for (name, body) in spec.hooks()? {
        let facts = json!({ "requestBody": message(body, Way::Response) });
        references(&facts, &mut received);
        put(table, fact("webhooks", name, "post", facts))?;
    }
    let mut seen = BTreeSet::new();
    for (mut open, way) in [(sent, Way::Request), (received, Way::Response)] {
        while let Some(reference) = open.pop() {
            if seen.insert(reference.clone()) {
                let component = component(spec, &reference, way)?;
                references(&component.1, &mut open);
                put(table, component)?;
            }
        }
    }
    Ok(())
}

/// Adds a fact; the same fact from two files is one.
fn put(table: &mut Map<String, Value>, (place, value): Fact) -> Result<(), String> {
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

fn component(spec: &Spec, reference: &str, way: Way) -> Result<Fact, String> {
    let value = spec.referred(reference)?;
    let name = reference.strip_prefix("#/components/").and_then(|rest| rest.split_once('/'));
    let (kind, name) = name.ok_or_else(|| format!("{reference} is no component"))?;
    let value = match kind {
        "schemas" => schema(value, way),
        "parameters" => parameter(value),
        _ => message(value, way),
    };
    Ok(fact("components", kind, name, value))
}

fn operation(item: &Value, own: &Value) -> Map<String, Value> {
    let mut facts = kept(own, &["operationId"]);
    let parameters: Vec<Value> = parameters_of(item, own).map(parameter).collect();
    if !parameters.is_empty() {
        facts.insert("parameters".to_owned(), parameters.into());
    }
    if let Some(server) = server_of(item, own) {
        facts.insert("servers".to_owned(), json!([{ "url": server }]));
    }
    if let Some(body) = own.get("requestBody") {
        facts.insert("requestBody".to_owned(), message(body, Way::Request));
    }
    if let Some(responses) = own.get("responses") {
        facts.insert("responses".to_owned(), each(responses, |it| message(it, Way::Response)));
    }
    facts
}

fn parameter(value: &Value) -> Value {
    let mut facts = kept(value, &["$ref", "name", "in", "required"]);
    facts.extend(value.get("schema").map(|it| ("schema".to_owned(), schema(it, Way::Request))));
    facts.into()
}

/// A request body or a response.
fn message(value: &Value, way: Way) -> Value {
    let media = |media: &Value| match media.get("schema") {
        Some(it) => json!({ "schema": schema(it, way) }),
        None => json!({}),
    };
    let mut facts = kept(value, &["$ref"]);
    facts.extend(value.get("content").map(|it| ("content".to_owned(), each(it, media))));
    facts.into()
}

fn schema(value: &Value, way: Way) -> Value {
    if !value.is_object() {
        return value.clone();
    }
    let mut facts = kept(value, &FACTS);
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    match way {
        Way::Request => {
            facts.extend(kept(value, &SENT));
            let keep = |key: &str, kept: bool| kept.then(|| (key.to_owned(), text(key).into()));
            facts.extend(keep("pattern", class(text("pattern")).is_some()));
            facts.extend(keep("format", FORMATS.contains(&text("format"))));
        }
        // A number is a number.
        Way::Response if text("type") == "integer" => {
            facts.insert("type".to_owned(), "number".into());
        }
        Way::Response => facts.extend(kept(value, &["writeOnly"])),
    }
    let more = value.get("additionalProperties").filter(|more| match more {
        Value::Bool(free) => *free && value.get("properties").is_none(),
        _ => true,
    });
    let inner = [("additionalProperties", more), ("items", value.get("items"))];
    let inner = inner.into_iter().filter_map(|(key, it)| Some((key.to_owned(), schema(it?, way))));
    facts.extend(inner);
    for key in ["allOf", "anyOf", "oneOf", "properties"] {
        let each = |it| (key.to_owned(), each(it, |it| schema(it, way)));
        facts.extend(value.get(key).map(each));
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
