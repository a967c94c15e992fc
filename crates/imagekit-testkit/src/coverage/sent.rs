//! The parts of a request that the library built.

use super::sample::FILE;
use crate::conformance::values::same;
use crate::conformance::wire;
use crate::conformance::wire::request::Request;
use imagekit_proto::operation::Entry;
use serde_json::{Map, Value};

/// Server, path, query and body of a request.
pub(crate) struct Sent {
    pub(crate) server: String,
    /// The JSON body, or the parts of a form as text.
    pub(crate) body: Value,
    pub(crate) is_form: bool,
    path: Vec<String>,
    query: Vec<(String, String)>,
}

impl Sent {
    pub(crate) fn build(operation: &Entry, input: Value) -> Result<Self, String> {
        let request = Request::built(wire::build(operation, input, Some("private_key"))?)?;
        let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
        let is_form = request.multipart.is_some();
        let mut form = Map::new();
        for part in request.multipart.into_iter().flatten() {
            form.insert(part.name, text(&part.content).into());
        }
        Ok(Self {
            server: request.server.unwrap_or_default(),
            body: request.json.unwrap_or(Value::Object(form)),
            is_form,
            path: request.path.iter().map(text).collect(),
            query: request.query.iter().map(|(key, value)| (text(key), text(value))).collect(),
        })
    }

    /// The path segment of the parameter `name` of `template`.
    pub(crate) fn segment(&self, template: &str, name: &str) -> Option<Value> {
        let parameter = format!("{{{name}}}");
        let index = template.split('/').position(|segment| segment == parameter)?;
        self.path.get(index).map(|segment| segment.as_str().into())
    }

    pub(crate) fn query_has(&self, name: &str, value: &Value) -> bool {
        let text = plain(value);
        self.query.iter().any(|(key, value)| key == name && *value == text)
    }

    /// `body` as this form encodes it: lists of plain values joined by commas, objects as JSON text
    /// with the spelling of the form.
    pub(crate) fn as_form(&self, body: &Value) -> Value {
        let part = |(key, value): (&String, &Value)| {
            let text = match value {
                Value::Object(file) if file.contains_key("$file") => FILE.1.to_owned(),
                Value::Array(items) if !items.iter().any(Value::is_object) => {
                    items.iter().map(plain).collect::<Vec<_>>().join(",")
                }
                Value::Array(_) | Value::Object(_) => match self.body.get(key) {
                    Some(Value::String(text)) if same_json(text, value) => text.clone(),
                    _ => value.to_string(),
                },
                other => plain(other),
            };
            (key.clone(), text.into())
        };
        Value::Object(body.as_object().into_iter().flatten().map(part).collect())
    }

    /// The body; parts of a form that are JSON text are parsed.
    pub(crate) fn parsed_body(&self) -> Value {
        if !self.is_form {
            return self.body.clone();
        }
        let part = |(key, value): (&String, &Value)| {
            let read = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
            (key.clone(), read.unwrap_or_else(|| value.clone()))
        };
        Value::Object(self.body.as_object().into_iter().flatten().map(part).collect())
    }
}

fn same_json(text: &str, value: &Value) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|read| same(&read, value))
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
