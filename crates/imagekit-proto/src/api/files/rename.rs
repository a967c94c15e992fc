//! Rename a file.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::decode;
use crate::endpoint::{
    Documented, Endpoint, Idempotency, Operation, RequestContext, Sample, not_empty,
};
use crate::error::{BuildError, DecodeError, Reason};
use crate::types::Extra;
use crate::wire::Body;

/// Renames a file and all its versions. The old URLs stop working once caches expire.
///
/// `PUT /v1/files/rename` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/rename-file)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// A name that another file of the folder has is an error (409).
///
/// ```
/// use imagekit_proto::api::files::{RenameFile, RenameOutcome};
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let renamed = client.send(RenameFile::new("/pets/cat.jpg", "tiger.jpg").purge_cache(true))?;
/// assert!(renamed.is_complete());
/// assert_eq!(client.request_line(), "PUT https://api.imagekit.io/v1/files/rename");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({
///         "filePath": "/pets/cat.jpg",
///         "newFileName": "tiger.jpg",
///         "purgeCache": true,
///     })
/// );
///
/// // The file is renamed, but caches still serve the old URL.
/// # let client = Client::responding(207, r#"{"reason": "PURGE_FAILED", "message": "Not purged."}"#);
/// let renamed = client.send(RenameFile::new("/pets/cat.jpg", "tiger.jpg").purge_cache(true))?;
/// assert!(matches!(*renamed, RenameOutcome::PurgeFailed(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "rename_file")]
#[doc(alias = "renameFile")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct RenameFile {
    /// Path of the file.
    pub file_path: String,
    /// New name. ImageKit replaces characters other than letters, digits, `.`, `_` and `-` by `_`.
    pub new_file_name: String,
    /// Purges the old URLs from the caches, except those with a transformation in the path; false by
    /// default. It counts against the monthly quota of purges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purge_cache: Option<bool>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl RenameFile {
    /// Creates a request that renames the file at `file_path` to `new_file_name`.
    pub fn new(file_path: impl Into<String>, new_file_name: impl Into<String>) -> Self {
        Self {
            file_path: file_path.into(),
            new_file_name: new_file_name.into(),
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

impl Endpoint for RenameFile {
    type Output = RenameOutcome;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        not_empty("filePath", &self.file_path)?;
        not_empty("newFileName", &self.new_file_name)?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<RenameOutcome, DecodeError> {
        if response.status() == StatusCode::MULTI_STATUS {
            decode::json(response).map(RenameOutcome::PurgeFailed)
        } else {
            decode::json(response).map(RenameOutcome::Renamed)
        }
    }
}

impl Documented for RenameFile {
    const OPERATION: &'static Operation = &Operation::new(
        "rename-file",
        Method::PUT,
        "/v1/files/rename",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/rename-file",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"filePath": "/pets/cat.jpg", "newFileName": "tiger.jpg", "purgeCache": true}"#,
        r#"{"purgeRequestId": "598821f949c0a938d57563bd"}"#,
    );
}

/// Result of renaming a file. The file has its new name in both cases.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum RenameOutcome {
    /// The file is renamed, and the purge, if requested, has started.
    Renamed(RenamedFile),
    /// 207: the file is renamed, but its old URLs were not purged from the caches.
    PurgeFailed(PurgeFailure),
}

impl RenameOutcome {
    /// Returns whether the purge, if requested, has started.
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Renamed(_))
    }
}

/// A renamed file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RenamedFile {
    /// Id of the purge request, if one was started:
    /// [`PurgeStatus`](crate::api::cache::PurgeStatus) returns its status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purge_request_id: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Why the cache was not purged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PurgeFailure {
    /// Why, for programs: `PURGE_FAILED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Description of the error, by ImageKit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Where to get help, by ImageKit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::EndpointExt as _;
    use crate::error::ParseError;

    fn outcome(status: u16, body: &'static str) -> Result<RenameOutcome, ParseError> {
        let response = Response::builder().status(status).body(Bytes::from(body)).unwrap();
        RenameFile::new("/a", "b").parse(&response)
    }

    #[test]
    fn a_purge_that_failed_is_not_success() {
        let body = r#"{"reason":"PURGE_FAILED","message":"m","help":"h"}"#;
        let RenameOutcome::PurgeFailed(failure) = outcome(207, body).unwrap() else {
            panic!("207 is a partial success")
        };
        assert_eq!(failure.reason, Some(Reason::PurgeFailed));
        assert_eq!(failure.message.as_deref(), Some("m"));
        assert!(failure.extra.is_empty());
    }

    #[test]
    fn a_rename_returns_an_object() {
        assert!(outcome(200, "{}").unwrap().is_complete());
        for body in ["", "<html>", "[]", "true"] {
            assert!(matches!(outcome(200, body), Err(ParseError::Decode(_))), "{body}");
        }
    }
}
