//! Restore a file version.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::file::FileDetails;
use super::same_file::decode_file;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Makes a version of a file the current one.
///
/// `PUT /v1/files/{fileId}/versions/{versionId}/restore` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/restore-file-version)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::RestoreFileVersion;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let file = client.send(RestoreFileVersion::new(
///     "598821f949c0a938d57563bd",
///     "697821f849c0a938d57563ce",
/// ))?;
/// assert_eq!(file.version_info.as_ref().and_then(|info| info.name.as_deref()), Some("Version 1"));
/// assert_eq!(
///     client.request_line(),
///     "PUT https://api.imagekit.io/v1/files/598821f949c0a938d57563bd/versions/697821f849c0a938d57563ce/restore"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "restore_file_version")]
#[doc(alias = "restoreFileVersion")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct RestoreFileVersion {
    /// Id of the file.
    pub file_id: String,
    /// Id of the version.
    pub version_id: String,
}

impl RestoreFileVersion {
    /// Creates a request for the version `version_id` of the file `file_id`.
    pub fn new(file_id: impl Into<String>, version_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into(), version_id: version_id.into() }
    }
}

impl Endpoint for RestoreFileVersion {
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

impl Documented for RestoreFileVersion {
    const OPERATION: &'static Operation = &Operation::new(
        "restore-file-version",
        Method::PUT,
        "/v1/files/{fileId}/versions/{versionId}/restore",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/restore-file-version",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"fileId": "598821f949c0a938d57563bd", "versionId": "697821f849c0a938d57563ce"}"#,
        r#"{"fileId": "598821f949c0a938d57563bd", "type": "file", "name": "cat.jpg",
           "filePath": "/pets/cat.jpg", "url": "https://ik.imagekit.io/demo/pets/cat.jpg",
           "versionInfo": {"id": "697821f849c0a938d57563ce", "name": "Version 1"}}"#,
    );
}
