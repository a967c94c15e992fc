//! Changes of the library as a data folder keeps them, and the way back.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{File, Folder, Library};
use crate::ids::Id;
use crate::instant::Instant;

/// A folder without its files.
pub(crate) struct FolderFacts {
    pub(crate) id: Id,
    pub(crate) path: String,
    pub(crate) created_at: Instant,
    pub(crate) updated_at: Instant,
}

impl Library {
    /// Begins to note which files and folders change.
    pub(crate) fn track(&mut self) {
        self.touched.begin();
        self.folders.touched.begin();
    }

    /// Returns the files that were added, changed or removed since the last call.
    pub(crate) fn take_touched_files(&mut self) -> BTreeSet<Id> {
        self.touched.take()
    }

    /// Returns the folders that were added, changed or removed since the last call.
    pub(crate) fn take_touched_folders(&mut self) -> BTreeSet<Arc<str>> {
        self.folders.touched.take()
    }

    pub(crate) fn folder(&self, path: &str) -> Option<&Folder> {
        self.folders.get(path)
    }

    /// Takes a folder away, but not what lies in it.
    pub(crate) fn drop_folder(&mut self, path: &str) {
        self.folders.remove_one(path);
    }

    /// Adds a folder, or changes the one that has its path.
    pub(crate) fn restore_folder(&mut self, facts: FolderFacts) {
        let FolderFacts { id, path, created_at, updated_at } = facts;
        if let Some(folder) = self.folders.get_mut(&path) {
            (folder.id, folder.created_at, folder.updated_at) = (id, created_at, updated_at);
            return;
        }
        let (files, order) = Default::default();
        let path = path.into();
        self.folders.add(Folder { id, path, created_at, updated_at, files, order });
    }

    /// Takes a file away without a trace.
    pub(crate) fn drop_file(&mut self, id: Id) {
        let Some(number) = self.by_id.remove(&id) else { return };
        self.unindex(number);
        if let Some(place) = self.files.get_mut(number as usize) {
            *place = None;
        }
    }

    /// Adds a file under its number. Its folder has to be there, its id and path must not.
    pub(crate) fn restore_file(&mut self, file: File) {
        let number = file.number;
        let place = number as usize;
        if self.files.len() <= place {
            self.files.resize_with(place + 1, || None);
        }
        self.by_id.insert(file.id, number);
        if let Some(free) = self.files.get_mut(place) {
            *free = Some(Box::new(file));
        }
        self.index(number);
    }
}
