//! Move a folder.

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

/// Starts a job that moves a folder and everything in it, up to 100,000 items, into another folder.
///
/// `POST /v1/bulkJobs/moveFolder` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/move-folder)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// If the destination has a file of the same name, the moved versions are added to that file's
/// version history. The folder is locked (423) until the job completes;
/// [`BulkJobStatus`](super::BulkJobStatus) returns the job's status.
///
/// ```
/// use imagekit_proto::api::folders::MoveFolder;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let job = client.send(MoveFolder::new("/pets/kittens", "/archive"))?;
/// assert_eq!(job.job_id, "5d5b1a9b4c8c4c0001f3e4a2");
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/bulkJobs/moveFolder");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({"sourceFolderPath": "/pets/kittens", "destinationPath": "/archive"})
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "move_folder")]
#[doc(alias = "moveFolder")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct MoveFolder {
    /// Path of the folder.
    pub source_folder_path: String,
    /// Path of the destination folder.
    pub destination_path: String,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl MoveFolder {
    /// Creates a request that moves `source_folder_path` into `destination_path`.
    pub fn new(source_folder_path: impl Into<String>, destination_path: impl Into<String>) -> Self {
        Self {
            source_folder_path: source_folder_path.into(),
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

impl Endpoint for MoveFolder {
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

impl Documented for MoveFolder {
    const OPERATION: &'static Operation = &Operation::new(
        "move-folder",
        Method::POST,
        "/v1/bulkJobs/moveFolder",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/move-folder",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"sourceFolderPath": "/pets/kittens", "destinationPath": "/archive"}"#,
        r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2"}"#,
    );
}
