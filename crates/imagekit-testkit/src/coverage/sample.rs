//! Sample values of a schema, with every property and every alternative.

use super::spec::Spec;
use crate::json::{Path, Step};
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// A key in every free-form object; it says nothing about the models.
pub(crate) const FREE: &str = "x-free";

/// What every file to upload holds: as base64, and as it is sent.
pub(crate) const FILE: (&str, &str) = ("AAEC", "\0\u{1}\u{2}");

/// Direction of the values: some properties are read only, some write only.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Request,
    Response,
}

/// A value, and what its description says about the places in it.
#[derive(Clone)]
pub(crate) struct Sample {
    pub(crate) value: Value,
    pub(crate) places: Vec<Place>,
}

/// A place in a value.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) path: Path,
    /// The schema there, as one object.
    pub(crate) schema: Rc<Map<String, Value>>,
}

impl Place {
    /// The values that the description lists.
    pub(crate) fn choices(&self) -> Option<Vec<Value>> {
        choices(&self.schema)
    }

    /// The bound that a keyword such as `maxLength` gives.
    pub(crate) fn bound(&self, key: &str) -> Option<i64> {
        self.schema.get(key).and_then(Value::as_i64)
    }
}

impl Sample {
    fn new(value: Value, schema: &Map<String, Value>) -> Self {
        Self { value, places: vec![Place { path: Path::new(), schema: Rc::new(schema.clone()) }] }
    }

    /// The places, with paths from the parent of the value.
    fn places_under(&self, step: Step) -> impl Iterator<Item = Place> {
        self.places.iter().map(move |place| {
            let path = std::iter::once(&step).chain(&place.path).cloned().collect();
            Place { path, schema: Rc::clone(&place.schema) }
        })
    }
}

/// Makes samples of the schemas of one file.
#[derive(Clone, Copy)]
pub(crate) struct Sampler<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) way: Way,
}

impl Sampler<'_> {
    /// Values that together have every property and every alternative of `schema`, the first of
    /// them with as much as fits into one. `name` is what the value is called.
    pub(crate) fn samples(&self, name: &str, schema: &Value) -> Result<Vec<Sample>, String> {
        self.inner(name, schema, &[])
    }

    fn inner(
        &self,
        name: &str,
        schema: &Value,
        followed: &[String],
    ) -> Result<Vec<Sample>, String> {
        let mut followed = followed.to_vec();
        // A recursive schema ends here: its parent omits it.
        let Some(mut flat) = self.spec.flat(schema, &mut followed)? else { return Ok(Vec::new()) };
        for key in ["oneOf", "anyOf"] {
            let Some(Value::Array(alternatives)) = flat.remove(key) else { continue };
            let mut samples = Vec::new();
            for alternative in alternatives {
                let whole = json!({"allOf": [flat.clone(), alternative]});
                samples.extend(self.inner(name, &whole, &followed)?);
            }
            return Ok(samples);
        }
        if let Some(values) = choices(&flat) {
            let first = values.first().cloned().unwrap_or_default();
            return Ok(vec![Sample::new(first, &flat)]);
        }
        let mut samples = Vec::new();
        for kind in kinds(&flat) {
            samples.extend(match kind.as_str() {
                "object" => self.objects(&flat, &followed)?,
                "array" => self.arrays(name, &flat, &followed)?,
                other => {
                    let one = |value| Sample::new(value, &flat);
                    scalars(other, name, &flat).into_iter().map(one).collect()
                }
            });
        }
        Ok(samples)
    }

    fn objects(
        &self,
        schema: &Map<String, Value>,
        followed: &[String],
    ) -> Result<Vec<Sample>, String> {
        let mut properties = Vec::new();
        for (name, property) in
            schema.get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            let hidden = if self.way == Way::Request { "readOnly" } else { "writeOnly" };
            if property.get(hidden) != Some(&Value::Bool(true)) {
                properties.push((name.clone(), self.inner(name, property, followed)?));
            }
        }
        match schema.get("additionalProperties") {
            Some(Value::Bool(true)) if properties.is_empty() => {
                return Ok(vec![Sample::new(json!({FREE: 1}), schema)]);
            }
            Some(items @ Value::Object(_)) => {
                properties.push(("anyKey".to_owned(), self.inner("anyKey", items, followed)?));
            }
            _ => {}
        }
        let count = properties.iter().map(|(_, samples)| samples.len()).max().unwrap_or(0).max(1);
        let object = |index: usize| {
            let mut object = Map::new();
            let mut whole = Sample::new(Value::Null, schema);
            for (name, samples) in properties.iter().filter(|(_, samples)| !samples.is_empty()) {
                let sample = &samples[index % samples.len()];
                whole.places.extend(sample.places_under(Step::Key(name.clone())));
                object.insert(name.clone(), sample.value.clone());
            }
            whole.value = object.into();
            whole
        };
        Ok((0..count).map(object).collect())
    }

    /// Lists that together hold every sample of an item, each as many as it may.
    fn arrays(
        &self,
        name: &str,
        schema: &Map<String, Value>,
        followed: &[String],
    ) -> Result<Vec<Sample>, String> {
        let items = match schema.get("items") {
            Some(items) => self.inner(name, items, followed)?,
            None => Vec::new(),
        };
        let most = schema.get("maxItems").and_then(Value::as_u64).unwrap_or(50).max(1) as usize;
        let list = |items: &[Sample]| {
            let value = items.iter().map(|item| item.value.clone()).collect();
            let mut list = Sample::new(value, schema);
            let inner = items.iter().enumerate();
            let inner = inner.flat_map(|(index, item)| item.places_under(Step::Item(index)));
            list.places.extend(inner);
            list
        };
        if items.is_empty() {
            return Ok(vec![Sample::new(json!([]), schema)]);
        }
        Ok(items.chunks(most).map(list).collect())
    }
}

/// The values that a schema lists.
fn choices(schema: &Map<String, Value>) -> Option<Vec<Value>> {
    let listed = schema.get("enum").and_then(Value::as_array).cloned();
    // A constant narrows a list that a base schema gives.
    schema.get("const").map(|value| vec![value.clone()]).or(listed)
}

/// The types of a schema; without any they are guessed.
pub(crate) fn kinds(schema: &Map<String, Value>) -> Vec<String> {
    let kind = |kind: &Value| kind.as_str().unwrap_or("null").to_owned();
    match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().map(kind).collect(),
        Some(one) => vec![kind(one)],
        None if schema.contains_key("properties") => vec!["object".to_owned()],
        None if schema.contains_key("items") => vec!["array".to_owned()],
        None => vec!["string".to_owned()],
    }
}

fn scalars(kind: &str, name: &str, schema: &Map<String, Value>) -> Vec<Value> {
    let bound = |key: &str| schema.get(key).and_then(Value::as_i64);
    let clamp = |number: i64| {
        let number = bound("minimum").map_or(number, |least| number.max(least));
        bound("maximum").map_or(number, |most| number.min(most))
    };
    match kind {
        "boolean" => vec![true.into()],
        "integer" => vec![clamp(3).into()],
        // What the API calls a number may be fractional or not.
        "number" => vec![clamp(3).into(), 2.5.into()],
        "null" => vec![Value::Null],
        _ => texts(name, schema.get("format").and_then(Value::as_str).unwrap_or_default()),
    }
}

/// Text that shows which property it belongs to, as far as its format allows.
fn texts(name: &str, format: &str) -> Vec<Value> {
    match format {
        "uri" => vec![format!("https://example.com/{name}").into()],
        "email" => vec![format!("{name}@example.com").into()],
        "date" if name.starts_with("end") => vec!["2024-01-31".into()],
        "date" => vec!["2024-01-01".into()],
        "date-time" => vec!["2024-01-01T00:00:00.000Z".into()],
        "binary" => vec![
            json!({"$file": {"name": format!("{name}.bin"), "base64": FILE.0}}),
            format!("https://example.com/{name}").into(),
        ],
        _ => vec![name.into()],
    }
}
