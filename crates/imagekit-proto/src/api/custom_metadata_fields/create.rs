//! Create a custom metadata field.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::check_description;
use super::field::{CustomMetadataField, CustomMetadataFieldSchema};
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::types::Extra;
use crate::wire::Body;

/// Creates a custom metadata field.
///
/// `POST /v1/customMetadataFields` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/create-new-field)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// If the schema is invalid, [`errors`](crate::error::ApiError::errors) of the error names each
/// broken rule.
///
/// ```
/// use imagekit_proto::api::custom_metadata_fields::{
///     CreateCustomMetadataField, CustomMetadataFieldSchema,
/// };
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let schema = CustomMetadataFieldSchema::number().min_value(1000).max_value(3000);
/// let field = client.send(CreateCustomMetadataField::new("price", "Price", schema))?;
/// assert_eq!(field.id, "598821f949c0a938d57563dd");
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/customMetadataFields");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({
///         "name": "price",
///         "label": "Price",
///         "schema": {"type": "Number", "minValue": 1000, "maxValue": 3000},
///     })
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "create_new_field")]
#[doc(alias = "createCustomMetadataField")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateCustomMetadataField {
    /// The field's name, its key in `customMetadata`: no other field, not even a deleted one, has
    /// it.
    pub name: String,
    /// Name that users see; unique in the account.
    pub label: String,
    /// Description; up to 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Type of the values, and the rules for them.
    pub schema: CustomMetadataFieldSchema,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl CreateCustomMetadataField {
    /// Creates a request for the field `name` with values of `schema`; users see `label`.
    pub fn new(
        name: impl Into<String>,
        label: impl Into<String>,
        schema: CustomMetadataFieldSchema,
    ) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            description: None,
            schema,
            extra: Extra::new(),
        }
    }

    /// Sets the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for CreateCustomMetadataField {
    type Output = CustomMetadataField;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check_description(cx, self.description.as_deref())?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<CustomMetadataField, DecodeError> {
        decode::json(response)
    }
}

impl Documented for CreateCustomMetadataField {
    const OPERATION: &'static Operation = &Operation::new(
        "create-new-field",
        Method::POST,
        "/v1/customMetadataFields",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/create-new-field",
    );

    const SAMPLE: Sample = Sample {
        request: r#"{"name": "price", "label": "Price",
           "schema": {"type": "Number", "minValue": 1000, "maxValue": 3000}}"#,
        status: 201,
        response: r#"{"id": "598821f949c0a938d57563dd", "name": "price", "label": "Price",
           "schema": {"type": "Number", "minValue": 1000, "maxValue": 3000}}"#,
    };
}
