//! Delete a file.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Deletes a file and all its versions permanently. Caches may serve it until they expire.
///
/// `DELETE /v1/files/{fileId}` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/delete-file)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::DeleteFile;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// client.send(DeleteFile::new("598821f949c0a938d57563bd"))?;
/// assert_eq!(
///     client.request_line(),
///     "DELETE https://api.imagekit.io/v1/files/598821f949c0a938d57563bd"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete_file")]
#[doc(alias = "deleteFile")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteFile {
    /// Id of the file.
    pub file_id: String,
}

impl DeleteFile {
    /// Creates a request for the file `file_id`.
    pub fn new(file_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into() }
    }
}

impl Endpoint for DeleteFile {
    type Output = ();

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("fileId", &self.file_id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<(), DecodeError> {
        decode::empty(response)
    }
}

impl Documented for DeleteFile {
    const OPERATION: &'static Operation = &Operation::new(
        "delete-file",
        Method::DELETE,
        "/v1/files/{fileId}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/delete-file",
    );

    const SAMPLE: Sample = Sample::no_content(r#"{"fileId": "598821f949c0a938d57563bd"}"#);
}
