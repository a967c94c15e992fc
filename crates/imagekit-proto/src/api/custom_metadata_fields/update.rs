//! Update a custom metadata field.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::check_description;
use super::field::CustomMetadataField;
use super::rules::CustomMetadataFieldRules;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::types::Extra;
use crate::wire::Body;

/// Updates the label, the description or the rules of a custom metadata field.
///
/// `PATCH /v1/customMetadataFields/{id}` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/update-existing-field)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// Its name and type cannot change. At least one value has to be set.
///
/// ```
/// use imagekit_proto::api::custom_metadata_fields::{
///     CustomMetadataFieldRules, UpdateCustomMetadataField,
/// };
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let update = UpdateCustomMetadataField::new("598821f949c0a938d57563dd")
///     .label("Price in USD")
///     .schema(CustomMetadataFieldRules::new().min_value(500));
/// let field = client.send(update)?;
/// assert_eq!(field.label, "Price in USD");
/// assert_eq!(
///     client.request_line(),
///     "PATCH https://api.imagekit.io/v1/customMetadataFields/598821f949c0a938d57563dd"
/// );
/// assert_eq!(
///     client.json(),
///     serde_json::json!({"label": "Price in USD", "schema": {"minValue": 500}})
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "update_existing_field")]
#[doc(alias = "updateCustomMetadataField")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateCustomMetadataField {
    /// Id of the custom metadata field.
    pub id: String,
    /// Name that users see; unique in the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Description; up to 500 characters. An empty text removes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// New rules for the values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<CustomMetadataFieldRules>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl UpdateCustomMetadataField {
    /// Creates an empty update of the custom metadata field `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), label: None, description: None, schema: None, extra: Extra::new() }
    }

    /// Sets the name that users see.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets the description. An empty text removes it.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets new rules for the values.
    pub fn schema(mut self, rules: CustomMetadataFieldRules) -> Self {
        self.schema = Some(rules);
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }

    fn changes_something(&self) -> bool {
        self.label.is_some()
            || self.description.is_some()
            || self.schema.is_some()
            || !self.extra.is_empty()
    }
}

impl Endpoint for UpdateCustomMetadataField {
    type Output = CustomMetadataField;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.ensure(self.changes_something(), "label", "a label or a schema is required")?;
        check_description(cx, self.description.as_deref())?;
        cx.request(Self::OPERATION).param("id", &self.id)?.json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<CustomMetadataField, DecodeError> {
        decode::json(response)
    }
}

impl Documented for UpdateCustomMetadataField {
    const OPERATION: &'static Operation = &Operation::new(
        "update-existing-field",
        Method::PATCH,
        "/v1/customMetadataFields/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/update-existing-field",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"id": "598821f949c0a938d57563dd", "label": "Price in USD", "schema": {"minValue": 500}}"#,
        r#"{"id": "598821f949c0a938d57563dd", "name": "price", "label": "Price in USD",
           "schema": {"type": "Number", "minValue": 500, "maxValue": 3000}}"#,
    );
}
