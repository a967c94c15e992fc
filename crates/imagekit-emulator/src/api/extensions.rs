//! Extensions, pretended: they are over at once, with results that anybody can tell apart
//! from real ones.

use serde_json::{Map, Value};

use crate::answer::Problem;
use crate::library::{AiTag, Fields};

/// What auto-tagging finds in every file, with the confidence in percent.
const LABELS: [(&str, f64); 3] = [("Emulated", 99.5), ("Sample", 90.25), ("Placeholder", 75.0)];

/// Runs extensions on the fields of a file, and returns how each is doing. `remove-bg` stays
/// pending, as it always is at first.
pub(crate) fn run(
    extensions: &Value,
    fields: &mut Fields,
    file_name: &str,
) -> Result<Map<String, Value>, Problem> {
    let invalid =
        || Problem::bad_request("Your request contains invalid value for extensions parameter.");
    let mut status = Map::new();
    for extension in extensions.as_array().ok_or_else(invalid)? {
        let name = extension.get("name").and_then(Value::as_str).ok_or_else(invalid)?;
        let state = match name {
            "remove-bg" => "pending",
            "google-auto-tagging" | "aws-auto-tagging" => {
                auto_tag(extension, name, fields).ok_or_else(invalid)?;
                "success"
            }
            "ai-auto-description" => {
                fields.description = Some(format!("An emulated description of {file_name}."));
                "success"
            }
            "ai-tasks" => "success",
            "saved-extension" => {
                return Err(Problem::bad_request("The requested saved extension does not exist."));
            }
            _ => return Err(invalid()),
        };
        status.insert(name.to_owned(), state.into());
    }
    Ok(status)
}

/// Replaces the tags of this extension. `None`: a required option is missing.
fn auto_tag(extension: &Value, source: &str, fields: &mut Fields) -> Option<()> {
    let least = extension.get("minConfidence")?.as_f64()?;
    let most = extension.get("maxTags")?.as_u64()?;
    fields.ai_tags.retain(|tag| tag.source != source);
    let found = LABELS.iter().filter(|(_, confidence)| *confidence >= least);
    fields.ai_tags.extend(found.take(usize::try_from(most).ok()?).map(|(name, confidence)| {
        AiTag { name: (*name).to_owned(), confidence: *confidence, source: source.to_owned() }
    }));
    Some(())
}
