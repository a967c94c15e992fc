//! Objects that carry their kind in a tag; the API may add kinds.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::Extra;

/// Reads an object by the text under `tag`: with `known` if it is one of `known_tags`, else it is
/// kept whole.
///
/// Unlike serde's `untagged` fallback this reports what is wrong with an object of a known kind.
pub(crate) fn tagged<'de, D, T>(
    deserializer: D,
    tag: &'static str,
    known_tags: &[&str],
    known: fn(Value) -> serde_json::Result<T>,
    other: fn(Extra) -> T,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
{
    let object = Extra::deserialize(deserializer)?;
    match object.get(tag) {
        Some(Value::String(text)) if known_tags.contains(&text.as_str()) => {
            known(Value::Object(object)).map_err(D::Error::custom)
        }
        Some(Value::String(text)) => {
            super::unknown_values::record(text);
            Ok(other(object))
        }
        _ => Err(D::Error::missing_field(tag)),
    }
}
