//! The definition of a custom metadata field (`create-new-field` in the OpenAPI file).

use serde_json::{Map, Value};

use super::{Errors, check_value};
use crate::instant::Instant;

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `Text` and `Textarea`.
    Text,
    Number,
    Date,
    Boolean,
    SingleSelect,
    MultiSelect,
}

impl Kind {
    pub(crate) const NAMES: [&'static str; 7] =
        ["Text", "Textarea", "Number", "Date", "Boolean", "SingleSelect", "MultiSelect"];

    /// The type of a schema.
    pub(crate) fn of(schema: &Map<String, Value>) -> Option<Self> {
        Some(match schema.get("type")?.as_str()? {
            "Text" | "Textarea" => Self::Text,
            "Number" => Self::Number,
            "Date" => Self::Date,
            "Boolean" => Self::Boolean,
            "SingleSelect" => Self::SingleSelect,
            "MultiSelect" => Self::MultiSelect,
            _ => return None,
        })
    }

    fn is_select(self) -> bool {
        matches!(self, Self::SingleSelect | Self::MultiSelect)
    }
}

/// Finds what is wrong with a schema, its type included.
pub(crate) fn check_definition(schema: &Map<String, Value>) -> Errors {
    let mut errors = Errors::new();
    let Some(kind) = Kind::of(schema) else {
        let why = format!("should be one of {}", Kind::NAMES.join(", "));
        errors.insert("type".to_owned(), why.into());
        return errors;
    };
    for (key, value) in schema {
        if let Err(why) = check_rule(kind, key, value) {
            errors.insert(key.clone(), why.into());
        }
    }
    let mut missing = |key: &str, why: &str| {
        if !schema.contains_key(key) {
            errors.insert(key.to_owned(), why.into());
        }
    };
    if kind.is_select() {
        missing("selectOptions", "is required for this type");
    }
    if schema.get("isValueRequired") == Some(&Value::Bool(true)) {
        missing("defaultValue", "is required if isValueRequired is true");
    }
    if !errors.is_empty() {
        return errors;
    }
    for (least, most) in [("minValue", "maxValue"), ("minLength", "maxLength")] {
        if schema
            .get(least)
            .zip(schema.get(most))
            .is_some_and(|(least, most)| is_above(least, most))
        {
            errors.insert(least.to_owned(), format!("should not be greater than {most}").into());
        }
    }
    if let Some(default) = schema.get("defaultValue") {
        if let Err(why) = check_value(schema, default) {
            errors.insert("defaultValue".to_owned(), why.into());
        }
    }
    errors
}

fn check_rule(kind: Kind, key: &str, value: &Value) -> Result<(), &'static str> {
    let not_allowed = Err("not allowed for this type");
    let holds = |holds: bool, why: &'static str| if holds { Ok(()) } else { Err(why) };
    match key {
        // A default is checked against the whole schema.
        "type" | "defaultValue" => Ok(()),
        "isValueRequired" => holds(value.is_boolean(), "should be of type boolean"),
        "minLength" | "maxLength" if kind == Kind::Text => {
            holds(value.as_u64().is_some(), "should be a non-negative integer")
        }
        "minValue" | "maxValue" if kind == Kind::Number => {
            holds(value.is_number(), "should be of type number")
        }
        "minValue" | "maxValue" if kind == Kind::Date => {
            holds(date(value).is_some(), "should be a date in ISO8601 format")
        }
        "selectOptions" if kind.is_select() => {
            let simple =
                |value: &Value| value.is_string() || value.is_number() || value.is_boolean();
            let options = value.as_array().filter(|options| options.iter().all(simple));
            let options = options.ok_or("should be an array of strings, numbers or booleans")?;
            holds(!options.is_empty(), "should not be empty")?;
            let twice =
                |(at, option): (usize, &Value)| options.iter().take(at).any(|o| o == option);
            holds(!options.iter().enumerate().any(twice), "should not contain duplicates")
        }
        "minLength" | "maxLength" | "minValue" | "maxValue" | "selectOptions" => not_allowed,
        _ => Err("is not allowed"),
    }
}

/// A date in ISO 8601.
pub(super) fn date(value: &Value) -> Option<Instant> {
    Instant::parse(value.as_str()?)
}

/// Compares the ends of a range, numbers or dates.
fn is_above(least: &Value, most: &Value) -> bool {
    match (date(least), date(most)) {
        (Some(least), Some(most)) => least > most,
        _ => least.as_f64() > most.as_f64(),
    }
}
