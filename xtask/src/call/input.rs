//! Input lines.

use imagekit_proto::operation::{self, JsonEndpoint};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::path::PathBuf;

/// One line: the id of an operation, and its fields under the API's names.
#[derive(Deserialize)]
pub struct Order {
    pub operation: String,
    #[serde(default)]
    pub input: Map<String, Value>,
}

impl Order {
    pub fn read(line: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(line).map_err(|error| format!("the line is no order: {error}"))
    }
}

/// Returns the endpoint, and the file that its payload is read from.
pub fn endpoint(
    operation: &str,
    mut input: Map<String, Value>,
) -> Result<(JsonEndpoint, Option<PathBuf>), String> {
    let operation = operation::find(operation)
        .ok_or_else(|| format!("the table has no operation `{operation}`"))?;
    let mut payload = None;
    for value in input.values_mut() {
        if let Some(file) = value.get_mut("$file").and_then(Value::as_object_mut) {
            // The way in which the official clients were given the file.
            file.remove("via");
            payload = open(file)?.or(payload);
        }
    }
    let endpoint = operation.endpoint(input.into()).map_err(|error| error.to_string())?;
    Ok((endpoint, payload))
}

/// Puts the name of a file in place of its path: an endpoint opens no files.
fn open(file: &mut Map<String, Value>) -> Result<Option<PathBuf>, String> {
    let path = match file.remove("path") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(path)) => PathBuf::from(path),
        Some(_) => return Err("the path of $file is not text".to_owned()),
    };
    std::fs::metadata(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
        file.entry("name").or_insert_with(|| name.into());
    }
    Ok(Some(path))
}
