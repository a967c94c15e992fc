//! Paths in a JSON value.

use serde_json::Value;

/// The path of a value inside another.
pub(crate) type Path = Vec<Step>;

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Item(usize),
}

/// The value at `path`.
pub(crate) fn at<'a>(value: impl Into<Option<&'a Value>>, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(value.into()?, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Item(index) => value.get(index),
    })
}

/// `value` with `new` at `path`; a key that is not there is added.
pub(crate) fn with(value: &Value, path: &[Step], new: Value) -> Value {
    let mut value = value.clone();
    match (parent(&mut value, path), path.last()) {
        (_, None) => return new,
        (Some(Value::Object(pairs)), Some(Step::Key(key))) => {
            pairs.insert(key.clone(), new);
        }
        (Some(Value::Array(items)), Some(Step::Item(index))) if *index < items.len() => {
            items[*index] = new;
        }
        _ => {}
    }
    value
}

/// `value` without the key at the end of `path`.
pub(crate) fn without(value: &Value, path: &[Step]) -> Value {
    let mut value = value.clone();
    if let (Some(Value::Object(pairs)), Some(Step::Key(key))) =
        (parent(&mut value, path), path.last())
    {
        pairs.remove(key);
    }
    value
}

fn parent<'a>(value: &'a mut Value, path: &[Step]) -> Option<&'a mut Value> {
    let (_, parents) = path.split_last()?;
    parents.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Item(index) => value.get_mut(index),
    })
}

/// The steps to the values in an object or a list.
pub(crate) fn steps(value: Option<&Value>) -> Vec<Step> {
    match value {
        Some(Value::Object(pairs)) => pairs.keys().cloned().map(Step::Key).collect(),
        Some(Value::Array(items)) => (0..items.len()).map(Step::Item).collect(),
        _ => Vec::new(),
    }
}

/// Formats a path, items of lists as `[]`.
pub(crate) fn words(path: &[Step]) -> String {
    let mut words = String::from("$");
    for step in path {
        match step {
            Step::Key(key) => words.extend([".", key]),
            Step::Item(_) => words.push_str("[]"),
        }
    }
    words
}
