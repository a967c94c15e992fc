//! Cases whose keys need no order: the vector files of `auth`, `webhooks` and `phash`.

use serde_json::Value;

/// The cases of a vector file.
pub(crate) fn vectors(text: &str) -> Result<Vec<Value>, String> {
    let mut file: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    match file["vectors"].take() {
        Value::Array(vectors) => Ok(vectors),
        _ => Err("no list of vectors".to_owned()),
    }
}

/// The id of a case.
pub(crate) fn id(vector: &Value) -> &str {
    vector["id"].as_str().unwrap_or("(no id)")
}
