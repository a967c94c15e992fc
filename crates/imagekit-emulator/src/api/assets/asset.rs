//! One item of a list: a file, a version of it, or a folder.

use serde::{Serialize, Serializer};

use crate::ids::Id;
use crate::instant::Instant;
use crate::library::render::{Details, FolderDetails};
use crate::library::{File, Folder, Version, names};

/// One item of a list.
#[derive(Clone, Copy)]
pub(crate) enum Asset<'a> {
    File(&'a File, &'a Version),
    Folder(&'a Folder),
}

impl<'a> Asset<'a> {
    /// The current version of a file.
    pub(crate) fn current(file: &'a File) -> Option<Self> {
        Some(Self::File(file, file.current()?))
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::File(file, version) if file.is_current(version) => "file",
            Self::File(..) => "file-version",
            Self::Folder(_) => "folder",
        }
    }

    /// The folder that it lies in.
    pub(crate) fn parent(&self) -> &str {
        match self {
            Self::File(file, _) => &file.folder,
            Self::Folder(folder) => names::parent(&folder.path),
        }
    }

    pub(crate) fn id(&self) -> Id {
        match self {
            Self::File(file, _) => file.id,
            Self::Folder(folder) => folder.id,
        }
    }

    pub(crate) fn name(&self) -> &'a str {
        match self {
            Self::File(file, _) => &file.name,
            Self::Folder(folder) => names::last(&folder.path),
        }
    }

    pub(crate) fn created_at(&self) -> Instant {
        match self {
            Self::File(_, version) => version.created_at,
            Self::Folder(folder) => folder.created_at,
        }
    }

    pub(crate) fn updated_at(&self) -> Instant {
        match self {
            Self::File(_, version) => version.updated_at,
            Self::Folder(folder) => folder.updated_at,
        }
    }

    pub(crate) fn version(&self) -> Option<&'a Version> {
        match self {
            Self::File(_, version) => Some(version),
            Self::Folder(_) => None,
        }
    }
}

/// An asset as a list holds it. `base` is the URL endpoint.
pub(super) struct Item<'a> {
    pub(super) base: &'a str,
    pub(super) asset: Asset<'a>,
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.asset {
            Asset::File(file, version) => {
                Details::new(self.base, file, version).serialize(serializer)
            }
            Asset::Folder(folder) => FolderDetails::new(folder).serialize(serializer),
        }
    }
}
