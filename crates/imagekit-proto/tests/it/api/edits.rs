//! Random changes to a JSON value.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Number, Value, json};

/// A change to one place of a value. Where it does not apply, it does nothing.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// The value of a key becomes null.
    Null,
    /// A key goes away.
    Remove,
    /// A text becomes another.
    Text(String),
    /// A number becomes another.
    Number(Value),
    /// A number becomes something else.
    Misfit(Value),
    /// An object gets one key more.
    Unknown(String, Value),
}

/// Changes to a value that keep every key's type, save that a number may become anything.
pub(crate) fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, Edit)>> {
    let edit = prop_oneof![
        Just(Edit::Null),
        Just(Edit::Remove),
        any::<String>().prop_map(Edit::Text),
        number().prop_map(Edit::Number),
        anything().prop_map(Edit::Misfit),
        ("zz[a-zA-Z_$ é]{0,6}", anything()).prop_map(|(key, value)| Edit::Unknown(key, value)),
    ];
    vec((any::<prop::sample::Index>(), edit), 0..6)
}

/// Numbers of any kind and size.
fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|eighths| json!(f64::from(eighths) / 8.0)),
        any::<f64>().prop_map(Value::from),
    ]
}

/// Any JSON, not too deep.
pub(crate) fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number(),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((any::<String>(), inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Applies `edits` in turn; keys of `required` are neither nulled nor removed.
pub(crate) fn apply(
    mut value: Value,
    edits: &[(prop::sample::Index, Edit)],
    required: &[&str],
) -> Value {
    for (place, edit) in edits {
        let mut paths = Vec::new();
        collect(&value, String::new(), &mut paths);
        let path = place.get(&paths).clone();
        match edit {
            Edit::Null | Edit::Remove => {
                let Some((parent, key)) = path.rsplit_once('/') else { continue };
                let key = key.replace("~1", "/").replace("~0", "~");
                let Some(Value::Object(object)) = value.pointer_mut(parent) else { continue };
                if required.contains(&key.as_str()) {
                    continue;
                }
                if matches!(edit, Edit::Null) {
                    object.insert(key, Value::Null);
                } else {
                    object.remove(&key);
                }
            }
            Edit::Text(text) => {
                if let Some(old @ Value::String(_)) = value.pointer_mut(&path) {
                    *old = text.clone().into();
                }
            }
            Edit::Number(number) | Edit::Misfit(number) => {
                if let Some(old @ Value::Number(_)) = value.pointer_mut(&path) {
                    *old = number.clone();
                }
            }
            Edit::Unknown(key, new) => {
                // The keys of this map are names of fields: none is unknown.
                if path.ends_with("/selectedFieldsSchema") {
                    continue;
                }
                if let Some(Value::Object(object)) = value.pointer_mut(&path) {
                    object.insert(key.clone(), new.clone());
                }
            }
        }
    }
    value
}

/// The JSON pointers of all places in `value`.
fn collect(value: &Value, path: String, paths: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect(value, format!("{path}/{key}"), paths);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, format!("{path}/{index}"), paths);
            }
        }
        _ => {}
    }
    paths.push(path);
}

/// The places of `value` that `other` does not have with the same value. Null is absent, and
/// `3.0` is `3`.
pub(crate) fn lost(value: &Value, other: Option<&Value>, path: &str) -> Vec<String> {
    match (value, other) {
        (Value::Null, None | Some(Value::Null)) => Vec::new(),
        (Value::Object(object), Some(Value::Object(other))) => object
            .iter()
            .flat_map(|(key, value)| lost(value, other.get(key), &format!("{path}.{key}")))
            .collect(),
        (Value::Array(items), Some(Value::Array(others))) if items.len() == others.len() => items
            .iter()
            .zip(others)
            .flat_map(|(item, other)| lost(item, Some(other), &format!("{path}[]")))
            .collect(),
        (Value::Number(a), Some(Value::Number(b))) if same_number(a, b) => Vec::new(),
        // A list that is null is an empty one.
        (Value::Null, Some(some)) | (some, None | Some(Value::Null)) if is_empty(some) => {
            Vec::new()
        }
        (a, Some(b)) if a == b => Vec::new(),
        (a, b) => vec![format!("{path}: {a} became {b:?}")],
    }
}

/// Whether two numbers are one: `3.0` is `3`, but no integer is its neighbour.
fn same_number(a: &Number, b: &Number) -> bool {
    let integer = |number: &Number| {
        number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
    };
    match (integer(a), integer(b)) {
        (Some(a), Some(b)) => a == b,
        (Some(integer), None) | (None, Some(integer)) => {
            let float = if a.is_f64() { a.as_f64() } else { b.as_f64() };
            float.is_some_and(|float| float as i128 == integer && float.fract() == 0.0)
        }
        (None, None) => a.as_f64() == b.as_f64(),
    }
}

/// Whether there is nothing in `value` but empty lists.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.values().all(is_empty),
        _ => false,
    }
}
