//! Listing a folder with everything below it.

use super::assets::ListAndSearchAssets;
use crate::search::{AssetType, QueryError, field};

impl ListAndSearchAssets {
    /// Lists the assets of these types in a folder and in all folders below it, with one search
    /// query: [`path`](Self::path) alone lists one level.
    ///
    /// `/` is the whole library. The query takes the place of [`kind`](Self::kind) and of any other
    /// [`search_query`](Self::search_query); to search for more, start from
    /// [`field::path`].
    ///
    /// Read all of it with a [`Listing`](crate::flow::Listing).
    ///
    /// # Errors
    ///
    /// The path holds a character that cannot be quoted in a query, or there is no type.
    ///
    /// ```
    /// use imagekit_proto::api::assets::ListAndSearchAssets;
    /// use imagekit_proto::search::AssetType;
    ///
    /// let files = ListAndSearchAssets::below("/sale", [AssetType::File])?;
    /// assert_eq!(files.search_query.as_deref(), Some(r#"path : "/sale/" AND type = "file""#));
    ///
    /// let all = ListAndSearchAssets::below("/", [AssetType::File, AssetType::Folder])?;
    /// assert_eq!(all.search_query.as_deref(), Some(r#"path : "/" AND type IN ["file", "folder"]"#));
    /// # Ok::<(), imagekit_proto::search::QueryError>(())
    /// ```
    #[doc(alias = "recursive")]
    pub fn below(
        folder: &str,
        types: impl IntoIterator<Item = AssetType>,
    ) -> Result<Self, QueryError> {
        let path = match folder.trim_matches('/') {
            "" => "/".to_owned(),
            inner => format!("/{inner}/"),
        };
        let types: Vec<AssetType> = types.into_iter().collect();
        let is_wanted = match types.as_slice() {
            [one] => field::asset_type().eq(*one),
            _ => field::asset_type().one_of(types),
        };
        let query = field::path().starts_with(path).and(is_wanted).build()?;
        Ok(Self::new().search_query(query))
    }
}
