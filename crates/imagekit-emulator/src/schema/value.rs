//! Values of custom metadata fields.

use serde_json::{Map, Value};

use super::Kind;
use super::definition::date;

/// Checks a value against the schema of its field, and says what is wrong.
pub(crate) fn check_value(schema: &Map<String, Value>, value: &Value) -> Result<(), String> {
    let holds = |holds: bool, why: &str| if holds { Ok(()) } else { Err(why.to_owned()) };
    match Kind::of(schema) {
        None => Ok(()),
        Some(Kind::Text) => {
            let text = value.as_str().ok_or("should be of type string")?;
            let length = text.chars().count() as u64;
            let limit = |key: &str| schema.get(key).and_then(Value::as_u64);
            let (least, most) = (limit("minLength"), limit("maxLength"));
            if least.is_some_and(|least| length < least) {
                return Err(format!("should be at least {} characters long", least.unwrap_or(0)));
            }
            if most.is_some_and(|most| length > most) {
                return Err(format!("should be at most {} characters long", most.unwrap_or(0)));
            }
            Ok(())
        }
        Some(Kind::Number) => {
            let number = value.as_f64().ok_or("should be of type number")?;
            let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
            within(schema, number, limit("minValue"), limit("maxValue"))
        }
        Some(Kind::Date) => {
            let instant = date(value).ok_or("should be a date in ISO8601 format")?;
            let limit = |key: &str| schema.get(key).and_then(date);
            within(schema, instant, limit("minValue"), limit("maxValue"))
        }
        Some(Kind::Boolean) => holds(value.is_boolean(), "should be of type boolean"),
        Some(Kind::SingleSelect) => {
            holds(is_option(schema, value), "should be one of selectOptions")
        }
        Some(Kind::MultiSelect) => {
            let values = value.as_array().ok_or("should be of type array")?;
            let known = values.iter().all(|value| is_option(schema, value));
            holds(known, "should hold values of selectOptions only")
        }
    }
}

fn within<T: PartialOrd>(
    schema: &Map<String, Value>,
    value: T,
    least: Option<T>,
    most: Option<T>,
) -> Result<(), String> {
    let limit = |key: &str| schema.get(key).cloned().unwrap_or_default();
    if least.is_some_and(|least| value < least) {
        return Err(format!("should be at least {}", limit("minValue")));
    }
    if most.is_some_and(|most| value > most) {
        return Err(format!("should be at most {}", limit("maxValue")));
    }
    Ok(())
}

fn is_option(schema: &Map<String, Value>, value: &Value) -> bool {
    let options = schema.get("selectOptions").and_then(Value::as_array);
    options.is_some_and(|options| {
        options.iter().any(|option| {
            // 1 and 1.0 are one number.
            option == value || (option.is_number() && option.as_f64() == value.as_f64())
        })
    })
}
