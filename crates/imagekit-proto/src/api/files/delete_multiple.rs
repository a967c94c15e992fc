//! One thing done to many files: what it came to, and deleting them.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bulk_outcome::{BulkOutcome, DeletedFiles, check_ids, outcome};
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError, ItemError};
use crate::flow::Bulk;
use crate::types::Extra;
use crate::wire::Body;

/// Deletes up to 100 files and all their versions for good. Caches keep what they hold.
///
/// More than 100 files are split by [`flow::Batch`](crate::flow::Batch).
///
/// `POST /v1/files/batch/deleteByFileIds` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/delete-multiple-files)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// ```
/// use imagekit_proto::api::files::{BulkOutcome, DeleteMultipleFiles};
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = DeleteMultipleFiles::new(["598821f949c0a938d57563bd", "598821f949c0a938d57563be"]);
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri().path(), "/v1/files/batch/deleteByFileIds");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(
///     body,
///     serde_json::json!({"fileIds": ["598821f949c0a938d57563bd", "598821f949c0a938d57563be"]})
/// );
///
/// let response = http::Response::builder().status(207).body(bytes::Bytes::from(
///     r#"{"successfullyDeletedFileIds": ["598821f949c0a938d57563bd"],
///         "errors": [{"fileId": "598821f949c0a938d57563be", "error": "Error in deleting file"}]}"#,
/// ))?;
/// let outcome = endpoint.parse(&response)?;
/// assert!(!outcome.is_complete());
/// assert_eq!(outcome.succeeded().file_ids, ["598821f949c0a938d57563bd"]);
/// assert_eq!(outcome.errors()[0].file_id, "598821f949c0a938d57563be");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete_multiple_files")]
#[doc(alias = "bulkDeleteFiles")]
#[doc(alias = "bulk_delete")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteMultipleFiles {
    /// The files, 1 to 100.
    pub file_ids: Vec<String>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl DeleteMultipleFiles {
    /// Deletes the files `file_ids`.
    pub fn new<T: Into<String>>(file_ids: impl IntoIterator<Item = T>) -> Self {
        Self { file_ids: file_ids.into_iter().map(Into::into).collect(), extra: Extra::new() }
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for DeleteMultipleFiles {
    type Output = BulkOutcome<DeletedFiles>;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check_ids(cx, self, "one request deletes 100 files at most")?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        outcome(response)
    }
}

impl Documented for DeleteMultipleFiles {
    const OPERATION: &'static Operation = &Operation::new(
        "delete-multiple-files",
        Method::POST,
        "/v1/files/batch/deleteByFileIds",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/delete-multiple-files",
    );

    const SAMPLE: Sample = Sample {
        request: r#"{"fileIds":["598821f949c0a938d57563bd"]}"#,
        status: 207,
        response: r#"{"successfullyDeletedFileIds": ["598821f949c0a938d57563bd"],
        "errors": [{"fileId": "598821f949c0a938d57563be", "error": "Error in deleting file"}]}"#,
    };
}

impl Bulk for DeleteMultipleFiles {
    const MAX_IDS: usize = 100;

    fn ids(&self) -> &[String] {
        &self.file_ids
    }

    fn with_ids(&self, ids: Vec<String>) -> Self {
        Self { file_ids: ids, extra: self.extra.clone() }
    }

    fn results(output: Self::Output) -> (Vec<String>, Vec<ItemError>) {
        let (succeeded, errors) = output.into_parts();
        (succeeded.file_ids, errors)
    }
}
