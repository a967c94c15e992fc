//! Tags of many files at once.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bulk_outcome::{BulkOutcome, TOO_MANY, UpdatedFiles, check_ids, outcome};
use super::tags::check_tags;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError, ItemError};
use crate::flow::Bulk;
use crate::types::Extra;
use crate::wire::Body;

/// Adds tags to up to 50 files.
///
/// More than 50 files are split by [`flow::Batch`](crate::flow::Batch).
///
/// `POST /v1/files/addTags` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/add-tags-bulk)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::AddTagsBulk;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = AddTagsBulk::new(["598821f949c0a938d57563bd"], ["t-shirt", "round-neck"]);
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri().path(), "/v1/files/addTags");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(
///     body,
///     serde_json::json!({
///         "fileIds": ["598821f949c0a938d57563bd"],
///         "tags": ["t-shirt", "round-neck"],
///     })
/// );
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"successfullyUpdatedFileIds": ["598821f949c0a938d57563bd"]}"#,
/// ));
/// let outcome = endpoint.parse(&response)?;
/// assert!(outcome.is_complete());
/// assert_eq!(outcome.succeeded().file_ids, ["598821f949c0a938d57563bd"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "add_tags_bulk")]
#[doc(alias = "bulkAddTags")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct AddTagsBulk {
    /// The files, 1 to 50.
    pub file_ids: Vec<String>,
    /// The tags to add.
    pub tags: Vec<String>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl AddTagsBulk {
    /// Adds the tags `tags` to the files `file_ids`.
    pub fn new<F: Into<String>, T: Into<String>>(
        file_ids: impl IntoIterator<Item = F>,
        tags: impl IntoIterator<Item = T>,
    ) -> Self {
        Self {
            file_ids: file_ids.into_iter().map(Into::into).collect(),
            tags: tags.into_iter().map(Into::into).collect(),
            extra: Extra::new(),
        }
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for AddTagsBulk {
    type Output = BulkOutcome<UpdatedFiles>;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check_ids(cx, self, TOO_MANY)?;
        cx.ensure(!self.tags.is_empty(), "tags", "the list must not be empty")?;
        check_tags(cx, "tags", &self.tags)?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        outcome(response)
    }
}

impl Documented for AddTagsBulk {
    const OPERATION: &'static Operation = &Operation::new(
        "add-tags-bulk",
        Method::POST,
        "/v1/files/addTags",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/add-tags-bulk",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"fileIds":["598821f949c0a938d57563bd"],"tags":["b"]}"#,
        r#"{"successfullyUpdatedFileIds": ["598821f949c0a938d57563bd"]}"#,
    );
}

impl Bulk for AddTagsBulk {
    const MAX_IDS: usize = 50;

    fn ids(&self) -> &[String] {
        &self.file_ids
    }

    fn with_ids(&self, ids: Vec<String>) -> Self {
        Self { file_ids: ids, ..self.clone() }
    }

    fn results(output: Self::Output) -> (Vec<String>, Vec<ItemError>) {
        let (succeeded, errors) = output.into_parts();
        (succeeded.file_ids, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::files::RemoveAiTagsBulk;
    use crate::config::Config;

    fn check(endpoint: impl Endpoint, refused: Option<(&'static str, &'static str)>) {
        let config = Config::new("private_key").unwrap();
        let with = Prepare::new(&config, 1);
        let outcome = endpoint.build(&with).err();
        assert_eq!(outcome, refused.map(|(field, why)| BuildError::Limit { field, why }));
        assert!(endpoint.unchecked().build(&with).is_ok());
    }

    #[test]
    fn the_documented_sizes_are_checked() {
        let many = Some(("fileIds", TOO_MANY));
        let none = Some(("fileIds", "the list must not be empty"));
        for (count, refused) in [(0, none), (1, None), (50, None), (51, many)] {
            check(AddTagsBulk::new(vec!["a"; count], ["t"]), refused);
            check(RemoveTagsBulk::new(vec!["a"; count], ["t"]), refused);
            check(RemoveAiTagsBulk::new(vec!["a"; count], ["t"]), refused);
        }
    }

    #[test]
    fn tags_are_checked_and_ai_tags_are_not() {
        let empty = "the list must not be empty";
        let none: [&str; 0] = [];
        check(AddTagsBulk::new(["a"], none), Some(("tags", empty)));
        check(RemoveAiTagsBulk::new(["a"], none), Some(("AITags", empty)));
        check(RemoveTagsBulk::new(["a"], ["50%"]), Some(("tags", "a tag has no percent sign")));
        check(RemoveAiTagsBulk::new(["a"], ["50%"]), None);
        check(AddTagsBulk::new(["a"], ["é".repeat(500)]), None);
        check(
            AddTagsBulk::new(["a"], ["é".repeat(501)]),
            Some(("tags", "all tags of a file have 500 characters at most")),
        );
    }
}
