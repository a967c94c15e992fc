//! Versions of a file.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::file::FileDetails;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Gets everything ImageKit knows about one version of a file.
///
/// `GET /v1/files/{fileId}/versions/{versionId}` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/get-file-version-details)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::GetFileVersionDetails;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetFileVersionDetails::new("598821f949c0a938d57563bd", "697821f849c0a938d57563ce");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/files/598821f949c0a938d57563bd/versions/697821f849c0a938d57563ce");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"fileId": "598821f949c0a938d57563bd", "type": "file-version", "name": "cat.jpg",
///         "filePath": "/cat.jpg", "url": "https://ik.imagekit.io/demo/cat.jpg?ik-obj-version=x"}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.name, "cat.jpg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_file_version_details")]
#[doc(alias = "getFileVersionDetails")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetFileVersionDetails {
    /// The file.
    pub file_id: String,
    /// The version.
    pub version_id: String,
}

impl GetFileVersionDetails {
    /// Gets everything ImageKit knows about one version of a file.
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
        decode::json(response)
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
        r#"{"fileId":"598821f949c0a938d57563bd","versionId":"b"}"#,
        r#"{"fileId": "598821f949c0a938d57563bd", "type": "file-version", "name": "cat.jpg",
        "filePath": "/cat.jpg", "url": "https://ik.imagekit.io/demo/cat.jpg?ik-obj-version=x"}"#,
    );
}
