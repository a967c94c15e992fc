//! The order of a list.

use std::cmp::Ordering;

use super::Asset;

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sort {
    pub(super) by: By,
    pub(super) descending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Name,
    /// Also the order of `RELEVANCE`: all that a search finds is equally relevant.
    Created,
    Updated,
    Height,
    Width,
    Size,
}

impl Sort {
    /// The default of the API.
    pub(super) const CREATED: Self = Self { by: By::Created, descending: false };

    /// Reads `DESC_NAME` and the like.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (direction, by) = text.split_once('_')?;
        let descending = match direction {
            "ASC" => false,
            "DESC" => true,
            _ => return None,
        };
        let by = match by {
            "NAME" => By::Name,
            "CREATED" | "RELEVANCE" => By::Created,
            "UPDATED" => By::Updated,
            "HEIGHT" => By::Height,
            "WIDTH" => By::Width,
            "SIZE" => By::Size,
            _ => return None,
        };
        Some(Self { by, descending })
    }

    /// Compares two assets; no two are equal.
    pub(super) fn compare(self, a: &Asset<'_>, b: &Asset<'_>) -> Ordering {
        // Files come before folders, otherwise the order of creation decides.
        let folder = |asset: &Asset<'_>| matches!(asset, Asset::Folder(_));
        let directed = |order: Ordering| if self.descending { order.reverse() } else { order };
        directed(self.by.compare(a, b))
            .then_with(|| folder(a).cmp(&folder(b)))
            .then_with(|| directed(made(a).cmp(&made(b))))
    }
}

/// The position of an asset in the order of creation.
fn made<'a>(asset: &Asset<'a>) -> (u32, u32, Option<&'a str>) {
    match asset {
        Asset::File(file, version) => (file.number, version.number, None),
        Asset::Folder(folder) => (0, 0, Some(&*folder.path)),
    }
}

impl By {
    fn compare(self, a: &Asset<'_>, b: &Asset<'_>) -> Ordering {
        let height = |asset: &Asset<'_>| asset.version()?.content.facts.inspection.metadata.height;
        let width = |asset: &Asset<'_>| asset.version()?.content.facts.inspection.metadata.width;
        let size = |asset: &Asset<'_>| asset.version().map(|version| version.content.size);
        match self {
            Self::Name => a.name().cmp(b.name()),
            Self::Created => a.created_at().cmp(&b.created_at()),
            Self::Updated => a.updated_at().cmp(&b.updated_at()),
            Self::Height => height(a).cmp(&height(b)),
            Self::Width => width(a).cmp(&width(b)),
            Self::Size => size(a).cmp(&size(b)),
        }
    }
}
