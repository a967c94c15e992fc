//! Simulated `ai-tasks`: the first words of a vocabulary are selected, and the result of every
//! question is yes.

use serde_json::{Map, Value};

use crate::api::custom_metadata_fields::Field;
use crate::library::Fields;
use crate::schema::{Kind, check_value};

/// Runs the tasks of a configuration that was checked.
pub(super) fn run(config: &Map<String, Value>, fields: &mut Fields, definitions: &[Field]) {
    let tasks = config.get("tasks").and_then(Value::as_array);
    for task in tasks.into_iter().flatten() {
        match task.get("type").and_then(Value::as_str) {
            Some("select_tags") => {
                let tags = selected(task, task.get("vocabulary"));
                tags.iter().filter_map(Value::as_str).for_each(|tag| add(fields, tag));
            }
            Some("select_metadata") => {
                let name = task.get("field").and_then(Value::as_str).unwrap_or_default();
                let Some(field) = definitions.iter().find(|field| field.name() == name) else {
                    continue;
                };
                let options =
                    task.get("vocabulary").or_else(|| field.schema().get("selectOptions"));
                let values = selected(task, options);
                let value = match Kind::of(field.schema()) {
                    Some(Kind::MultiSelect) => Some(values.into()),
                    _ => values.into_iter().next(),
                };
                set(fields, definitions, name, value);
            }
            Some("yes_no") => act(task.get("on_yes"), fields, definitions),
            _ => {}
        }
    }
}

/// As many of the first words as have to be selected, and one at least.
fn selected(task: &Value, words: Option<&Value>) -> Vec<Value> {
    let least = task.get("min_selections").and_then(Value::as_u64).unwrap_or(1).max(1);
    let least = usize::try_from(least).unwrap_or(usize::MAX);
    words.and_then(Value::as_array).into_iter().flatten().take(least).cloned().collect()
}

fn act(action: Option<&Value>, fields: &mut Fields, definitions: &[Field]) {
    let items = |key: &str| {
        let items = action.and_then(|action| action.get(key)).and_then(Value::as_array);
        items.into_iter().flatten()
    };
    let field = |item: &Value| item.get("field").and_then(Value::as_str).map(str::to_owned);
    items("add_tags").filter_map(Value::as_str).for_each(|tag| add(fields, tag));
    for tag in items("remove_tags").filter_map(Value::as_str) {
        fields.tags.retain(|held| **held != *tag);
    }
    for item in items("set_metadata") {
        let name = field(item).unwrap_or_default();
        set(fields, definitions, &name, item.get("value").cloned());
    }
    for name in items("unset_metadata").filter_map(field) {
        fields.custom_metadata.remove(&name);
    }
}

fn add(fields: &mut Fields, tag: &str) {
    if !fields.has_tag(tag) {
        fields.tags.push(tag.into());
    }
}

/// Sets a custom metadata value, where it is one of its field.
fn set(fields: &mut Fields, definitions: &[Field], name: &str, value: Option<Value>) {
    let field = definitions.iter().find(|field| !field.deleted && field.name() == name);
    if let Some((field, value)) = field.zip(value) {
        if check_value(field.schema(), &value).is_ok() {
            fields.custom_metadata.insert(name.to_owned(), value);
        }
    }
}
