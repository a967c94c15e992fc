//! Listed values: checks that a typed field names each of them.

use super::findings::Findings;
use super::sample::Sample;
use crate::json::{with, words};
use imagekit_proto::types::unknown_values;
use serde_json::Value;

/// A value that no API has.
const NONSENSE: &str = "surely-no-value";

/// Tries every listed value in its place. `read` passes the whole value to the library; an error is
/// its refusal. Findings are about `place`, after `prefix`.
pub(crate) fn check(
    findings: &mut Findings,
    place: &str,
    prefix: &str,
    sample: &Sample,
    read: impl Fn(&Value) -> Result<(), String>,
) {
    let try_with = |value: Value| unknown_values::watch(|| read(&value));
    for choice in &sample.places {
        let Some(values) = choice.choices() else { continue };
        let path = words(&choice.path);
        let mut found = |what: String| findings.add(place, format!("{prefix}{path}: {what}"));
        let (nonsense, base) = try_with(with(&sample.value, &choice.path, NONSENSE.into()));
        let heard = base.iter().any(|text| text == NONSENSE);
        if nonsense.is_ok() && !heard && values.iter().all(Value::is_string) {
            let values = Value::from(values.clone());
            found(format!("any text passes, no enum names {values}"));
            continue;
        }
        for value in &values {
            let (read, unknown) = try_with(with(&sample.value, &choice.path, value.clone()));
            // The same text may be unknown elsewhere in the sample.
            let count = |texts: &[String]| texts.iter().filter(|text| value == *text).count();
            if let Err(error) = read {
                found(format!("the value {value} is refused: {error}"));
            } else if count(&unknown) > count(&base) {
                found(format!("the value {value} has no name"));
            }
        }
    }
}
