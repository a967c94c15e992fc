//! Changes to the rules of a custom metadata field.

use serde_json::Value;

use super::super::files::CustomMetadataFieldType;
use super::rule_setters::rule_setters;
use crate::types::model;

model! {
    /// New rules for the values of a custom metadata field; its type cannot change.
    ///
    /// ```
    /// use imagekit_proto::api::custom_metadata_fields::CustomMetadataFieldRules;
    ///
    /// let rules = CustomMetadataFieldRules::new().min_value(1000).max_value(3000);
    /// assert_eq!(
    ///     serde_json::to_value(&rules)?,
    ///     serde_json::json!({"minValue": 1000, "maxValue": 3000})
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[derive(Default)]
    pub struct CustomMetadataFieldRules {
        /// The field's type. The official example sends it; ImageKit ignores it.
        kind: Option<CustomMetadataFieldType> = Optional "type",
        /// The options of a select field: text, numbers and booleans.
        select_options: Option<Vec<Value>> = Optional "selectOptions",
        /// The value of files that set none: text, a number, a boolean, or a list of them
        /// (`MultiSelect`).
        default_value: Option<Value> = Optional "defaultValue",
        /// Whether every file needs a value; it takes a default value.
        is_value_required: Option<bool> = Optional "isValueRequired",
        /// Smallest value: a number (`Number`), or ISO 8601 text (`Date`).
        min_value: Option<Value> = Optional "minValue",
        /// Largest value: a number (`Number`), or ISO 8601 text (`Date`).
        max_value: Option<Value> = Optional "maxValue",
        /// Smallest length in characters (`Text` and `Textarea`).
        min_length: Option<u64> = Lenient "minLength",
        /// Largest length in characters (`Text` and `Textarea`).
        max_length: Option<u64> = Lenient "maxLength",
    }
}

impl CustomMetadataFieldRules {
    /// Creates rules that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    rule_setters!();
}
