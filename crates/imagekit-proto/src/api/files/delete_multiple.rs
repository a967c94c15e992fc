//! Delete many files.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bulk_outcome::{BulkOutcome, DeletedFiles, check_ids, outcome, results};
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError, ItemError};
use crate::flow::Bulk;
use crate::types::Extra;
use crate::wire::Body;

/// Deletes up to 100 files and all their versions permanently. Caches may serve them until they
/// expire.
///
/// `POST /v1/files/batch/deleteByFileIds` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/delete-multiple-files)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// [`flow::Batch`](crate::flow::Batch) splits a longer list into several requests. A single unknown
/// id fails the whole request (404): [`missing_file_ids`](crate::error::ApiError::missing_file_ids)
/// names it, and no file is deleted.
///
/// ```
/// use imagekit_proto::api::files::DeleteMultipleFiles;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let delete = DeleteMultipleFiles::new(["598821f949c0a938d57563bd", "598821f949c0a938d57563be"]);
/// let outcome = client.send(delete)?;
/// assert!(outcome.is_complete());
/// assert_eq!(outcome.succeeded().file_ids.len(), 2);
/// assert_eq!(
///     client.request_line(),
///     "POST https://api.imagekit.io/v1/files/batch/deleteByFileIds"
/// );
/// assert_eq!(
///     client.json(),
///     serde_json::json!({"fileIds": ["598821f949c0a938d57563bd", "598821f949c0a938d57563be"]})
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete_multiple_files")]
#[doc(alias = "bulkDeleteFiles")]
#[doc(alias = "bulk_delete")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteMultipleFiles {
    /// Ids of the files, 1 to 100.
    pub file_ids: Vec<String>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl DeleteMultipleFiles {
    /// Creates a request for the files `file_ids`.
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

    const SAMPLE: Sample = Sample::new(
        r#"{"fileIds": ["598821f949c0a938d57563bd", "598821f949c0a938d57563be"]}"#,
        r#"{"successfullyDeletedFileIds": ["598821f949c0a938d57563bd", "598821f949c0a938d57563be"]}"#,
    );
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
        results(output)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_documented_sizes_are_checked() {
        let config = Config::new("private_key").unwrap();
        let cx = RequestContext::new(&config, 1);
        let files = |count| DeleteMultipleFiles::new(vec!["a"; count]);
        for count in [1, 100] {
            assert!(files(count).build(&cx).is_ok(), "{count}");
        }
        for count in [0, 101] {
            assert!(matches!(files(count).build(&cx), Err(BuildError::Limit { .. })), "{count}");
            assert!(files(count).build(&cx.skip_limit_checks(true)).is_ok(), "{count}");
        }
    }
}
