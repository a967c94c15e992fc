//! The media library: files, their versions, folders.

mod file;
pub(crate) mod names;
pub(crate) mod render;

use std::collections::BTreeMap;

pub(crate) use file::{AiTag, Content, Fields, File, Version};

use crate::ids::Ids;
use crate::instant::Instant;

/// A file has at most this many versions (the OpenAPI file).
pub(crate) const MAX_VERSIONS: usize = 100;

/// A folder. The root is none.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    pub(crate) id: String,
    /// As `/a/b`.
    pub(crate) path: String,
    pub(crate) created_at: Instant,
    pub(crate) updated_at: Instant,
}

/// Files and folders.
#[derive(Debug, Default)]
pub(crate) struct Library {
    /// In the order of their making.
    files: Vec<File>,
    /// Where a file stands in `files`, by id.
    by_id: BTreeMap<String, usize>,
    /// Id by path.
    by_path: BTreeMap<String, String>,
    /// By path.
    folders: BTreeMap<String, Folder>,
}

impl Library {
    pub(crate) fn files(&self) -> impl Iterator<Item = &File> {
        self.files.iter()
    }

    pub(crate) fn folders(&self) -> impl Iterator<Item = &Folder> {
        self.folders.values()
    }

    pub(crate) fn has_folder(&self, path: &str) -> bool {
        path == "/" || self.folders.contains_key(path)
    }

    pub(crate) fn file(&self, id: &str) -> Option<&File> {
        self.files.get(*self.by_id.get(id)?)
    }

    pub(crate) fn file_mut(&mut self, id: &str) -> Option<&mut File> {
        self.files.get_mut(*self.by_id.get(id)?)
    }

    pub(crate) fn at_path(&self, path: &str) -> Option<&File> {
        self.file(self.by_path.get(path)?)
    }

    /// Adds a file to a path that is free.
    pub(crate) fn add(&mut self, file: File) {
        self.by_path.insert(file.path(), file.id.clone());
        self.by_id.insert(file.id.clone(), self.files.len());
        self.files.push(file);
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<File> {
        let at = self.by_id.remove(id)?;
        let file = self.files.remove(at);
        for index in self.by_id.values_mut().filter(|index| **index > at) {
            *index -= 1;
        }
        self.by_path.remove(&file.path());
        Some(file)
    }

    /// Makes a folder and those above it, where they are missing.
    pub(crate) fn make_folder(&mut self, path: &str, now: Instant, ids: &mut Ids) {
        let mut at = path;
        while at != "/" && !self.folders.contains_key(at) {
            let id = ids.object(now);
            let folder = Folder { id, path: at.to_owned(), created_at: now, updated_at: now };
            self.folders.insert(at.to_owned(), folder);
            at = names::parent(at);
        }
    }

    /// Removes a folder and everything below it.
    pub(crate) fn remove_folder(&mut self, path: &str) {
        self.folders.retain(|folder, _| !names::is_within(folder, path));
        let inside = |file: &&File| names::is_within(&file.folder, path);
        let ids: Vec<String> =
            self.files.iter().filter(inside).map(|file| file.id.clone()).collect();
        for id in ids {
            self.remove(&id);
        }
    }

    /// Gives a file another folder and name; the path has to be free.
    pub(crate) fn relocate(&mut self, id: &str, folder: &str, name: &str) {
        if let Some(mut file) = self.remove(id) {
            file.folder = folder.to_owned();
            file.name = name.to_owned();
            self.add(file);
        }
    }
}
