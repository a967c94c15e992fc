//! Move a file.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::decode;
use crate::endpoint::{
    Documented, Endpoint, Idempotency, Operation, RequestContext, Sample, not_empty,
};
use crate::error::{BuildError, DecodeError};
use crate::types::Extra;
use crate::wire::Body;

/// Moves a file and all its versions into a folder.
///
/// `POST /v1/files/move` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/move-file)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// If the folder has a file of the same name, the moved versions are added to that file's version
/// history. The response does not tell.
///
/// ```
/// use imagekit_proto::api::files::MoveFile;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// client.send(MoveFile::new("/pets/cat.jpg", "/archive/"))?;
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/files/move");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({"sourceFilePath": "/pets/cat.jpg", "destinationPath": "/archive/"})
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "move_file")]
#[doc(alias = "moveFile")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct MoveFile {
    /// Path of the file.
    pub source_file_path: String,
    /// Path of the destination folder.
    pub destination_path: String,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl MoveFile {
    /// Creates a request that moves the file at `source_file_path` into `destination_path`.
    pub fn new(source_file_path: impl Into<String>, destination_path: impl Into<String>) -> Self {
        Self {
            source_file_path: source_file_path.into(),
            destination_path: destination_path.into(),
            extra: Extra::new(),
        }
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for MoveFile {
    type Output = ();

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        not_empty("sourceFilePath", &self.source_file_path)?;
        not_empty("destinationPath", &self.destination_path)?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<(), DecodeError> {
        decode::empty(response)
    }
}

impl Documented for MoveFile {
    const OPERATION: &'static Operation = &Operation::new(
        "move-file",
        Method::POST,
        "/v1/files/move",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/move-file",
    );

    const SAMPLE: Sample = Sample::no_content(
        r#"{"sourceFilePath": "/pets/cat.jpg", "destinationPath": "/archive/"}"#,
    );
}
