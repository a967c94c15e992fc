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

/// Renames a file and all its versions. The old URLs stop working, save for what caches still
/// hold.
///
/// `PUT /v1/files/rename` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/rename-file)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// ```
/// use imagekit_proto::api::files::{RenameFile, RenameOutcome};
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = RenameFile::new("/sale/cat.jpg", "dog.jpg").purge_cache(true);
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "PUT");
/// assert_eq!(request.uri().path(), "/v1/files/rename");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(
///     body,
///     serde_json::json!({
///         "filePath": "/sale/cat.jpg",
///         "newFileName": "dog.jpg",
///         "purgeCache": true,
///     })
/// );
///
/// let response = http::Response::new(bytes::Bytes::from(r#"{"purgeRequestId": "p1"}"#));
/// let RenameOutcome::Renamed(renamed) = endpoint.parse(&response)? else { unreachable!() };
/// assert_eq!(renamed.purge_request_id.as_deref(), Some("p1"));
///
/// // Renamed, but the old URLs stay in the caches.
/// let response = http::Response::builder()
///     .status(207)
///     .body(bytes::Bytes::from(r#"{"reason": "PURGE_FAILED", "message": "Renamed, not purged."}"#))?;
/// let outcome = endpoint.parse(&response)?;
/// assert!(!outcome.is_complete());
/// assert!(matches!(outcome, RenameOutcome::PurgeFailed(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "rename_file")]
#[doc(alias = "renameFile")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct RenameFile {
    /// The path of the file.
    pub file_path: String,
    /// The new name. Other characters than letters, digits, `.`, `_` and `-` become `_`.
    pub new_file_name: String,
    /// Purge the old URLs from the caches, those with a transformation in the path excepted. It
    /// counts against the monthly quota of purges. Not done by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purge_cache: Option<bool>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl RenameFile {
    /// Renames the file at `file_path` to `new_file_name`.
    pub fn new(file_path: impl Into<String>, new_file_name: impl Into<String>) -> Self {
        Self {
            file_path: file_path.into(),
            new_file_name: new_file_name.into(),
            purge_cache: None,
            extra: Extra::new(),
        }
    }

    /// Whether to purge the old URLs from the caches.
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

    const SAMPLE: Sample =
        Sample::new(r#"{"filePath":"/a","newFileName":"b"}"#, r#"{"purgeRequestId": "p1"}"#);
}

/// What renaming a file came to. Either way the file has its new name.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum RenameOutcome {
    /// Everything that was asked for is done or, the purge, under way.
    Renamed(RenamedFile),
    /// 207: the file is renamed, but its old URLs were not purged from the caches.
    PurgeFailed(PurgeFailure),
}

impl RenameOutcome {
    /// Whether everything that was asked for is done or under way.
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Renamed(_))
    }
}

/// A renamed file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RenamedFile {
    /// The purge, if one was asked for: [`PurgeStatus`](crate::api::cache::PurgeStatus) follows
    /// it.
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
    /// What went wrong, in ImageKit's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Where to get help, in ImageKit's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn a_rename_answers_with_an_object() {
        assert!(outcome(200, "{}").unwrap().is_complete());
        for body in ["", "<html>", "[]", "true"] {
            assert!(matches!(outcome(200, body), Err(ParseError::Decode(_))), "{body}");
        }
    }
}
