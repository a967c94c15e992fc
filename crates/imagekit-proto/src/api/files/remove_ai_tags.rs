//! AI tags of many files at once.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bulk_outcome::{BulkOutcome, TOO_MANY, UpdatedFiles, check_ids, outcome};
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError, ItemError};
use crate::flow::Bulk;
use crate::types::Extra;
use crate::wire::Body;

/// Removes tags that an extension set from up to 50 files.
///
/// More than 50 files are split by [`flow::Batch`](crate::flow::Batch).
///
/// `POST /v1/files/removeAITags` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/remove-ai-tags-bulk)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::RemoveAiTagsBulk;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = RemoveAiTagsBulk::new(["598821f949c0a938d57563bd"], ["t-shirt", "round-neck"]);
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri().path(), "/v1/files/removeAITags");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(
///     body,
///     serde_json::json!({
///         "fileIds": ["598821f949c0a938d57563bd"],
///         "AITags": ["t-shirt", "round-neck"],
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
#[doc(alias = "remove_ai_tags_bulk")]
#[doc(alias = "bulkRemoveAITags")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct RemoveAiTagsBulk {
    /// The files, 1 to 50.
    pub file_ids: Vec<String>,
    /// The tags to remove.
    #[serde(rename = "AITags")]
    pub ai_tags: Vec<String>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl RemoveAiTagsBulk {
    /// Removes the AI tags `ai_tags` from the files `file_ids`.
    pub fn new<F: Into<String>, T: Into<String>>(
        file_ids: impl IntoIterator<Item = F>,
        ai_tags: impl IntoIterator<Item = T>,
    ) -> Self {
        Self {
            file_ids: file_ids.into_iter().map(Into::into).collect(),
            ai_tags: ai_tags.into_iter().map(Into::into).collect(),
            extra: Extra::new(),
        }
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for RemoveAiTagsBulk {
    type Output = BulkOutcome<UpdatedFiles>;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check_ids(cx, self, TOO_MANY)?;
        cx.ensure(!self.ai_tags.is_empty(), "AITags", "the list must not be empty")?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        outcome(response)
    }
}

impl Documented for RemoveAiTagsBulk {
    const OPERATION: &'static Operation = &Operation::new(
        "remove-ai-tags-bulk",
        Method::POST,
        "/v1/files/removeAITags",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/remove-ai-tags-bulk",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"fileIds":["598821f949c0a938d57563bd"],"AITags":["b"]}"#,
        r#"{"successfullyUpdatedFileIds": ["598821f949c0a938d57563bd"]}"#,
    );
}

impl Bulk for RemoveAiTagsBulk {
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
