//! The rules of custom metadata: those of a field's definition, and those that the definition
//! sets for values.

mod definition;
mod value;

pub(crate) use definition::{Kind, check_definition};
use serde_json::{Map, Value};
pub(crate) use value::check_value;

use crate::api::custom_metadata_fields::Field;
use crate::response::Problem;

/// What is wrong, by field or key: the `errors` of a response.
pub(crate) type Errors = Map<String, Value>;

/// Checks the custom metadata of an upload or an update (the descriptions of
/// `isValueRequired` and `customMetadata` in the OpenAPI file).
pub(crate) fn check_values(fields: &[Field], values: &Map<String, Value>) -> Result<(), Problem> {
    let mut errors = Errors::new();
    let defined = |name: &str| fields.iter().find(|field| !field.deleted && field.name() == name);
    for (name, value) in values {
        let error = match defined(name) {
            None => Err("is not a custom metadata field".to_owned()),
            Some(field) if value.is_null() && field.is_required() => Err("is required".to_owned()),
            Some(_) if value.is_null() => Ok(()),
            Some(field) => check_value(field.schema(), value),
        };
        if let Err(error) = error {
            errors.insert(name.clone(), error.into());
        }
    }
    for field in fields.iter().filter(|field| !field.deleted && field.is_required()) {
        if !values.contains_key(field.name()) {
            errors.insert(field.name().to_owned(), "is required".into());
        }
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(Problem::bad_request("Invalid custom metadata.").with("errors", errors))
}
