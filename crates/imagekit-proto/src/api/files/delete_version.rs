//! Delete a file version.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Deletes a version of a file permanently. The current version cannot be deleted (400).
///
/// `DELETE /v1/files/{fileId}/versions/{versionId}` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/delete-file-version)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::DeleteFileVersion;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// client.send(DeleteFileVersion::new("598821f949c0a938d57563bd", "697821f849c0a938d57563ce"))?;
/// assert_eq!(
///     client.request_line(),
///     "DELETE https://api.imagekit.io/v1/files/598821f949c0a938d57563bd/versions/697821f849c0a938d57563ce"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete_file_version")]
#[doc(alias = "deleteFileVersion")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteFileVersion {
    /// Id of the file.
    pub file_id: String,
    /// Id of the version.
    pub version_id: String,
}

impl DeleteFileVersion {
    /// Creates a request for the version `version_id` of the file `file_id`.
    pub fn new(file_id: impl Into<String>, version_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into(), version_id: version_id.into() }
    }
}

impl Endpoint for DeleteFileVersion {
    type Output = ();

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION)
            .param("fileId", &self.file_id)?
            .param("versionId", &self.version_id)?
            .empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<(), DecodeError> {
        decode::empty(response)
    }
}

impl Documented for DeleteFileVersion {
    const OPERATION: &'static Operation = &Operation::new(
        "delete-file-version",
        Method::DELETE,
        "/v1/files/{fileId}/versions/{versionId}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/delete-file-version",
    );

    const SAMPLE: Sample = Sample::no_content(
        r#"{"fileId": "598821f949c0a938d57563bd", "versionId": "697821f849c0a938d57563ce"}"#,
    );
}
