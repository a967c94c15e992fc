//! The configurations of extensions (schema `ExtensionConfig` of the OpenAPI file).

use serde_json::{Map, Value};

use crate::api::custom_metadata_fields::Field;

/// Checks a configuration, and says what is wrong.
pub(crate) fn check(config: &Map<String, Value>, fields: &[Field]) -> Result<(), String> {
    let holds = |holds: bool, why: &str| if holds { Ok(()) } else { Err(why.to_owned()) };
    match config.get("name").and_then(Value::as_str) {
        Some("remove-bg") => {
            let Some(options) = config.get("options") else { return Ok(()) };
            let options = options.as_object().ok_or("options should be an object")?;
            for (key, value) in options {
                let fits = match key.as_str() {
                    "add_shadow" | "semitransparency" => value.is_boolean(),
                    "bg_color" | "bg_image_url" => value.is_string(),
                    _ => true,
                };
                holds(fits, "options should hold booleans and strings as documented")?;
            }
            let both = options.contains_key("bg_color") && options.contains_key("bg_image_url");
            holds(!both, "options should not set both bg_color and bg_image_url")
        }
        Some("google-auto-tagging" | "aws-auto-tagging") => {
            let integer = |key: &str| config.get(key).is_some_and(Value::is_u64);
            holds(integer("minConfidence"), "minConfidence is required and should be an integer")?;
            holds(integer("maxTags"), "maxTags is required and should be an integer")
        }
        Some("ai-auto-description") => Ok(()),
        Some("ai-tasks") => {
            let tasks = config.get("tasks").and_then(Value::as_array);
            let tasks = tasks.ok_or("tasks is required and should be an array")?;
            holds((1..=10).contains(&tasks.len()), "tasks should have 1 to 10 items")?;
            tasks.iter().try_for_each(|task| check_task(task, fields))
        }
        _ => Err("name should be remove-bg, google-auto-tagging, aws-auto-tagging, \
                  ai-auto-description or ai-tasks"
            .to_owned()),
    }
}

fn check_task(task: &Value, fields: &[Field]) -> Result<(), String> {
    let holds = |holds: bool, why: &str| if holds { Ok(()) } else { Err(why.to_owned()) };
    let text = |key: &str| task.get(key).and_then(Value::as_str).unwrap_or_default();
    let length = text("instruction").chars().count();
    holds((1..=2000).contains(&length), "instruction should have 1 to 2000 characters")?;
    let vocabulary = match task.get("vocabulary") {
        None => &Vec::new(),
        Some(value) => {
            let words = value.as_array().ok_or("vocabulary should be an array")?;
            holds(words.iter().all(is_simple), "vocabulary should hold simple values")?;
            holds((1..=30).contains(&words.len()), "vocabulary should have 1 to 30 items")?;
            words
        }
    };
    for (key, least) in [("min_selections", 0), ("max_selections", 1)] {
        let number = task.get(key).map(Value::as_u64);
        let fits = number.is_none_or(|number| number.is_some_and(|number| number >= least));
        holds(fits, "min_selections and max_selections should be integers from 0 and 1 on")?;
    }
    match text("type") {
        "select_tags" => {
            let words: Option<Vec<&str>> = vocabulary.iter().map(Value::as_str).collect();
            let words = words.ok_or("vocabulary should hold strings")?;
            let total: usize = words.iter().map(|word| word.chars().count()).sum();
            holds(total <= 500, "vocabulary should have at most 500 characters together")?;
            holds(!words.iter().any(|word| word.contains('%')), "vocabulary cannot contain %")
        }
        "select_metadata" => {
            let known = fields.iter().any(|field| !field.deleted && field.name() == text("field"));
            holds(known, "field should be the name of a custom metadata field")
        }
        "yes_no" => ["on_yes", "on_no", "on_unknown"]
            .iter()
            .filter_map(|key| task.get(*key))
            .try_for_each(check_action),
        _ => Err("type should be select_tags, select_metadata or yes_no".to_owned()),
    }
}

/// Checks what a yes/no task does (schema `AITaskAction`).
fn check_action(action: &Value) -> Result<(), String> {
    let action = action.as_object().ok_or("on_yes, on_no and on_unknown should be objects")?;
    for (key, value) in action {
        let fits: fn(&Value) -> bool = match key.as_str() {
            "add_tags" | "remove_tags" => Value::is_string,
            "set_metadata" => |item| {
                let value = item.get("value");
                let list = || value.and_then(Value::as_array);
                item.get("field").is_some_and(Value::is_string)
                    && (value.is_some_and(is_simple)
                        || list().is_some_and(|items| items.iter().all(is_simple)))
            },
            "unset_metadata" => |item| item.get("field").is_some_and(Value::is_string),
            _ => continue,
        };
        let items = value.as_array().filter(|items| items.iter().all(fits));
        items.ok_or_else(|| format!("{key} does not have the documented form"))?;
    }
    Ok(())
}

fn is_simple(value: &Value) -> bool {
    value.is_string() || value.is_number() || value.is_boolean()
}
