//! JSON values, compared as two readers of the same text see them.

use serde_json::{Number, Value};

/// Whether both are the same, numbers by what they are worth.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => same_number(a, b),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// The path of a leaf of `sent` that `kept` does not hold. Null and absent are the same.
pub(super) fn lost(sent: &Value, kept: &Value) -> Option<String> {
    match sent {
        Value::Null => None,
        Value::Array(sent) => sent.iter().enumerate().find_map(|(index, sent)| {
            lost(sent, kept.get(index).unwrap_or(&Value::Null))
                .map(|path| format!("[{index}]{path}"))
        }),
        Value::Object(sent) => sent.iter().find_map(|(key, sent)| {
            lost(sent, kept.get(key).unwrap_or(&Value::Null)).map(|path| format!(".{key}{path}"))
        }),
        leaf => (!same(leaf, kept)).then(|| format!(" ({leaf} became {kept})")),
    }
}

/// A float is read to within a few units of its last place, so that it may differ each time it is
/// written and read again.
fn same_number(a: &Number, b: &Number) -> bool {
    let (Some(x), Some(y)) = (a.as_f64(), b.as_f64()) else { return a == b };
    match (a.is_f64(), b.is_f64()) {
        (false, false) => a == b,
        _ => (x - y).abs() <= x.abs().max(y.abs()) * 4.0 * f64::EPSILON,
    }
}
