//! Get file version details.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::file::FileDetails;
use super::same_file::decode_file;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Returns the details of a version of a file.
///
/// `GET /v1/files/{fileId}/versions/{versionId}` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/get-file-version-details)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::GetFileVersionDetails;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let version = client.send(GetFileVersionDetails::new(
///     "598821f949c0a938d57563bd",
///     "697821f849c0a938d57563ce",
/// ))?;
/// assert_eq!(version.name, "cat.jpg");
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/files/598821f949c0a938d57563bd/versions/697821f849c0a938d57563ce"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_file_version_details")]
#[doc(alias = "getFileVersionDetails")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetFileVersionDetails {
    /// Id of the file.
    pub file_id: String,
    /// Id of the version.
    pub version_id: String,
}

impl GetFileVersionDetails {
    /// Creates a request for the version `version_id` of the file `file_id`.
    pub fn new(file_id: impl Into<String>, version_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into(), version_id: version_id.into() }
    }
}

impl Endpoint for GetFileVersionDetails {
    type Output = FileDetails;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION)
            .param("fileId", &self.file_id)?
            .param("versionId", &self.version_id)?
            .empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<FileDetails, DecodeError> {
        decode_file(&self.file_id, response)
    }
}

impl Documented for GetFileVersionDetails {
    const OPERATION: &'static Operation = &Operation::new(
        "get-file-version-details",
        Method::GET,
        "/v1/files/{fileId}/versions/{versionId}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/get-file-version-details",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"fileId": "598821f949c0a938d57563bd", "versionId": "697821f849c0a938d57563ce"}"#,
        r#"{"fileId": "598821f949c0a938d57563bd", "type": "file-version", "name": "cat.jpg",
           "filePath": "/pets/cat.jpg",
           "url": "https://ik.imagekit.io/demo/pets/cat.jpg?ik-obj-version=iAg8gxkqo_QUBwqNeQrJ",
           "versionInfo": {"id": "697821f849c0a938d57563ce", "name": "Version 1"}}"#,
    );
}
