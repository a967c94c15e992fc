//! The results of bulk operations.

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

/// The result of a bulk operation.
///
/// ```
/// use imagekit_proto::api::files::{AddTagsBulk, BulkOutcome};
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::responding(
/// #     207,
/// #     r#"{"successfullyUpdatedFileIds": ["598821f949c0a938d57563bd"],
/// #         "errors": [{"fileId": "598821f949c0a938d57563be", "error": "Not found"}]}"#,
/// # );
/// let files = ["598821f949c0a938d57563bd", "598821f949c0a938d57563be"];
/// match client.send(AddTagsBulk::new(files, ["red"]))?.into_value() {
///     BulkOutcome::Complete(updated) => println!("all updated: {:?}", updated.file_ids),
///     BulkOutcome::Partial(partial) => {
///         assert_eq!(partial.succeeded.file_ids, ["598821f949c0a938d57563bd"]);
///         assert_eq!(partial.errors[0].error.as_deref(), Some("Not found"));
///     }
///     other => println!("{other:?}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum BulkOutcome<T> {
    /// All files succeeded.
    Complete(T),
    /// Some files failed: status 207, or a response that lists errors.
    Partial(BulkPartial<T>),
}

/// The result of a bulk operation that failed for some files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BulkPartial<T> {
    /// The files that succeeded.
    #[serde(flatten)]
    pub succeeded: T,
    /// The files that failed, and why.
    #[serde(default, deserialize_with = "nullable")]
    pub errors: Vec<ItemError>,
}

impl<T> BulkOutcome<T> {
    /// Returns whether all files succeeded.
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Complete(_))
    }

    /// Returns the files that succeeded.
    pub fn succeeded(&self) -> &T {
        match self {
            Self::Complete(succeeded) => succeeded,
            Self::Partial(partial) => &partial.succeeded,
        }
    }

    /// Returns the files that failed, and why.
    pub fn errors(&self) -> &[ItemError] {
        match self {
            Self::Complete(_) => &[],
            Self::Partial(partial) => &partial.errors,
        }
    }

    /// Splits into the files that succeeded and those that failed.
    pub fn into_parts(self) -> (T, Vec<ItemError>) {
        match self {
            Self::Complete(succeeded) => (succeeded, Vec::new()),
            Self::Partial(BulkPartial { succeeded, errors }) => (succeeded, errors),
        }
    }
}

/// Splits the result of a bulk operation into the ids of the files that succeeded and the files that
/// failed.
pub(super) fn results<T: FileIds>(outcome: BulkOutcome<T>) -> (Vec<String>, Vec<ItemError>) {
    let (succeeded, errors) = outcome.into_parts();
    (succeeded.into_file_ids(), errors)
}

/// The files that a bulk operation succeeded for.
pub(super) trait FileIds {
    fn file_ids(&self) -> &[String];

    fn into_file_ids(self) -> Vec<String>;
}

impl FileIds for DeletedFiles {
    fn file_ids(&self) -> &[String] {
        &self.file_ids
    }

    fn into_file_ids(self) -> Vec<String> {
        self.file_ids
    }
}

impl FileIds for UpdatedFiles {
    fn file_ids(&self) -> &[String] {
        &self.file_ids
    }

    fn into_file_ids(self) -> Vec<String> {
        self.file_ids
    }
}

/// Decodes the response of a bulk operation. A listed error is one whatever the status is, and a
/// response that names no file does not say that anything was done.
pub(super) fn outcome<T: DeserializeOwned + FileIds>(
    response: &Response<Bytes>,
) -> Result<BulkOutcome<T>, DecodeError> {
    let partial: BulkPartial<T> = decode::json(response)?;
    if partial.succeeded.file_ids().is_empty() && partial.errors.is_empty() {
        return Err(DecodeError::new(response, "it names no file"));
    }
    if response.status() == StatusCode::MULTI_STATUS || !partial.errors.is_empty() {
        Ok(BulkOutcome::Partial(partial))
    } else {
        Ok(BulkOutcome::Complete(partial.succeeded))
    }
}

/// Checks the list of files of a bulk operation.
pub(super) fn check_ids<E: Bulk>(
    cx: &RequestContext<'_>,
    endpoint: &E,
    too_many: &'static str,
) -> Result<(), BuildError> {
    cx.ensure(!endpoint.ids().is_empty(), "fileIds", "the list must not be empty")?;
    cx.ensure(endpoint.ids().len() <= E::MAX_IDS, "fileIds", too_many)
}

/// The deleted files.
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

/// The updated files.
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
    use serde_json::{Value, json};

    use super::*;
    use crate::api::files::DeleteMultipleFiles;
    use crate::endpoint::EndpointExt as _;
    use crate::error::ParseError;

    fn parse(status: u16, body: &Value) -> Result<BulkOutcome<DeletedFiles>, ParseError> {
        let response = Response::builder().status(status).body(body.to_string().into()).unwrap();
        DeleteMultipleFiles::new(["a"]).parse(&response)
    }

    #[test]
    fn a_partial_success_is_never_a_plain_one() {
        let ids = ["a"];
        let errors = json!([{"fileId": "b", "error": "e", "code": 7}]);
        let all = json!({"successfullyDeletedFileIds": ids, "new": 1});
        let some = json!({"successfullyDeletedFileIds": ids, "errors": errors, "new": 1});

        assert!(parse(200, &all).unwrap().is_complete());
        for (status, body) in [(207, &all), (207, &some), (200, &some)] {
            let outcome = parse(status, body).unwrap();
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
        let outcome = parse(207, &body).unwrap();
        assert_eq!(
            outcome.succeeded().extra,
            Extra::from_iter([("new".into(), body["new"].clone())])
        );
        assert_eq!(serde_json::to_value(outcome).unwrap(), body);
    }

    #[test]
    fn null_lists_are_empty() {
        let ids = json!({"successfullyDeletedFileIds": ["a"], "errors": null});
        assert_eq!(parse(207, &ids).unwrap().into_parts().1, []);
        let errors = json!({"successfullyDeletedFileIds": null, "errors": [{"fileId": "b"}]});
        assert_eq!(results(parse(207, &errors).unwrap()).0, [""; 0]);
    }

    #[test]
    fn a_response_that_names_no_file_is_no_success() {
        let empty = json!({"successfullyDeletedFileIds": [], "errors": []});
        let null = json!({"successfullyDeletedFileIds": null, "errors": null});
        let accepted = json!({"message": "The request was accepted."});
        for body in [json!({}), empty, null, accepted] {
            for status in [200, 202, 207] {
                let error = parse(status, &body).unwrap_err();
                assert!(matches!(error, ParseError::Decode(_)), "{status} {body}: {error}");
            }
        }
    }
}
