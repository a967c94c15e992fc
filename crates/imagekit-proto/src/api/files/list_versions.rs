//! List file versions.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::file::FileDetails;
use super::same_file::decode_versions;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Lists the versions of a file.
///
/// `GET /v1/files/{fileId}/versions` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/list-file-versions)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// The current version has the type `file`, the others have `file-version`.
///
/// ```
/// use imagekit_proto::api::files::ListFileVersions;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let versions = client.send(ListFileVersions::new("598821f949c0a938d57563bd"))?;
/// assert_eq!(versions.len(), 2);
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/files/598821f949c0a938d57563bd/versions"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "list_file_versions")]
#[doc(alias = "getFileVersions")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ListFileVersions {
    /// Id of the file.
    pub file_id: String,
}

impl ListFileVersions {
    /// Creates a request for the file `file_id`.
    pub fn new(file_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into() }
    }
}

impl Endpoint for ListFileVersions {
    type Output = Vec<FileDetails>;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("fileId", &self.file_id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Vec<FileDetails>, DecodeError> {
        decode_versions(&self.file_id, response)
    }
}

impl Documented for ListFileVersions {
    const OPERATION: &'static Operation = &Operation::new(
        "list-file-versions",
        Method::GET,
        "/v1/files/{fileId}/versions",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/list-file-versions",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"fileId": "598821f949c0a938d57563bd"}"#,
        r#"[{"fileId": "598821f949c0a938d57563bd", "type": "file", "name": "cat.jpg",
            "filePath": "/pets/cat.jpg", "url": "https://ik.imagekit.io/demo/pets/cat.jpg",
            "versionInfo": {"id": "697821f849c0a938d57563ce", "name": "Version 2"}},
           {"fileId": "598821f949c0a938d57563bd", "type": "file-version", "name": "cat.jpg",
            "filePath": "/pets/cat.jpg",
            "url": "https://ik.imagekit.io/demo/pets/cat.jpg?ik-obj-version=iAg8gxkqo_QUBwqNeQrJ",
            "versionInfo": {"id": "598821f949c0a938d57563bd", "name": "Version 1"}}]"#,
    );
}
