//! Listed values: does a typed field name each of them?

use super::findings::Findings;
use super::sample::Sample;
use crate::json::{with, words};
use imagekit_proto::types::unknown_values;
use serde_json::Value;

/// No API has this value.
const NONSENSE: &str = "surely-no-value";

/// Puts every listed value into its place. `read` has the library read the whole; an error is its
/// refusal. What is found is told of `place`, behind `prefix`.
pub(crate) fn check(
    findings: &mut Findings,
    place: &str,
    prefix: &str,
    sample: &Sample,
    read: impl Fn(&Value) -> Result<(), String>,
) {
    let try_with = |value: Value| unknown_values::watch(|| read(&value));
    for choice in &sample.choices {
        let path = words(&choice.path);
        let mut found = |what: String| findings.add(place, format!("{prefix}{path}: {what}"));
        let (nonsense, base) = try_with(with(&sample.value, &choice.path, NONSENSE.into()));
        let heard = base.iter().any(|text| text == NONSENSE);
        if nonsense.is_ok() && !heard && choice.values.iter().all(Value::is_string) {
            let values = Value::from(choice.values.clone());
            found(format!("any text passes, no enum names {values}"));
            continue;
        }
        for value in &choice.values {
            let (read, told) = try_with(with(&sample.value, &choice.path, value.clone()));
            // The same text may stand without a name elsewhere in the sample.
            let count = |told: &[String]| told.iter().filter(|text| value == *text).count();
            if let Err(error) = read {
                found(format!("the value {value} is refused: {error}"));
            } else if count(&told) > count(&base) {
                found(format!("the value {value} has no name"));
            }
        }
    }
}
