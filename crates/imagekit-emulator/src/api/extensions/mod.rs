//! Simulated extensions, with results that cannot be taken for real ones.
//!
//! They fail for files that are not images. `remove-bg` stays pending, as it always does at
//! first, and makes a new version of the same bytes before the next request is handled.

mod config;
mod pending;
mod tasks;

pub(crate) use config::check;
pub(crate) use pending::{Pending, record, settle};
use serde_json::{Map, Value, json};

use super::custom_metadata_fields::Field;
use super::saved_extensions;
use crate::library::{AiTag, Fields};
use crate::response::Problem;
use crate::state::State;

/// What auto-tagging finds in every image, with the confidence in percent.
const LABELS: [(&str, f64); 3] = [("Emulated", 99.5), ("Sample", 90.25), ("Placeholder", 75.0)];

/// The configurations of a request, saved ones resolved.
pub(crate) fn read(extensions: &Value, state: &State) -> Result<Vec<Map<String, Value>>, Problem> {
    let invalid =
        || Problem::bad_request("Your request contains invalid value for extensions parameter.");
    let mut configs = Vec::new();
    for extension in extensions.as_array().ok_or_else(invalid)? {
        let config = extension.as_object().ok_or_else(invalid)?;
        if config.get("name").and_then(Value::as_str) == Some("saved-extension") {
            let id = config.get("id").and_then(Value::as_str).unwrap_or_default();
            let saved = saved_extensions::find(&state.saved_extensions, id);
            let missing = || Problem::bad_request("The requested saved extension does not exist.");
            configs.push(saved.ok_or_else(missing)?.config.clone());
            continue;
        }
        check(config, &state.fields)
            .map_err(|why| invalid().with("errors", json!({ "extensions": why })))?;
        configs.push(config.clone());
    }
    Ok(configs)
}

/// How each extension of a request is doing.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// `extensionStatus` of the response.
    pub(crate) status: Map<String, Value>,
}

impl Outcome {
    /// The names of the extensions with this status.
    pub(crate) fn with(&self, status: &str) -> Vec<String> {
        let names = self.status.iter().filter(|(_, held)| held.as_str() == Some(status));
        names.map(|(name, _)| name.clone()).collect()
    }
}

/// Runs extensions on the fields of a file.
pub(crate) fn run(
    configs: &[Map<String, Value>],
    fields: &mut Fields,
    definitions: &[Field],
    file_name: &str,
    is_image: bool,
) -> Outcome {
    let mut outcome = Outcome::default();
    for config in configs {
        let name = config.get("name").and_then(Value::as_str).unwrap_or_default();
        let status = match name {
            "remove-bg" => "pending",
            _ if !is_image => "failed",
            "google-auto-tagging" | "aws-auto-tagging" => {
                auto_tag(config, name, fields);
                "success"
            }
            "ai-auto-description" => {
                fields.description =
                    Some(format!("An emulated description of {file_name}.").into());
                "success"
            }
            _ => {
                tasks::run(config, fields, definitions);
                "success"
            }
        };
        outcome.status.insert(name.to_owned(), status.into());
    }
    outcome
}

/// Replaces the tags of this extension.
fn auto_tag(config: &Map<String, Value>, source: &str, fields: &mut Fields) {
    let number = |key: &str| config.get(key).and_then(Value::as_u64).unwrap_or(0);
    let (least, most) = (number("minConfidence") as f64, number("maxTags"));
    fields.ai_tags.retain(|tag| *tag.source != *source);
    let found = LABELS.iter().filter(|(_, confidence)| *confidence >= least);
    let found = found.take(usize::try_from(most).unwrap_or(usize::MAX));
    fields.ai_tags.extend(found.map(|(name, confidence)| AiTag {
        name: (*name).into(),
        confidence: *confidence,
        source: source.into(),
    }));
}
