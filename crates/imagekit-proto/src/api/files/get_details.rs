//! Get file details.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::file::FileDetails;
use super::same_file::decode_file;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Returns the details of a file.
///
/// `GET /v1/files/{fileId}/details` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/get-file-details)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::GetFileDetails;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let file = client.send(GetFileDetails::new("598821f949c0a938d57563bd"))?;
/// assert_eq!(file.name, "cat.jpg");
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/files/598821f949c0a938d57563bd/details"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_file_details")]
#[doc(alias = "getFileDetails")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetFileDetails {
    /// Id of the file.
    pub file_id: String,
}

impl GetFileDetails {
    /// Creates a request for the file `file_id`.
    pub fn new(file_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into() }
    }
}

impl Endpoint for GetFileDetails {
    type Output = FileDetails;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("fileId", &self.file_id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<FileDetails, DecodeError> {
        decode_file(&self.file_id, response)
    }
}

impl Documented for GetFileDetails {
    const OPERATION: &'static Operation = &Operation::new(
        "get-file-details",
        Method::GET,
        "/v1/files/{fileId}/details",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/get-file-details",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"fileId": "598821f949c0a938d57563bd"}"#,
        r#"{"fileId": "598821f949c0a938d57563bd", "type": "file", "name": "cat.jpg",
           "filePath": "/pets/cat.jpg", "url": "https://ik.imagekit.io/demo/pets/cat.jpg",
           "tags": ["cat", "grey"], "versionInfo": {"id": "598821f949c0a938d57563bd", "name": "Version 1"},
           "fileType": "image", "mime": "image/jpeg", "width": 640, "height": 480, "size": 117079}"#,
    );
}
