//! Remove AI tags from many files.

use http::Method;

use super::tags_bulk::{TagsBulk, TagsChange, sealed::Sealed};
use crate::endpoint::{Idempotency, Operation};

/// Removes AI tags, which extensions have set, from up to 50 files.
///
/// `POST /v1/files/removeAITags` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/remove-ai-tags-bulk)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// [`flow::Batch`](crate::flow::Batch) splits a longer list into several requests.
///
/// ```
/// use imagekit_proto::api::files::RemoveAiTagsBulk;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let outcome = client.send(RemoveAiTagsBulk::new(["598821f949c0a938d57563bd"], ["animal"]))?;
/// assert!(outcome.is_complete());
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/files/removeAITags");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({"fileIds": ["598821f949c0a938d57563bd"], "AITags": ["animal"]})
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "remove_ai_tags_bulk")]
#[doc(alias = "bulkRemoveAITags")]
pub type RemoveAiTagsBulk = TagsBulk<RemoveAi>;

/// Removes AI tags. See [`RemoveAiTagsBulk`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RemoveAi;

impl Sealed for RemoveAi {}

impl TagsChange for RemoveAi {
    const OPERATION: &'static Operation = &Operation::new(
        "remove-ai-tags-bulk",
        Method::POST,
        "/v1/files/removeAITags",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/remove-ai-tags-bulk",
    );

    const TAGS: &'static str = "AITags";

    const SAMPLE: &'static str =
        r#"{"fileIds": ["598821f949c0a938d57563bd"], "AITags": ["animal"]}"#;
}
