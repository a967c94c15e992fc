//! OpenAPI files: operations, events and schemas with their references resolved.

use serde_json::{Map, Value};
use yaml_rust2::{Yaml, YamlLoader};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// A form in a request body.
const FORM: &str = "/content/multipart~1form-data";

/// An operation that exists for the generator of the official packages; no server has it.
const DUMMY: &str = "/v1/dummy/";

/// One OpenAPI file.
pub(crate) struct Spec {
    document: Value,
}

/// One operation as a file describes it.
pub(crate) struct Described {
    pub(crate) id: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// Base URL, when it is not that of the others.
    pub(crate) server: Option<String>,
    pub(crate) parameters: Vec<Parameter>,
    /// The schema of the body, JSON or a form.
    pub(crate) body: Option<Value>,
    /// Whether the body is a form.
    pub(crate) is_form: bool,
    /// Status and schema of every documented response; without a schema it is empty.
    pub(crate) responses: Vec<(u16, Option<Value>)>,
}

/// A parameter of an operation.
pub(crate) struct Parameter {
    pub(crate) name: String,
    /// `path` or `query`.
    pub(crate) place: String,
    pub(crate) is_required: bool,
    pub(crate) schema: Value,
}

impl Parameter {
    /// The schema, with what follows from the place: a segment of a path is not empty.
    pub(crate) fn whole_schema(&self) -> Value {
        let mut schema = self.schema.clone();
        if let (Value::Object(schema), "path") = (&mut schema, self.place.as_str()) {
            schema.entry("minLength").or_insert(1.into());
        }
        schema
    }
}

impl Spec {
    /// Reads YAML or JSON.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        if text.trim_start().starts_with('{') {
            let document = serde_json::from_str(text).map_err(|error| error.to_string())?;
            return Ok(Self { document });
        }
        let documents = YamlLoader::load_from_str(text).map_err(|error| error.to_string())?;
        match documents.as_slice() {
            [document] => Ok(Self { document: json(document)? }),
            other => Err(format!("{} YAML documents, not one", other.len())),
        }
    }

    /// Returns every released operation: path, method, the object of the path and its own.
    pub(super) fn released(&self) -> impl Iterator<Item = (&str, &str, &Value, &Value)> {
        let unreleased = |at: &Value| at.get("x-unreleased") == Some(&Value::Bool(true));
        let paths = self.document.get("paths").and_then(Value::as_object).into_iter().flatten();
        let paths = paths.filter(move |(path, item)| !path.starts_with(DUMMY) && !unreleased(item));
        paths.flat_map(move |(path, item)| {
            let operation = move |method| Some((path.as_str(), method, item, item.get(method)?));
            METHODS.into_iter().filter_map(operation).filter(move |it| !unreleased(it.3))
        })
    }

    /// Returns every released operation.
    pub(crate) fn operations(&self) -> Result<Vec<Described>, String> {
        let released = self.released();
        released.map(|(path, method, item, own)| self.operation(path, method, item, own)).collect()
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
        for parameter in parameters_of(item, operation) {
            let parameter = self.resolve(parameter)?;
            let text = |key: &str| parameter.get(key).and_then(Value::as_str).map(str::to_owned);
            let (Some(name), Some(place)) = (text("name"), text("in")) else {
                return Err(format!("{id}: a parameter without name or place"));
            };
            let schema = parameter.get("schema").cloned().unwrap_or_default();
            let is_required = parameter.get("required") == Some(&Value::Bool(true));
            parameters.push(Parameter { name, place, is_required, schema });
        }
        let message = operation.get("requestBody").map(|body| self.resolve(body)).transpose()?;
        let body = message.and_then(|body| self.content(body));
        let is_form = message.is_some_and(|body| body.pointer(FORM).is_some());
        let mut responses = Vec::new();
        for (status, response) in
            operation.get("responses").and_then(Value::as_object).into_iter().flatten()
        {
            let status = status.parse().map_err(|_| format!("{id}: status {status}"))?;
            responses.push((status, self.content(self.resolve(response)?)));
        }
        Ok(Described {
            id,
            method: method.to_uppercase(),
            path: path.to_owned(),
            server: server_of(item, operation).map(str::to_owned),
            parameters,
            body,
            is_form,
            responses,
        })
    }

    /// Returns every event that is posted to a webhook: its name and the object of its body.
    pub(super) fn hooks(&self) -> Result<Vec<(&str, &Value)>, String> {
        let hooks = self.document.get("webhooks").and_then(Value::as_object);
        hooks
            .into_iter()
            .flatten()
            .map(|(name, item)| match item.pointer("/post/requestBody") {
                Some(body) => Ok((name.as_str(), self.resolve(body)?)),
                None => Err(format!("the webhook {name} has no body")),
            })
            .collect()
    }

    /// Returns every event that is posted to a webhook: its name and the schema of its body.
    pub(crate) fn events(&self) -> Result<Vec<(String, Value)>, String> {
        let event = |(name, body): (&str, &Value)| {
            (name.to_owned(), self.content(body).unwrap_or_default())
        };
        Ok(self.hooks()?.into_iter().map(event).collect())
    }

    /// The schema of a body that is JSON or a form.
    fn content(&self, body: &Value) -> Option<Value> {
        let content = body.get("content")?.as_object()?;
        content.values().next()?.get("schema").cloned()
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> Result<&'a Value, String> {
        value.get("$ref").and_then(Value::as_str).map_or(Ok(value), |it| self.referred(it))
    }

    /// Returns what `reference` (`#/...`) refers to.
    pub(super) fn referred(&self, reference: &str) -> Result<&Value, String> {
        let pointer = reference.strip_prefix('#').unwrap_or_default();
        self.document.pointer(pointer).ok_or_else(|| format!("there is no {reference}"))
    }

    /// A schema as one object: references resolved, the parts of `allOf` merged. `followed` are
    /// the references that led here; nothing when the schema is too deep inside itself.
    pub(crate) fn flat(
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

/// The parameters of an operation, those of its path first.
pub(super) fn parameters_of<'a>(
    item: &'a Value,
    operation: &'a Value,
) -> impl Iterator<Item = &'a Value> {
    list(item, "parameters").iter().chain(list(operation, "parameters"))
}

/// The base URL of an operation, when it is not that of the others.
pub(super) fn server_of<'a>(item: &'a Value, operation: &'a Value) -> Option<&'a str> {
    let server = list(operation, "servers").first().or(list(item, "servers").first());
    server?.get("url")?.as_str()
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

/// Returns a key as text: statuses may be numbers.
fn name(key: &Yaml) -> Result<String, String> {
    match json(key)? {
        Value::String(text) => Ok(text),
        other => Ok(other.to_string()),
    }
}
