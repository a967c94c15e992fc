//! Counts the facts of a table.

use serde_json::Value;
use std::collections::BTreeMap;

/// Keys whose values are few, so that each is counted on its own.
const BY_VALUE: [&str; 3] = ["format", "in", "type"];

/// Returns how many facts of each kind the table `text` holds. A fact that is added, or gone, is compared
/// with nothing when the library says nothing about it; the count shows it.
///
/// # Errors
///
/// The text is no JSON.
pub fn inventory(text: &str) -> Result<BTreeMap<String, usize>, String> {
    let table: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut counts = BTreeMap::new();
    count(&table, "", &mut counts);
    Ok(counts)
}

/// Keys below which the next ones are names.
const NAMES: [&str; 7] =
    ["content", "parameters", "paths", "properties", "responses", "schemas", "webhooks"];

/// Counts what is in `value`, which stands below the key `parent`.
fn count(value: &Value, parent: &str, counts: &mut BTreeMap<String, usize>) {
    let is_named = NAMES.contains(&parent);
    for (key, value) in value.as_object().into_iter().flatten() {
        let mut add = |what: String| *counts.entry(what).or_default() += 1;
        match value {
            _ if parent == "responses" || parent == "content" => add(format!("{parent} {key}")),
            _ if is_named => add(parent.to_owned()),
            Value::Object(_) => {}
            Value::Array(items) => items.iter().for_each(|_| add(key.clone())),
            Value::String(text) if BY_VALUE.contains(&key.as_str()) => add(format!("{key} {text}")),
            _ => add(key.clone()),
        }
        count(value, if is_named { "" } else { key }, counts);
        for item in value.as_array().into_iter().flatten() {
            count(item, "", counts);
        }
    }
}
