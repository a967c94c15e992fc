//! List and search assets.

use std::borrow::Cow;

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

pub use super::asset::{Asset, AssetKind};
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::flow::Paged;
use crate::types::open_enum;
use crate::wire::Body;

/// Lists or searches files and folders; each request returns one page.
///
/// `GET /v1/files` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/list-and-search-assets)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// The response has no total and no cursor: a page shorter than `limit` is the last one.
/// [`flow::Pages`](crate::flow::Pages), and the `pages` of a client, fetch all of them. ImageKit
/// ignores [`kind`](Self::kind) when there is a search query, so such a page may have files and
/// folders.
///
/// ```
/// use imagekit_proto::api::assets::{Asset, AssetKind, ListAndSearchAssets, Sort};
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let list = ListAndSearchAssets::new().kind(AssetKind::All).path("/pets").sort(Sort::DescCreated);
/// for asset in client.send(list.limit(50))? {
///     match asset {
///         Asset::File(file) => println!("{} has {:?} bytes", file.file_path, file.size),
///         Asset::Folder(folder) => println!("{} is a folder", folder.folder_path),
///         other => println!("{other:?}"),
///     }
/// }
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/files?type=all&sort=DESC_CREATED&path=%2Fpets&limit=50"
/// );
///
/// // A search: the query is text, or comes from the builder in `imagekit_proto::search`.
/// client.send(ListAndSearchAssets::new().search_query(r#"tags IN ["cat"]"#))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "list_and_search_assets")]
#[doc(alias = "list_files")]
#[doc(alias = "listFiles")]
#[doc(alias = "paginate")]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ListAndSearchAssets {
    /// What to list: files (the default), file versions, folders, or files and folders.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<AssetKind>,
    /// Sort order; `ASC_CREATED` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// Path of a folder; subfolders are excluded. All folders by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Search query, in ImageKit's search language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_query: Option<String>,
    /// Type of the files; all by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_type: Option<FileTypeFilter>,
    /// Page size, 1 to 1,000; 1,000 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Number of items to skip; 0 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip: Option<u64>,
}

open_enum! {
    /// Sort order of a list.
    pub enum Sort {
        /// By name.
        AscName = "ASC_NAME",
        /// By name, descending.
        DescName = "DESC_NAME",
        /// Oldest first.
        AscCreated = "ASC_CREATED",
        /// Newest first.
        DescCreated = "DESC_CREATED",
        /// Least recently changed first.
        AscUpdated = "ASC_UPDATED",
        /// Most recently changed first.
        DescUpdated = "DESC_UPDATED",
        /// By height.
        AscHeight = "ASC_HEIGHT",
        /// By height, descending.
        DescHeight = "DESC_HEIGHT",
        /// By width.
        AscWidth = "ASC_WIDTH",
        /// By width, descending.
        DescWidth = "DESC_WIDTH",
        /// By size.
        AscSize = "ASC_SIZE",
        /// By size, descending.
        DescSize = "DESC_SIZE",
        /// Least relevant first.
        AscRelevance = "ASC_RELEVANCE",
        /// Most relevant first.
        DescRelevance = "DESC_RELEVANCE",
    }
}

open_enum! {
    /// Type of the files of a list.
    pub enum FileTypeFilter {
        /// All files.
        All = "all",
        /// Images.
        Image = "image",
        /// Anything else, video included.
        NonImage = "non-image",
    }
}

impl ListAndSearchAssets {
    /// Creates a request for the first page of all files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the kind of the items.
    pub fn kind(mut self, kind: AssetKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Sets the sort order.
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = Some(sort);
        self
    }

    /// Lists one folder, without its subfolders.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Sets a search query.
    pub fn search_query(mut self, query: impl Into<String>) -> Self {
        self.search_query = Some(query.into());
        self
    }

    /// Sets the type of the files.
    pub fn file_type(mut self, file_type: FileTypeFilter) -> Self {
        self.file_type = Some(file_type);
        self
    }

    /// Sets the page size, 1 to 1,000.
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Skips the first `skip` items.
    pub fn skip(mut self, skip: u64) -> Self {
        self.skip = Some(skip);
        self
    }
}

impl Endpoint for ListAndSearchAssets {
    type Output = Vec<Asset>;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        let fits = self.limit.is_none_or(|limit| (1..=1_000).contains(&limit));
        cx.ensure(fits, "limit", "a page has 1 to 1,000 assets")?;
        cx.request(Self::OPERATION).query(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Vec<Asset>, DecodeError> {
        decode::json(response)
    }
}

impl Documented for ListAndSearchAssets {
    const OPERATION: &'static Operation = &Operation::new(
        "list-and-search-assets",
        Method::GET,
        "/v1/files",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/list-and-search-assets",
    );

    const SAMPLE: Sample = Sample::new(
        "{}",
        r#"[{"type": "folder", "folderId": "6441fce4e809dd54b0dee029", "name": "kittens",
            "folderPath": "/pets/kittens", "createdAt": "2024-01-31T08:00:00.000Z",
            "updatedAt": "2024-01-31T08:00:00.000Z"},
           {"type": "file", "fileId": "598821f949c0a938d57563bd", "name": "cat.jpg",
            "filePath": "/pets/cat.jpg", "url": "https://ik.imagekit.io/demo/pets/cat.jpg",
            "tags": ["cat", "grey"], "fileType": "image", "width": 640, "height": 480, "size": 117079}]"#,
    );
}

impl Paged for ListAndSearchAssets {
    type Item = Asset;

    const MAX_PAGE: u32 = 1_000;

    fn skipped(&self) -> u64 {
        self.skip.unwrap_or(0)
    }

    fn page_size(&self) -> Option<u32> {
        self.limit
    }

    fn page_at(&self, skip: u64, size: u32) -> Self {
        self.clone().skip(skip).limit(size)
    }

    /// Versions of a file share its id.
    fn item_id(asset: &Asset) -> Cow<'_, str> {
        match asset {
            Asset::File(file) => Cow::Borrowed(&file.file_id),
            Asset::FileVersion(file) => {
                let version = file.version_info.as_ref().and_then(|version| version.id.as_deref());
                Cow::Owned(format!("{} {} {}", file.file_id, version.unwrap_or_default(), file.url))
            }
            Asset::Folder(folder) => Cow::Borrowed(&folder.folder_id),
            Asset::Other(object) => Cow::Owned(format!("{object:?}")),
        }
    }
}
