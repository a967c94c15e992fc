//! Copy a file.

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

/// Copies a file into a folder.
///
/// `POST /v1/files/copy` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/copy-file)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// If the folder has a file of the same name, the copy becomes its newest version. The response
/// does not tell.
///
/// ```
/// use imagekit_proto::api::files::CopyFile;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// client.send(CopyFile::new("/pets/cat.jpg", "/archive/").include_file_versions(true))?;
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/files/copy");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({
///         "sourceFilePath": "/pets/cat.jpg",
///         "destinationPath": "/archive/",
///         "includeFileVersions": true,
///     })
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "copy_file")]
#[doc(alias = "copyFile")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct CopyFile {
    /// Path of the file.
    pub source_file_path: String,
    /// Path of the destination folder.
    pub destination_path: String,
    /// Copies all versions of the file; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_file_versions: Option<bool>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl CopyFile {
    /// Creates a request that copies the current version of the file at `source_file_path` into
    /// `destination_path`.
    pub fn new(source_file_path: impl Into<String>, destination_path: impl Into<String>) -> Self {
        Self {
            source_file_path: source_file_path.into(),
            destination_path: destination_path.into(),
            include_file_versions: None,
            extra: Extra::new(),
        }
    }

    /// Copies all versions of the file, or the current one only.
    pub fn include_file_versions(mut self, include: bool) -> Self {
        self.include_file_versions = Some(include);
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for CopyFile {
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

impl Documented for CopyFile {
    const OPERATION: &'static Operation = &Operation::new(
        "copy-file",
        Method::POST,
        "/v1/files/copy",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/copy-file",
    );

    const SAMPLE: Sample = Sample::no_content(
        r#"{"sourceFilePath": "/pets/cat.jpg", "destinationPath": "/archive/"}"#,
    );
}
