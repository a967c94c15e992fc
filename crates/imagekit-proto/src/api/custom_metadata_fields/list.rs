//! List custom metadata fields.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::field::CustomMetadataField;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Lists the custom metadata fields: all of them, or those that apply to a folder.
///
/// `GET /v1/customMetadataFields` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/list-all-fields)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::custom_metadata_fields::ListCustomMetadataFields;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let fields = client.send(ListCustomMetadataFields::new().include_deleted(true))?;
/// assert_eq!(fields[0].name, "brand");
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/customMetadataFields?includeDeleted=true"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "list_all_fields")]
#[doc(alias = "getCustomMetadataFields")]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ListCustomMetadataFields {
    /// Includes deleted fields; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_deleted: Option<bool>,
    /// Path of a folder: only the fields that apply to it (accounts with the Path policy feature).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder_path: Option<String>,
}

impl ListCustomMetadataFields {
    /// Creates a request for all fields except deleted ones.
    pub fn new() -> Self {
        Self::default()
    }

    /// Includes deleted fields, or not.
    pub fn include_deleted(mut self, include: bool) -> Self {
        self.include_deleted = Some(include);
        self
    }

    /// Lists only the fields that apply to a folder.
    pub fn folder_path(mut self, path: impl Into<String>) -> Self {
        self.folder_path = Some(path.into());
        self
    }
}

impl Endpoint for ListCustomMetadataFields {
    type Output = Vec<CustomMetadataField>;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).query(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Vec<CustomMetadataField>, DecodeError> {
        decode::json(response)
    }
}

impl Documented for ListCustomMetadataFields {
    const OPERATION: &'static Operation = &Operation::new(
        "list-all-fields",
        Method::GET,
        "/v1/customMetadataFields",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/list-all-fields",
    );

    const SAMPLE: Sample = Sample::new(
        "{}",
        r#"[{"id": "598821f949c0a938d57563dd", "name": "brand", "label": "Brand",
            "schema": {"type": "Text", "defaultValue": "Nike"}},
           {"id": "865421f949c0a835d57563dd", "name": "price", "label": "Price",
            "schema": {"type": "Number", "minValue": 1000, "maxValue": 3000}}]"#,
    );
}
