//! JSON values: equality as the API sees it.

use serde_json::{Number, Value};

/// Whether two values are equal; numbers compare as numbers (`1` and `1.0` are one).
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => same_number(a, b),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let held = |(key, value): (&String, &Value)| {
                b.get(key).is_some_and(|other| same(value, other))
            };
            a.len() == b.len() && a.iter().all(held)
        }
        _ => a == b,
    }
}

fn same_number(a: &Number, b: &Number) -> bool {
    let integer = |number: &Number| {
        number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
    };
    match (integer(a), integer(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a.as_f64() == b.as_f64(),
    }
}

/// The leaves of `body` that `found` does not hold, as paths. Null is no leaf: it says the same as
/// absence. An empty list or object is one.
pub(crate) fn lost_leaves(body: &Value, found: &Value) -> Vec<String> {
    let mut lost = Vec::new();
    collect_lost(body, Some(found), &mut String::from("$"), &mut lost);
    lost
}

fn collect_lost(body: &Value, found: Option<&Value>, path: &mut String, lost: &mut Vec<String>) {
    let length = path.len();
    match body {
        Value::Null => {}
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                path.push_str(&format!("[{index}]"));
                collect_lost(item, found.and_then(|found| found.get(index)), path, lost);
                path.truncate(length);
            }
        }
        Value::Object(pairs) if !pairs.is_empty() => {
            for (key, value) in pairs {
                path.push_str(&format!(".{key}"));
                collect_lost(value, found.and_then(|found| found.get(key)), path, lost);
                path.truncate(length);
            }
        }
        leaf => {
            if !found.is_some_and(|found| same(leaf, found)) {
                lost.push(path.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_compare_as_numbers() {
        assert!(same(&json!({"a": [1, 2.0]}), &json!({"a": [1.0, 2]})));
        assert!(!same(&json!(u64::MAX), &json!(u64::MAX - 1)));
        assert!(!same(&json!({"a": 1}), &json!({"a": 1, "b": null})));
        assert!(!same(&json!("1"), &json!(1)));
    }

    #[test]
    fn a_lost_leaf_is_named() {
        let body = json!({"a": [{"b": 1, "c": null}, {}], "d": [], "e": "x"});
        assert!(lost_leaves(&body, &body).is_empty());
        let found = json!({"a": [{"b": 2}], "e": "x"});
        assert_eq!(lost_leaves(&body, &found), ["$.a[0].b", "$.a[1]", "$.d"]);
        assert_eq!(lost_leaves(&json!([1]), &Value::Null), ["$[0]"]);
    }
}
