//! Rename a folder.

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

/// Starts a job that renames a folder. The paths of everything in it change.
///
/// `POST /v1/bulkJobs/renameFolder` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/rename-folder)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// A name that another folder has is an error (409). The folder is locked (423) until the job
/// completes; [`BulkJobStatus`](super::BulkJobStatus) returns the job's status. It also shows
/// whether the purge failed.
///
/// ```
/// use imagekit_proto::api::folders::RenameFolder;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let job = client.send(RenameFolder::new("/pets/kittens", "cats").purge_cache(true))?;
/// assert_eq!(job.job_id, "5d5b1a9b4c8c4c0001f3e4a2");
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/bulkJobs/renameFolder");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({
///         "folderPath": "/pets/kittens",
///         "newFolderName": "cats",
///         "purgeCache": true,
///     })
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "rename_folder")]
#[doc(alias = "renameFolder")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct RenameFolder {
    /// Path of the folder.
    pub folder_path: String,
    /// New name. ImageKit replaces characters other than letters, digits and `-` by `_`.
    pub new_folder_name: String,
    /// Purges the old URLs from the caches, except those with a transformation in the path; false by
    /// default. It counts as one purge against the monthly quota.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purge_cache: Option<bool>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl RenameFolder {
    /// Creates a request that renames the folder at `folder_path` to `new_folder_name`.
    pub fn new(folder_path: impl Into<String>, new_folder_name: impl Into<String>) -> Self {
        Self {
            folder_path: folder_path.into(),
            new_folder_name: new_folder_name.into(),
            purge_cache: None,
            extra: Extra::new(),
        }
    }

    /// Purges the old URLs from the caches, or not.
    pub fn purge_cache(mut self, purge: bool) -> Self {
        self.purge_cache = Some(purge);
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for RenameFolder {
    type Output = StartedJob;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        not_empty("folderPath", &self.folder_path)?;
        not_empty("newFolderName", &self.new_folder_name)?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<StartedJob, DecodeError> {
        decode::json(response)
    }
}

impl Documented for RenameFolder {
    const OPERATION: &'static Operation = &Operation::new(
        "rename-folder",
        Method::POST,
        "/v1/bulkJobs/renameFolder",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/rename-folder",
    );

    const SAMPLE: Sample = Sample {
        request: r#"{"folderPath": "/pets/kittens", "newFolderName": "cats"}"#,
        status: 202,
        response: r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2"}"#,
    };
}
