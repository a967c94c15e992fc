//! The folders of the library, and which files lie in them.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use super::{Key, Ordered, names};
use crate::ids::{Id, Ids};
use crate::instant::Instant;
use crate::tracked::Touched;

/// A folder.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    pub(crate) id: Id,
    /// As `/a/b`, the root as `/`.
    pub(crate) path: Arc<str>,
    pub(crate) created_at: Instant,
    pub(crate) updated_at: Instant,
    /// The number of each file that lies in it, by name.
    pub(super) files: BTreeMap<Arc<str>, u32>,
    /// The same files, in the order of their creation.
    pub(super) order: Ordered<Key>,
}

/// Folders by path, the root among them.
#[derive(Debug)]
pub(super) struct Folders {
    by_path: BTreeMap<Arc<str>, Folder>,
    pub(super) touched: Touched<Arc<str>>,
}

impl Default for Folders {
    fn default() -> Self {
        let mut folders = Self { by_path: BTreeMap::new(), touched: Touched::default() };
        let start = Instant::from_duration(std::time::Duration::ZERO);
        folders.insert("/", start, &mut Ids::seeded(0));
        folders
    }
}

impl Folders {
    pub(super) fn get(&self, path: &str) -> Option<&Folder> {
        self.by_path.get(path)
    }

    pub(super) fn get_mut(&mut self, path: &str) -> Option<&mut Folder> {
        self.by_path.get_mut(path)
    }

    /// All but the root.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Folder> {
        self.by_path.values().filter(|folder| &*folder.path != "/")
    }

    /// A folder and those below it, the root never among them.
    pub(super) fn within(&self, path: &str) -> impl Iterator<Item = &Folder> {
        let below = if path == "/" { path.to_owned() } else { format!("{path}/") };
        let itself = self.by_path.get(path).filter(|_| path != "/");
        let range =
            self.by_path.range::<str, _>((Bound::Excluded(below.as_str()), Bound::Unbounded));
        let below = range
            .map(|(_, folder)| folder)
            .take_while(move |folder| folder.path.starts_with(below.as_str()))
            .collect::<Vec<_>>();
        itself.into_iter().chain(below)
    }

    /// Makes a folder and those above it, where they are missing. Returns its path.
    pub(super) fn make(&mut self, path: &str, now: Instant, ids: &mut Ids) -> Arc<str> {
        let mut at = path;
        while !self.by_path.contains_key(at) {
            self.insert(at, now, ids);
            at = names::parent(at);
        }
        self.by_path.get(path).map_or_else(|| path.into(), |folder| Arc::clone(&folder.path))
    }

    /// Removes a folder and those below it.
    pub(super) fn remove(&mut self, path: &str) {
        let paths: Vec<_> = self.within(path).map(|folder| Arc::clone(&folder.path)).collect();
        for path in paths {
            self.by_path.remove(&path);
            self.touched.note(|| path);
        }
    }

    /// Removes a folder, but not those below it.
    #[cfg(feature = "server")]
    pub(super) fn remove_one(&mut self, path: &str) {
        self.by_path.remove(path);
    }

    /// Adds a folder.
    #[cfg(feature = "server")]
    pub(super) fn add(&mut self, folder: Folder) {
        self.by_path.insert(Arc::clone(&folder.path), folder);
    }

    fn insert(&mut self, path: &str, now: Instant, ids: &mut Ids) {
        let path: Arc<str> = path.into();
        self.touched.note(|| Arc::clone(&path));
        let folder = Folder {
            id: ids.object(now),
            path: Arc::clone(&path),
            created_at: now,
            updated_at: now,
            files: BTreeMap::new(),
            order: Ordered::default(),
        };
        self.by_path.insert(path, folder);
    }
}
