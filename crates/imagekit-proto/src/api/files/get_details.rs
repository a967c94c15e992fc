//! Details of a file: read and update them.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::file::FileDetails;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Gets everything ImageKit knows about a file.
///
/// `GET /v1/files/{fileId}/details` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/get-file-details)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::GetFileDetails;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetFileDetails::new("598821f949c0a938d57563bd");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/files/598821f949c0a938d57563bd/details");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"fileId": "598821f949c0a938d57563bd", "name": "cat.jpg", "filePath": "/cat.jpg",
///         "url": "https://ik.imagekit.io/demo/cat.jpg"}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.name, "cat.jpg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_file_details")]
#[doc(alias = "getFileDetails")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetFileDetails {
    /// The file.
    pub file_id: String,
}

impl GetFileDetails {
    /// The details of the file `file_id`.
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
        decode::json(response)
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
        r#"{"fileId":"598821f949c0a938d57563bd"}"#,
        r#"{"fileId": "598821f949c0a938d57563bd", "name": "cat.jpg", "filePath": "/cat.jpg",
        "url": "https://ik.imagekit.io/demo/cat.jpg"}"#,
    );
}
