//! One thing done to many files: what it came to, and deleting them.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::decode;
use crate::endpoint::RequestContext;
use crate::error::DecodeError;
use crate::error::{BuildError, ItemError};
use crate::flow::Bulk;
use crate::types::{Extra, nullable};

/// What a bulk operation came to.
///
/// ```
/// use imagekit_proto::api::files::{AddTagsBulk, BulkOutcome};
/// use imagekit_proto::Endpoint;
///
/// let endpoint = AddTagsBulk::new(["a", "b"], ["red"]);
/// let response = http::Response::builder().status(207).body(bytes::Bytes::from(
///     r#"{"successfullyUpdatedFileIds": ["a"], "errors": [{"fileId": "b", "error": "Not found"}]}"#,
/// ))?;
/// match endpoint.parse(&response)? {
///     BulkOutcome::Complete(files) => println!("all done: {:?}", files.file_ids),
///     BulkOutcome::Partial(partial) => {
///         assert_eq!(partial.succeeded.file_ids, ["a"]);
///         assert_eq!(partial.errors[0].error.as_deref(), Some("Not found"));
///     }
///     other => println!("what is this? {other:?}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum BulkOutcome<T> {
    /// It was done to the files, and none is reported as failed.
    Complete(T),
    /// 207: it was done to some files and not to others.
    Partial(BulkPartial<T>),
}

/// What was done of a bulk operation, and what was not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BulkPartial<T> {
    /// What it was done to.
    #[serde(flatten)]
    pub succeeded: T,
    /// What it was not done to, and why.
    #[serde(default, deserialize_with = "nullable")]
    pub errors: Vec<ItemError>,
}

impl<T> BulkOutcome<T> {
    /// Whether no file is reported as failed.
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Complete(_))
    }

    /// What it was done to.
    pub fn succeeded(&self) -> &T {
        match self {
            Self::Complete(succeeded) => succeeded,
            Self::Partial(partial) => &partial.succeeded,
        }
    }

    /// What it was not done to, and why.
    pub fn errors(&self) -> &[ItemError] {
        match self {
            Self::Complete(_) => &[],
            Self::Partial(partial) => &partial.errors,
        }
    }

    /// Both: what it was done to, and what it was not done to.
    pub fn into_parts(self) -> (T, Vec<ItemError>) {
        match self {
            Self::Complete(succeeded) => (succeeded, Vec::new()),
            Self::Partial(BulkPartial { succeeded, errors }) => (succeeded, errors),
        }
    }
}

/// Reads the answer of a bulk operation. A file that is reported as failed is one whatever the
/// status says.
pub(super) fn outcome<T: DeserializeOwned>(
    response: &Response<Bytes>,
) -> Result<BulkOutcome<T>, DecodeError> {
    let answer: BulkPartial<T> = decode::json(response)?;
    if response.status() == StatusCode::MULTI_STATUS || !answer.errors.is_empty() {
        Ok(BulkOutcome::Partial(answer))
    } else {
        Ok(BulkOutcome::Complete(answer.succeeded))
    }
}

/// Why more files than [`Bulk::MAX_IDS`] are refused where it is 50.
pub(super) const TOO_MANY: &str = "one request changes 50 files at most";

/// Checks the list of files of a bulk operation.
pub(super) fn check_ids<E: Bulk>(
    cx: &RequestContext<'_>,
    endpoint: &E,
    too_many: &'static str,
) -> Result<(), BuildError> {
    cx.ensure(!endpoint.ids().is_empty(), "fileIds", "the list must not be empty")?;
    cx.ensure(endpoint.ids().len() <= E::MAX_IDS, "fileIds", too_many)
}

/// The files that were deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeletedFiles {
    /// Their ids.
    #[serde(rename = "successfullyDeletedFileIds", default, deserialize_with = "nullable")]
    pub file_ids: Vec<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The files that were changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UpdatedFiles {
    /// Their ids.
    #[serde(rename = "successfullyUpdatedFileIds", default, deserialize_with = "nullable")]
    pub file_ids: Vec<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::Config;

    fn parse(status: u16, body: &Value) -> BulkOutcome<DeletedFiles> {
        let response = Response::builder().status(status).body(body.to_string().into()).unwrap();
        DeleteMultipleFiles::new(["a"]).parse(&response).unwrap()
    }

    #[test]
    fn a_partial_success_is_never_a_plain_one() {
        let ids = ["a"];
        let errors = json!([{"fileId": "b", "error": "e", "code": 7}]);
        let all = json!({"successfullyDeletedFileIds": ids, "new": 1});
        let some = json!({"successfullyDeletedFileIds": ids, "errors": errors, "new": 1});

        assert!(parse(200, &all).is_complete());
        for (status, body) in [(207, &all), (207, &some), (200, &some)] {
            let outcome = parse(status, body);
            assert!(!outcome.is_complete(), "{status} {body}");
            assert_eq!(outcome.succeeded().file_ids, ids);
        }
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_counted_twice() {
        let body = json!({
            "successfullyDeletedFileIds": ["a"],
            "errors": [{"fileId": "b", "error": "e", "code": 7}],
            "new": {"x": [1]},
        });
        let outcome = parse(207, &body);
        assert_eq!(
            outcome.succeeded().extra,
            Extra::from_iter([("new".into(), body["new"].clone())])
        );
        assert_eq!(serde_json::to_value(outcome).unwrap(), body);
    }

    #[test]
    fn null_lists_are_empty() {
        let outcome = parse(207, &json!({"successfullyDeletedFileIds": null, "errors": null}));
        assert_eq!(outcome.into_parts().1, []);
    }

    #[test]
    fn the_documented_sizes_are_checked() {
        let config = Config::new("private_key").unwrap();
        let with = Prepare::new(&config, 1);
        let files = |count| DeleteMultipleFiles::new(vec!["a"; count]);
        for count in [1, 100] {
            assert!(files(count).build(&with).is_ok(), "{count}");
        }
        for count in [0, 101] {
            assert!(matches!(files(count).build(&with), Err(BuildError::Limit { .. })), "{count}");
            assert!(files(count).unchecked().build(&with).is_ok(), "{count}");
        }
    }
}
