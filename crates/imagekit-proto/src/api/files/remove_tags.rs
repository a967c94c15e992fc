//! Remove tags from many files.

use http::Method;

use super::tags_bulk::{TagsBulk, TagsChange, sealed::Sealed};
use crate::endpoint::{Idempotency, Operation};

/// Removes tags from up to 50 files.
///
/// `POST /v1/files/removeTags` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/remove-tags-bulk)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// AI tags are removed by [`RemoveAiTagsBulk`](super::RemoveAiTagsBulk).
/// [`flow::Batch`](crate::flow::Batch) splits a longer list into several requests.
///
/// ```
/// use imagekit_proto::api::files::RemoveTagsBulk;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let outcome = client.send(RemoveTagsBulk::new(["598821f949c0a938d57563bd"], ["cat", "grey"]))?;
/// assert!(outcome.is_complete());
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/files/removeTags");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({"fileIds": ["598821f949c0a938d57563bd"], "tags": ["cat", "grey"]})
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "remove_tags_bulk")]
#[doc(alias = "bulkRemoveTags")]
pub type RemoveTagsBulk = TagsBulk<Remove>;

/// Removes tags. See [`RemoveTagsBulk`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remove;

impl Sealed for Remove {}

impl TagsChange for Remove {
    const OPERATION: &'static Operation = &Operation::new(
        "remove-tags-bulk",
        Method::POST,
        "/v1/files/removeTags",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/remove-tags-bulk",
    );
}
