//! Delete a custom metadata field.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::wire::Body;

/// Deletes a custom metadata field.
///
/// Its name stays taken: no new field can have it. A field that a path policy uses cannot be
/// deleted (400).
///
/// `DELETE /v1/customMetadataFields/{id}` ·
/// [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/custom-metadata-fields/delete-a-field)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::custom_metadata_fields::DeleteCustomMetadataField;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = DeleteCustomMetadataField::new("598821f949c0a938d57563bd");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "DELETE");
/// assert_eq!(request.uri().path(), "/v1/customMetadataFields/598821f949c0a938d57563bd");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::builder().status(204).body(bytes::Bytes::new())?;
/// endpoint.parse(&response)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete-a-field")]
#[doc(alias = "DELETE /v1/customMetadataFields/{id}")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteCustomMetadataField {
    /// The custom metadata field.
    pub id: String,
}

impl DeleteCustomMetadataField {
    /// Deletes the custom metadata field `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for DeleteCustomMetadataField {
    type Output = ();

    fn operation(&self) -> &'static str {
        "delete-a-field"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::DELETE).path("/v1/customMetadataFields").segment("id", &self.id)?.empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<(), ParseError> {
        parse::empty(self.operation(), response)
    }
}
