//! Delete a custom metadata field.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Deletes a custom metadata field.
///
/// `DELETE /v1/customMetadataFields/{id}` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/delete-a-field)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// No new field can have its name. A field that a path policy uses cannot be deleted (400).
///
/// ```
/// use imagekit_proto::api::custom_metadata_fields::DeleteCustomMetadataField;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// client.send(DeleteCustomMetadataField::new("598821f949c0a938d57563dd"))?;
/// assert_eq!(
///     client.request_line(),
///     "DELETE https://api.imagekit.io/v1/customMetadataFields/598821f949c0a938d57563dd"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete_a_field")]
#[doc(alias = "deleteCustomMetadataField")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteCustomMetadataField {
    /// Id of the custom metadata field.
    pub id: String,
}

impl DeleteCustomMetadataField {
    /// Creates a request for the custom metadata field `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for DeleteCustomMetadataField {
    type Output = ();

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("id", &self.id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<(), DecodeError> {
        decode::empty(response)
    }
}

impl Documented for DeleteCustomMetadataField {
    const OPERATION: &'static Operation = &Operation::new(
        "delete-a-field",
        Method::DELETE,
        "/v1/customMetadataFields/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/delete-a-field",
    );

    const SAMPLE: Sample = Sample::no_content(r#"{"id": "598821f949c0a938d57563dd"}"#);
}
