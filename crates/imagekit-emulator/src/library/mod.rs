//! The media library: files, their versions, folders, and the indexes that find them.

mod blob;
mod changes;
mod facts;
mod file;
mod folders;
pub(crate) mod names;
mod ordered;
pub(crate) mod render;
#[cfg(feature = "server")]
mod restore;

use std::collections::HashMap;
use std::sync::Arc;

pub(crate) use blob::Blob;
pub(crate) use changes::Change;
use changes::note_edit;
pub(crate) use facts::SharedFacts;
pub(crate) use file::{AiTag, Content, Fields, File, ObjectVersion, Version};
pub(crate) use folders::Folder;
use folders::Folders;
pub(crate) use ordered::Ordered;
#[cfg(feature = "server")]
pub(crate) use restore::FolderFacts;

use crate::ids::{Id, Ids};
use crate::instant::Instant;
use crate::tracked::Touched;

/// A file has at most this many versions (the OpenAPI file).
pub(crate) const MAX_VERSIONS: usize = 100;
/// Folders nest at most this deep (the OpenAPI file).
pub(crate) const MAX_DEPTH: usize = 50;
/// Operations on folders refuse more nested items than this (the OpenAPI file).
pub(crate) const MAX_NESTED: usize = 100_000;

/// When the current version of a file was created, and the number of the file: the order of
/// lists.
pub(crate) type Key = (Instant, u32);

/// Files and folders.
#[derive(Debug, Default)]
pub(crate) struct Library {
    /// By number, in the order of their making; a number is not used again.
    files: Vec<Option<Box<File>>>,
    by_id: HashMap<Id, u32>,
    folders: Folders,
    order: Ordered<Key>,
    names: Ordered<(Arc<str>, u32)>,
    tags: HashMap<Arc<str>, Ordered<Key>>,
    size: u64,
    /// Since they were last taken.
    changes: Vec<Change>,
    touched: Touched<Id>,
}

impl Library {
    /// All files, in the order of their making.
    pub(crate) fn files(&self) -> impl Iterator<Item = &File> {
        self.files.iter().flatten().map(|file| &**file)
    }

    /// How many files there are.
    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// The bytes of all versions of all files.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// All folders but the root, by path.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &Folder> {
        self.folders.iter()
    }

    pub(crate) fn has_folder(&self, path: &str) -> bool {
        self.folders.get(path).is_some()
    }

    pub(crate) fn file(&self, id: Id) -> Option<&File> {
        self.numbered(*self.by_id.get(&id)?)
    }

    pub(crate) fn at_path(&self, path: &str) -> Option<&File> {
        let folder = self.folders.get(names::parent(path))?;
        self.numbered(*folder.files.get(names::last(path))?)
    }

    pub(crate) fn numbered(&self, number: u32) -> Option<&File> {
        self.files.get(number as usize)?.as_deref()
    }

    /// All files in the order of their creation.
    pub(crate) fn order(&self) -> &Ordered<Key> {
        &self.order
    }

    /// The files that lie in a folder, in the order of their creation.
    pub(crate) fn in_folder(&self, path: &str) -> Option<&Ordered<Key>> {
        self.folders.get(path).map(|folder| &folder.order)
    }

    /// The files whose current version has a tag, in the order of their creation.
    pub(crate) fn tagged(&self, tag: &str) -> Option<&Ordered<Key>> {
        self.tags.get(tag)
    }

    /// All files by name.
    pub(crate) fn names(&self) -> &Ordered<(Arc<str>, u32)> {
        &self.names
    }

    /// The files whose name begins like this.
    pub(crate) fn named<'a>(&'a self, prefix: &str) -> impl Iterator<Item = &'a File> + use<'a> {
        let begin: Box<str> = prefix.into();
        let until = begin.clone();
        let names = &self.names;
        names
            .from(move |(name, _)| **name < *begin)
            .take_while(move |(name, _)| name.starts_with(&*until))
            .filter_map(|(_, number)| self.numbered(*number))
    }

    /// Adds a file to a path that is free. Makes its folder, where that is missing.
    pub(crate) fn add(&mut self, mut file: File, now: Instant, ids: &mut Ids) {
        let Ok(number) = u32::try_from(self.files.len()) else { return };
        self.folders.make(&file.folder, now, ids);
        file.number = number;
        self.by_id.insert(file.id, number);
        self.changes.push(Change::Created(file.id));
        self.touched.note(|| file.id);
        self.files.push(Some(Box::new(file)));
        self.index(number);
    }

    pub(crate) fn remove(&mut self, id: Id) -> Option<File> {
        let number = self.by_id.remove(&id)?;
        self.changes.push(Change::Deleted(id));
        self.touched.note(|| id);
        self.unindex(number);
        self.files.get_mut(number as usize)?.take().map(|file| *file)
    }

    /// Changes a file. `None`: there is none with this id.
    pub(crate) fn edit<T>(&mut self, id: Id, change: impl FnOnce(&mut File) -> T) -> Option<T> {
        let number = *self.by_id.get(&id)?;
        self.touched.note(|| id);
        self.unindex(number);
        let file = self.files.get_mut(number as usize)?.as_deref_mut();
        let result = file.map(|file| {
            let before: Vec<Id> = file.versions.iter().map(|version| version.id).collect();
            let result = change(file);
            note_edit(&mut self.changes, &before, file);
            result
        });
        self.index(number);
        result
    }

    /// Takes the changes of files since the last call.
    pub(crate) fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    /// Makes a folder and those above it, where they are missing.
    pub(crate) fn make_folder(&mut self, path: &str, now: Instant, ids: &mut Ids) {
        self.folders.make(path, now, ids);
    }

    /// Makes the folder that another one becomes: the same folder, where the path is free.
    pub(crate) fn continue_folder(&mut self, from: &str, to: &str, now: Instant, ids: &mut Ids) {
        if self.has_folder(to) {
            return;
        }
        self.folders.make(to, now, ids);
        let old = self.folders.get(from).map(|old| (old.id, old.created_at));
        if let (Some((id, created_at)), Some(new)) = (old, self.folders.get_mut(to)) {
            new.id = id;
            new.created_at = created_at;
            self.folders.touched.note(|| to.into());
        }
    }

    /// Removes a folder and everything below it.
    pub(crate) fn remove_folder(&mut self, path: &str) {
        for id in self.files_within(path) {
            self.remove(id);
        }
        self.folders.remove(path);
    }

    /// Gives a file another folder and name; the path has to be free.
    pub(crate) fn relocate(&mut self, id: Id, path: (&str, &str), now: Instant, ids: &mut Ids) {
        let folder = self.folders.make(path.0, now, ids);
        self.edit(id, |file| {
            file.folder = folder;
            file.name = path.1.into();
        });
    }

    /// A folder and those below it, without the root.
    pub(crate) fn folders_within(&self, path: &str) -> impl Iterator<Item = &Folder> {
        self.folders.within(path)
    }

    /// The files in a folder and below it.
    pub(crate) fn files_within(&self, path: &str) -> Vec<Id> {
        let root = self.folders.get(path).filter(|_| path == "/");
        let folders = root.into_iter().chain(self.folders.within(path));
        let numbers = folders.flat_map(|folder| folder.files.values());
        numbers.filter_map(|number| Some(self.numbered(*number)?.id)).collect()
    }

    /// How many files, versions and folders lie below a folder.
    pub(crate) fn nested(&self, path: &str) -> usize {
        let folders = self.folders.within(path).count().saturating_sub(1);
        let versions = self.files_within(path).into_iter().filter_map(|id| self.file(id));
        folders + versions.map(|file| file.versions.len()).sum::<usize>()
    }

    fn index(&mut self, number: u32) {
        let Self { files, folders, order, names, tags, size, .. } = self;
        let Some(Some(file)) = files.get_mut(number as usize) else { return };
        let Some(folder) = folders.get_mut(&file.folder) else { return };
        *size += file.size();
        file.folder = Arc::clone(&folder.path);
        folder.files.insert(Arc::clone(&file.name), number);
        names.insert((Arc::clone(&file.name), number));
        let Some(current) = file.current_mut() else { return };
        let key = (current.created_at, number);
        order.insert(key);
        folder.order.insert(key);
        // The text of a tag is kept once.
        let ai_tags = current.fields.ai_tags.iter_mut().map(|tag| &mut tag.name);
        for tag in current.fields.tags.iter_mut().chain(ai_tags) {
            match tags.get_key_value(tag) {
                Some((kept, _)) => *tag = Arc::clone(kept),
                None => drop(tags.insert(Arc::clone(tag), Ordered::default())),
            }
        }
        for tag in current.fields.found_by() {
            if let Some(tagged) = tags.get_mut(tag) {
                tagged.insert(key);
            }
        }
    }

    fn unindex(&mut self, number: u32) {
        let Self { files, folders, order, names, tags, size, .. } = self;
        let Some(Some(file)) = files.get(number as usize) else { return };
        *size = size.saturating_sub(file.size());
        names.remove(&(Arc::clone(&file.name), number));
        let Some(current) = file.current() else { return };
        let key = (current.created_at, number);
        order.remove(&key);
        if let Some(folder) = folders.get_mut(&file.folder) {
            folder.files.remove(&file.name);
            folder.order.remove(&key);
        }
        for tag in current.fields.found_by() {
            let Some(tagged) = tags.get_mut(tag) else { continue };
            tagged.remove(&key);
            if tagged.is_empty() {
                tags.remove(tag);
            }
        }
    }
}
