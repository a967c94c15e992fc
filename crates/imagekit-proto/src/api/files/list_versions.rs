//! Versions of a file.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::file::FileDetails;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Lists the versions of a file: the current one is a `file`, the others are `file-version`s.
///
/// `GET /v1/files/{fileId}/versions` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/list-file-versions)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::ListFileVersions;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = ListFileVersions::new("598821f949c0a938d57563bd");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/files/598821f949c0a938d57563bd/versions");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"[{"fileId": "598821f949c0a938d57563bd", "type": "file", "name": "cat.jpg",
///          "filePath": "/cat.jpg", "url": "https://ik.imagekit.io/demo/cat.jpg"}]"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "list_file_versions")]
#[doc(alias = "getFileVersions")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ListFileVersions {
    /// The file.
    pub file_id: String,
}

impl ListFileVersions {
    /// Lists the versions of a file: the current one is a `file`, the others are `file-version`s.
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
        decode::json(response)
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
        r#"{"fileId":"598821f949c0a938d57563bd"}"#,
        r#"[{"fileId": "598821f949c0a938d57563bd", "type": "file", "name": "cat.jpg",
         "filePath": "/cat.jpg", "url": "https://ik.imagekit.io/demo/cat.jpg"}]"#,
    );
}
