//! From a line to an endpoint.

use imagekit_proto::operation::{self, JsonEndpoint};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// One line: an operation by its id, and its input under the API's own names.
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

/// The endpoint, and the file its payload is read from while it is sent.
pub fn endpoint(
    operation: &str,
    mut input: Map<String, Value>,
) -> Result<(JsonEndpoint, Option<PathBuf>), String> {
    let operation = operation::find(operation)
        .ok_or_else(|| format!("the table has no operation `{operation}`"))?;
    let mut payload = None;
    for value in input.values_mut() {
        if let Some(file) = value.get_mut("$file").and_then(Value::as_object_mut) {
            payload = announce(file)?.or(payload);
        }
    }
    let endpoint = operation.endpoint(input.into()).map_err(|error| error.to_string())?;
    Ok((endpoint, payload))
}

/// Puts name and length of a file in place of its path: an endpoint opens no files.
fn announce(file: &mut Map<String, Value>) -> Result<Option<PathBuf>, String> {
    let path = match file.remove("path") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(path)) => PathBuf::from(path),
        Some(_) => return Err("the path of $file is no text".to_owned()),
    };
    let length = length(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    file.insert("length".to_owned(), length.into());
    if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
        file.entry("name").or_insert_with(|| name.into());
    }
    Ok(Some(path))
}

fn length(path: &Path) -> std::io::Result<u64> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_file() {
        Ok(metadata.len())
    } else {
        Err(std::io::Error::other("not a regular file"))
    }
}
