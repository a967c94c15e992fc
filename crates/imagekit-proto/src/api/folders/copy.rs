//! Copy a folder.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::job::StartedJob;
use crate::decode;
use crate::endpoint::{
    Documented, Endpoint, Idempotency, Operation, RequestContext, Sample, not_empty,
};
use crate::error::{BuildError, DecodeError};
use crate::types::Extra;
use crate::wire::Body;

/// Starts a job that copies a folder and everything in it, up to 100,000 items, into another
/// folder.
///
/// `POST /v1/bulkJobs/copyFolder` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/copy-folder)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// If the destination has a file of the same name, the copied file becomes its newest version. The
/// folder is locked (423) until the job completes; [`BulkJobStatus`](super::BulkJobStatus) returns
/// the job's status.
///
/// ```
/// use imagekit_proto::api::folders::CopyFolder;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let job = client.send(CopyFolder::new("/pets/kittens", "/archive").include_versions(true))?;
/// assert_eq!(job.job_id, "5d5b1a9b4c8c4c0001f3e4a2");
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/bulkJobs/copyFolder");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({
///         "sourceFolderPath": "/pets/kittens",
///         "destinationPath": "/archive",
///         "includeVersions": true,
///     })
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "copy_folder")]
#[doc(alias = "copyFolder")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct CopyFolder {
    /// Path of the folder.
    pub source_folder_path: String,
    /// Path of the destination folder.
    pub destination_path: String,
    /// Copies all versions of the files; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_versions: Option<bool>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl CopyFolder {
    /// Creates a request that copies `source_folder_path` into `destination_path`.
    pub fn new(source_folder_path: impl Into<String>, destination_path: impl Into<String>) -> Self {
        Self {
            source_folder_path: source_folder_path.into(),
            destination_path: destination_path.into(),
            include_versions: None,
            extra: Extra::new(),
        }
    }

    /// Copies all versions of the files, or the current ones only.
    pub fn include_versions(mut self, include: bool) -> Self {
        self.include_versions = Some(include);
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for CopyFolder {
    type Output = StartedJob;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        not_empty("sourceFolderPath", &self.source_folder_path)?;
        not_empty("destinationPath", &self.destination_path)?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<StartedJob, DecodeError> {
        decode::json(response)
    }
}

impl Documented for CopyFolder {
    const OPERATION: &'static Operation = &Operation::new(
        "copy-folder",
        Method::POST,
        "/v1/bulkJobs/copyFolder",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/copy-folder",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"sourceFolderPath": "/pets/kittens", "destinationPath": "/archive"}"#,
        r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2"}"#,
    );
}
