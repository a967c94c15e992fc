//! Metadata of a file: dimensions, EXIF, perceptual hash.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::metadata::Metadata;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Gets the metadata of a file in the media library.
///
/// `GET /v1/files/{fileId}/metadata` · [documentation](https://imagekit.io/docs/api-reference/file-metadata/get-uploaded-file-metadata)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::GetUploadedFileMetadata;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetUploadedFileMetadata::new("598821f949c0a938d57563bd");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/files/598821f949c0a938d57563bd/metadata");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"width": 1000, "height": 500, "pHash": "2e0ed1f12eda9525", "exif": {"image": {"Make": "Canon"}}}"#,
/// ));
/// let metadata = endpoint.parse(&response)?;
/// assert_eq!(metadata.p_hash.as_deref(), Some("2e0ed1f12eda9525"));
/// assert_eq!(metadata.exif.unwrap().image.unwrap().make.as_deref(), Some("Canon"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_uploaded_file_metadata")]
#[doc(alias = "getFileMetadata")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetUploadedFileMetadata {
    /// The file.
    pub file_id: String,
}

impl GetUploadedFileMetadata {
    /// Gets the metadata of a file in the media library.
    pub fn new(file_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into() }
    }
}

impl Endpoint for GetUploadedFileMetadata {
    type Output = Metadata;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("fileId", &self.file_id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Metadata, DecodeError> {
        decode::json(response)
    }
}

impl Documented for GetUploadedFileMetadata {
    const OPERATION: &'static Operation = &Operation::new(
        "get-uploaded-file-metadata",
        Method::GET,
        "/v1/files/{fileId}/metadata",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/file-metadata/get-uploaded-file-metadata",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"fileId":"598821f949c0a938d57563bd"}"#,
        r#"{"width": 1000, "height": 500, "pHash": "2e0ed1f12eda9525", "exif": {"image": {"Make": "Canon"}}}"#,
    );
}
