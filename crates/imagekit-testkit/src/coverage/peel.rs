//! Removes from a value the keys that the library refuses.

use super::sample::Sample;
use crate::json::{Path, Step, at, steps, with, without, words};
use serde_json::Value;

/// Removes, key by key, what makes `read` refuse the sample, and passes each path and reason to
/// `found`. Returns nothing when no single key is to blame.
pub(crate) fn peel(
    mut sample: Sample,
    read: impl Fn(&Value) -> Result<(), String>,
    mut found: impl FnMut(&str, &str),
) -> Option<Sample> {
    loop {
        let Err(error) = read(&sample.value) else { return Some(sample) };
        let Some(path) = culprit(&sample.value, &error, &read) else {
            found("$", &format!("is refused: {error}"));
            return None;
        };
        found(&words(&path), &error);
        sample.value = without(&sample.value, &path);
        sample.places.retain(|place| !place.path.starts_with(&path));
    }
}

/// The key to blame for `error`, the deepest there is. Without it the value is not refused; or, when
/// there are other reasons behind the first, the reason names it or an unknown key comes next.
fn culprit(
    value: &Value,
    error: &str,
    read: &impl Fn(&Value) -> Result<(), String>,
) -> Option<Path> {
    let mut keys = keys(value);
    keys.sort_by_key(|path| usize::MAX - path.len());
    let is_unknown = |path: &Path| match path.last() {
        Some(Step::Key(key)) => error.starts_with(&format!("unknown field `{key}`")),
        _ => false,
    };
    let helps = |path: &&Path| {
        // Where the key is needed, its value alone may be wrong.
        read(&without(value, path)).is_ok() || read(&with(value, path, Value::Null)).is_ok()
    };
    let changes = |path: &&Path| {
        is_unknown(path) && read(&without(value, path)).is_err_and(|other| other != error)
    };
    let uncovers = |path: &&Path| {
        read(&with(value, path, Value::Null))
            .is_err_and(|other| other != error && other.starts_with("unknown field"))
    };
    let found = keys.iter().find(helps).or_else(|| keys.iter().find(changes));
    found.or_else(|| keys.iter().find(uncovers)).cloned()
}

/// The paths of every key in the value.
fn keys(value: &Value) -> Vec<Path> {
    let (mut keys, mut open) = (Vec::new(), vec![Path::new()]);
    while let Some(path) = open.pop() {
        for step in steps(at(value, &path)) {
            let inner: Path = path.iter().cloned().chain([step]).collect();
            if matches!(inner.last(), Some(Step::Key(_))) {
                keys.push(inner.clone());
            }
            open.push(inner);
        }
    }
    keys
}
