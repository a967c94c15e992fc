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

/// Removes tags from up to 50 files. AI tags are not among them: see [`RemoveAiTagsBulk`](super::RemoveAiTagsBulk).
///
/// More than 50 files are split by [`flow::Batch`](crate::flow::Batch).
///
/// `POST /v1/files/removeTags` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/remove-tags-bulk)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::RemoveTagsBulk;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = RemoveTagsBulk::new(["598821f949c0a938d57563bd"], ["t-shirt", "round-neck"]);
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri().path(), "/v1/files/removeTags");
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
#[doc(alias = "remove_tags_bulk")]
#[doc(alias = "bulkRemoveTags")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct RemoveTagsBulk {
    /// The files, 1 to 50.
    pub file_ids: Vec<String>,
    /// The tags to remove.
    pub tags: Vec<String>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl RemoveTagsBulk {
    /// Removes the tags `tags` from the files `file_ids`.
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

impl Endpoint for RemoveTagsBulk {
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

impl Documented for RemoveTagsBulk {
    const OPERATION: &'static Operation = &Operation::new(
        "remove-tags-bulk",
        Method::POST,
        "/v1/files/removeTags",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/remove-tags-bulk",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"fileIds":["598821f949c0a938d57563bd"],"tags":["b"]}"#,
        r#"{"successfullyUpdatedFileIds": ["598821f949c0a938d57563bd"]}"#,
    );
}

impl Bulk for RemoveTagsBulk {
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
