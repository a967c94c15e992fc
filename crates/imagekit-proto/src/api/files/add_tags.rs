//! Add tags to many files.

use http::Method;

use super::tags_bulk::{TagsBulk, TagsChange, sealed::Sealed};
use crate::endpoint::{Idempotency, Operation};

/// Adds tags to up to 50 files.
///
/// `POST /v1/files/addTags` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/add-tags-bulk)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// [`flow::Batch`](crate::flow::Batch) splits a longer list into several requests.
///
/// ```
/// use imagekit_proto::api::files::AddTagsBulk;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let outcome = client.send(AddTagsBulk::new(["598821f949c0a938d57563bd"], ["cat", "grey"]))?;
/// assert!(outcome.is_complete());
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/files/addTags");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({"fileIds": ["598821f949c0a938d57563bd"], "tags": ["cat", "grey"]})
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "add_tags_bulk")]
#[doc(alias = "bulkAddTags")]
pub type AddTagsBulk = TagsBulk<Add>;

/// Adds tags. See [`AddTagsBulk`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Add;

impl Sealed for Add {}

impl TagsChange for Add {
    const OPERATION: &'static Operation = &Operation::new(
        "add-tags-bulk",
        Method::POST,
        "/v1/files/addTags",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/add-tags-bulk",
    );
}
