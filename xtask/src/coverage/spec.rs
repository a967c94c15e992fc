//! OpenAPI files: operations, events and schemas with their references resolved.

use serde_json::{Map, Value};
use yaml_rust2::{Yaml, YamlLoader};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Stands in the official description to make its generator export types; no server has it.
const DUMMY: &str = "/v1/dummy/";

/// One OpenAPI file.
pub struct Spec {
    document: Value,
}

/// One operation as a file describes it.
pub struct Described {
    pub id: String,
    pub method: String,
    pub path: String,
    /// Where it is, when that is not where the others are.
    pub server: Option<String>,
    /// Path and query parameters: name, place (`path`, `query`), schema.
    pub parameters: Vec<(String, String, Value)>,
    /// The schema of the body, JSON or a form.
    pub body: Option<Value>,
    /// Status and schema of every documented answer; without a schema it is empty.
    pub answers: Vec<(u16, Option<Value>)>,
}

impl Spec {
    pub fn read(text: &str) -> Result<Self, String> {
        let documents = YamlLoader::load_from_str(text).map_err(|error| error.to_string())?;
        match documents.as_slice() {
            [document] => Ok(Self { document: json(document)? }),
            other => Err(format!("{} YAML documents, not one", other.len())),
        }
    }

    /// Every released operation.
    pub fn operations(&self) -> Result<Vec<Described>, String> {
        let mut operations = Vec::new();
        let paths = self.document.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            for method in METHODS {
                let Some(operation) = item.get(method) else { continue };
                let unreleased = |at: &Value| at.get("x-unreleased") == Some(&Value::Bool(true));
                if unreleased(item) || unreleased(operation) || path.starts_with(DUMMY) {
                    continue;
                }
                operations.push(self.operation(path, method, item, operation)?);
            }
        }
        Ok(operations)
    }

    fn operation(
        &self,
        path: &str,
        method: &str,
        item: &Value,
        operation: &Value,
    ) -> Result<Described, String> {
        let id = operation.get("operationId").and_then(Value::as_str);
        let id = id.ok_or_else(|| format!("{method} {path} has no operationId"))?.to_owned();
        let mut parameters = Vec::new();
        for parameter in list(item, "parameters").iter().chain(list(operation, "parameters")) {
            let parameter = self.resolve(parameter)?;
            let text = |key: &str| parameter.get(key).and_then(Value::as_str).map(str::to_owned);
            let (Some(name), Some(place)) = (text("name"), text("in")) else {
                return Err(format!("{id}: a parameter without name or place"));
            };
            let schema = parameter.get("schema").cloned().unwrap_or_default();
            parameters.push((name, place, schema));
        }
        let body = match operation.get("requestBody") {
            Some(body) => self.content(self.resolve(body)?),
            None => None,
        };
        let mut answers = Vec::new();
        for (status, answer) in
            operation.get("responses").and_then(Value::as_object).into_iter().flatten()
        {
            let status = status.parse().map_err(|_| format!("{id}: status {status}"))?;
            answers.push((status, self.content(self.resolve(answer)?)));
        }
        let servers = [list(operation, "servers"), list(item, "servers")].concat();
        let server = servers.first().and_then(|server| server.get("url")).and_then(Value::as_str);
        Ok(Described {
            id,
            method: method.to_uppercase(),
            path: path.to_owned(),
            server: server.map(str::to_owned),
            parameters,
            body,
            answers,
        })
    }

    /// Every event that is posted to a webhook: its type and the schema of its body.
    pub fn events(&self) -> Result<Vec<(String, Value)>, String> {
        let mut events = Vec::new();
        let hooks = self.document.get("webhooks").and_then(Value::as_object);
        for (name, item) in hooks.into_iter().flatten() {
            let body = item.get("post").and_then(|post| post.get("requestBody"));
            let body = body.ok_or_else(|| format!("the webhook {name} has no body"))?;
            let schema = self.content(self.resolve(body)?);
            events.push((name.clone(), schema.unwrap_or_default()));
        }
        Ok(events)
    }

    /// The schema of a body that is JSON or a form.
    fn content(&self, body: &Value) -> Option<Value> {
        let content = body.get("content")?.as_object()?;
        content.values().next()?.get("schema").cloned()
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> Result<&'a Value, String> {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return Ok(value) };
        let pointer = reference.strip_prefix('#').unwrap_or_default();
        self.document.pointer(pointer).ok_or_else(|| format!("there is no {reference}"))
    }

    /// A schema as one object: references resolved, the parts of `allOf` merged. `followed` are
    /// the references that led here; nothing when the schema is too deep inside itself.
    pub fn flat(
        &self,
        schema: &Value,
        followed: &mut Vec<String>,
    ) -> Result<Option<Map<String, Value>>, String> {
        let mut flat = Map::new();
        let mut inner = followed.clone();
        let mut parts = Vec::new();
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            // Once inside itself shows all there is to it.
            if followed.iter().filter(|name| *name == reference).count() > 1 {
                return Ok(None);
            }
            inner.push(reference.to_owned());
            parts.push(self.resolve(schema)?);
        }
        parts.extend(list(schema, "allOf"));
        let outer = inner.clone();
        for part in parts {
            let mut through = outer.clone();
            let Some(part) = self.flat(part, &mut through)? else { return Ok(None) };
            overlay(&mut flat, part);
            inner.extend(through.drain(outer.len()..));
        }
        let mut own = schema.as_object().cloned().unwrap_or_default();
        own.remove("$ref");
        own.remove("allOf");
        overlay(&mut flat, own);
        *followed = inner;
        Ok(Some(flat))
    }
}

/// Lays one schema over another: what both say about a property holds together.
fn overlay(under: &mut Map<String, Value>, over: Map<String, Value>) {
    for (key, value) in over {
        match (key.as_str(), under.get_mut(&key), value) {
            ("properties", Some(Value::Object(under)), Value::Object(over)) => {
                for (name, schema) in over {
                    let both = match under.remove(&name) {
                        Some(other) => serde_json::json!({"allOf": [other, schema]}),
                        None => schema,
                    };
                    under.insert(name, both);
                }
            }
            ("required", Some(Value::Array(under)), Value::Array(over)) => under.extend(over),
            (_, _, value) => {
                under.insert(key, value);
            }
        }
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn json(yaml: &Yaml) -> Result<Value, String> {
    Ok(match yaml {
        Yaml::Null => Value::Null,
        Yaml::Boolean(yes) => Value::Bool(*yes),
        Yaml::Integer(number) => Value::from(*number),
        Yaml::Real(text) => text.parse::<f64>().map_err(|error| error.to_string())?.into(),
        Yaml::String(text) => Value::from(text.as_str()),
        Yaml::Array(items) => Value::Array(items.iter().map(json).collect::<Result<_, _>>()?),
        Yaml::Hash(pairs) => {
            let pair = |(key, value): (&Yaml, &Yaml)| Ok((name(key)?, json(value)?));
            Value::Object(pairs.iter().map(pair).collect::<Result<_, String>>()?)
        }
        Yaml::Alias(_) | Yaml::BadValue => return Err("a YAML node that is no value".to_owned()),
    })
}

/// A key as text: statuses stand there as numbers, too.
fn name(key: &Yaml) -> Result<String, String> {
    match json(key)? {
        Value::String(text) => Ok(text),
        other => Ok(other.to_string()),
    }
}
