//! The custom metadata field as the API describes it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::files::CustomMetadataFieldType;
use super::rule_setters::rule_setters;
use crate::types::{Extra, model};

/// A custom metadata field.
///
/// ```
/// use imagekit_proto::api::custom_metadata_fields::{
///     CustomMetadataField, CustomMetadataFieldType,
/// };
///
/// let field: CustomMetadataField = serde_json::from_str(
///     r#"{"id": "598821f949c0a938d57563dd", "name": "price", "label": "Price",
///         "schema": {"type": "Number", "minValue": 1000}}"#,
/// )?;
/// assert_eq!(field.schema.kind, CustomMetadataFieldType::Number);
/// assert_eq!(field.schema.min_value, Some(1000.into()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CustomMetadataField {
    /// The field's id.
    pub id: String,
    /// The field's name: its key in `customMetadata`.
    pub name: String,
    /// Name that users see.
    pub label: String,
    /// Description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Type of the values, and the rules for them.
    pub schema: CustomMetadataFieldSchema,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

model! {
    /// The type of a custom metadata field, and the rules for its values.
    ///
    /// Requests and responses have the same schema.
    ///
    /// ```
    /// use imagekit_proto::api::custom_metadata_fields::CustomMetadataFieldSchema;
    ///
    /// let sizes = CustomMetadataFieldSchema::single_select(["small", "medium", "large"])
    ///     .default_value("medium")
    ///     .is_value_required(true);
    /// assert_eq!(
    ///     serde_json::to_value(&sizes)?,
    ///     serde_json::json!({
    ///         "type": "SingleSelect",
    ///         "selectOptions": ["small", "medium", "large"],
    ///         "defaultValue": "medium",
    ///         "isValueRequired": true,
    ///     })
    /// );
    ///
    /// let price = CustomMetadataFieldSchema::number().min_value(0.5).max_value(3000);
    /// assert_eq!(serde_json::to_value(&price)?["minValue"], 0.5);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CustomMetadataFieldSchema {
        /// The type of the values; it never changes.
        kind: CustomMetadataFieldType = Required "type",
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

impl CustomMetadataFieldSchema {
    /// Creates a schema for values of type `kind`.
    pub fn new(kind: CustomMetadataFieldType) -> Self {
        Self {
            kind,
            select_options: None,
            default_value: None,
            is_value_required: None,
            min_value: None,
            max_value: None,
            min_length: None,
            max_length: None,
            extra: Extra::new(),
        }
    }

    /// One line of text.
    pub fn text() -> Self {
        Self::new(CustomMetadataFieldType::Text)
    }

    /// Text of several lines.
    pub fn textarea() -> Self {
        Self::new(CustomMetadataFieldType::Textarea)
    }

    /// A number.
    pub fn number() -> Self {
        Self::new(CustomMetadataFieldType::Number)
    }

    /// A date, as ISO 8601 text.
    pub fn date() -> Self {
        Self::new(CustomMetadataFieldType::Date)
    }

    /// Yes or no.
    pub fn boolean() -> Self {
        Self::new(CustomMetadataFieldType::Boolean)
    }

    /// One of `options`: text, numbers, booleans.
    pub fn single_select<V: Into<Value>>(options: impl IntoIterator<Item = V>) -> Self {
        Self::new(CustomMetadataFieldType::SingleSelect).select_options(options)
    }

    /// Some of `options`: text, numbers, booleans.
    pub fn multi_select<V: Into<Value>>(options: impl IntoIterator<Item = V>) -> Self {
        Self::new(CustomMetadataFieldType::MultiSelect).select_options(options)
    }

    rule_setters!();
}
