//! Finds the keys of a response that no typed field holds.
//!
//! A map of unknown keys keeps `null`; a typed field refuses it or reads it as absent. So each key in
//! turn is set to null: when the null is there after parsing, no typed field holds the key.

use crate::json::{Path, Step, at, steps, with, words};
use serde_json::Value;

/// Free-form objects: users or cameras choose their keys.
const FREE_FORM: [&str; 3] = ["customMetadata", "embeddedMetadata", "makernote"];

/// The paths of the keys of `body` that no typed field holds, items of lists as `[]`, each once.
/// `parse` parses a body and serialises the value.
pub(crate) fn keys(body: &Value, parse: impl Fn(&str) -> Option<Value>) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<Path> = vec![Path::new()];
    while let Some(path) = open.pop() {
        for step in steps(at(body, &path)) {
            let mut inner = path.clone();
            inner.push(step);
            match inner.last() {
                Some(Step::Key(_)) if is_kept_when_null(body, &inner, &parse) => {
                    found.push(words(&inner));
                }
                Some(Step::Key(key)) if FREE_FORM.contains(&key.as_str()) => {}
                _ => open.push(inner),
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

fn is_kept_when_null(body: &Value, path: &Path, parse: impl Fn(&str) -> Option<Value>) -> bool {
    let body = with(body, path, Value::Null);
    let Some(value) = parse(&body.to_string()) else { return false };
    let (Some(Step::Key(key)), parent) = (path.last(), &path[..path.len() - 1]) else {
        return false;
    };
    at(&value, parent).and_then(|parent| parent.get(key)).is_some_and(Value::is_null)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use imagekit_proto::operation;

    #[test]
    fn unknown_keys_are_found_wherever_they_are() {
        let operation = operation::find("get-file-details").unwrap();
        let parse = |text: &str| {
            operation.parse(&http::Response::new(Bytes::copy_from_slice(text.as_bytes()))).ok()
        };
        let body = serde_json::json!({
            "fileId": "a", "type": "file", "name": "n", "filePath": "/n", "url": "u", "new": {"x": 1},
            "tags": ["t"], "AITags": [{"name": "t", "deep": 1}, {"name": "t", "deep": 2}],
            "versionInfo": {"id": "v", "name": "V", "gone": null}, "customMetadata": {"free": 1},
        });
        assert_eq!(keys(&body, parse), ["$.AITags[].deep", "$.new", "$.versionInfo.gone"]);
    }
}
