//! Get the metadata of an uploaded file.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::metadata::Metadata;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Returns the metadata of a file in the media library: dimensions, EXIF, perceptual hash.
///
/// `GET /v1/files/{fileId}/metadata` · [documentation](https://imagekit.io/docs/api-reference/file-metadata/get-uploaded-file-metadata)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::GetUploadedFileMetadata;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let metadata = client.send(GetUploadedFileMetadata::new("598821f949c0a938d57563bd"))?;
/// assert_eq!(metadata.p_hash.as_deref(), Some("f06830ca9f1e3e90"));
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/files/598821f949c0a938d57563bd/metadata"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_uploaded_file_metadata")]
#[doc(alias = "getFileMetadata")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetUploadedFileMetadata {
    /// Id of the file.
    pub file_id: String,
}

impl GetUploadedFileMetadata {
    /// Creates a request for the file `file_id`.
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
        r#"{"fileId": "598821f949c0a938d57563bd"}"#,
        r#"{"height": 68, "width": 100, "size": 7749, "format": "jpg", "hasColorProfile": true,
           "quality": 0, "density": 72, "hasTransparency": false, "pHash": "f06830ca9f1e3e90",
           "exif": {"image": {"Make": "Canon", "Model": "Canon EOS 40D", "Orientation": 1}}}"#,
    );
}
