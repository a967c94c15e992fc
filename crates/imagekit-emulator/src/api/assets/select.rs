//! From a plan to the assets of one page, by way of the library's indexes.

use super::Asset;
use super::sort::{By, Sort};
use crate::library::{File, Key, Library, Ordered};
use crate::search::{Plan, Source};

/// One page of the assets that a plan and a predicate leave.
pub(super) struct Page<'a> {
    pub(super) library: &'a Library,
    pub(super) sort: Sort,
    pub(super) skip: usize,
    pub(super) limit: usize,
}

impl<'a> Page<'a> {
    pub(super) fn select(
        &self,
        plan: &Plan<'_>,
        keeps: impl Fn(&Asset<'_>) -> bool,
    ) -> Vec<Asset<'a>> {
        let mut others = self.others(plan);
        others.retain(&keeps);
        if !plan.files {
            return self.sorted(others);
        }
        // What an index lists in the right order need not be gathered and sorted.
        let counted = plan.exact && others.is_empty();
        if let Some(files) = self.in_order(&plan.source, if counted { self.skip } else { 0 }) {
            if counted {
                return files.take(self.limit).collect();
            }
            others.sort_unstable_by(|a, b| self.sort.compare(a, b));
            let files = files.filter(&keeps);
            return merge(files, others, self.sort).skip(self.skip).take(self.limit).collect();
        }
        others.extend(self.files(&plan.source).filter_map(Asset::current).filter(&keeps));
        self.sorted(others)
    }

    /// Folders and earlier versions: there is no index of them.
    fn others(&self, plan: &Plan<'_>) -> Vec<Asset<'a>> {
        let mut others = Vec::new();
        if plan.versions {
            let versions = self.library.files().flat_map(|file| {
                let earlier = file.versions.iter().filter(|version| !file.is_current(version));
                earlier.map(move |version| Asset::File(file, version))
            });
            others.extend(versions);
        }
        if plan.folders {
            others.extend(self.library.folders().map(Asset::Folder));
        }
        others
    }

    /// The files of a source, in the order of the page; `None` when no index has that order.
    fn in_order(
        &self,
        source: &Source<'_>,
        skip: usize,
    ) -> Option<Box<dyn Iterator<Item = Asset<'a>> + 'a>> {
        let library = self.library;
        let asset = |number: u32| Asset::current(library.numbered(number)?);
        if let (Source::All, By::Name) = (source, self.sort.by) {
            let names = library.names();
            return Some(if self.sort.descending {
                Box::new(names.descending(skip).filter_map(move |(_, number)| asset(*number)))
            } else {
                Box::new(names.ascending(skip).filter_map(move |(_, number)| asset(*number)))
            });
        }
        if self.sort.by != By::Created {
            return None;
        }
        let list: Option<&Ordered<Key>> = match source {
            Source::All => Some(library.order()),
            Source::Folder(path) => library.in_folder(path),
            Source::Tags(tags) => match tags.as_slice() {
                [tag] => library.tagged(tag),
                _ => {
                    let keys = tagged(library, tags).into_iter();
                    return Some(if self.sort.descending {
                        Box::new(keys.rev().skip(skip).filter_map(move |(_, number)| asset(number)))
                    } else {
                        Box::new(keys.skip(skip).filter_map(move |(_, number)| asset(number)))
                    });
                }
            },
            Source::Id(_) | Source::Name(_) | Source::Below(_) => return None,
        };
        let Some(list) = list else { return Some(Box::new(std::iter::empty())) };
        Some(if self.sort.descending {
            Box::new(list.descending(skip).filter_map(move |(_, number)| asset(*number)))
        } else {
            Box::new(list.ascending(skip).filter_map(move |(_, number)| asset(*number)))
        })
    }

    /// The files of a source, in any order.
    fn files(&self, source: &Source<'_>) -> Box<dyn Iterator<Item = &'a File> + 'a> {
        let library = self.library;
        let by_key = move |(_, number): &(_, u32)| library.numbered(*number);
        match source {
            Source::All => Box::new(library.files()),
            Source::Id(id) => Box::new(library.file(*id).into_iter()),
            Source::Name(prefix) => Box::new(library.named(prefix)),
            Source::Folder(path) => {
                let list = library.in_folder(path).map(|list| list.ascending(0));
                Box::new(list.into_iter().flatten().filter_map(by_key))
            }
            Source::Below(path) => {
                let ids = library.files_within(path);
                Box::new(ids.into_iter().filter_map(|id| library.file(id)))
            }
            Source::Tags(tags) => {
                let keys = tagged(library, tags).into_iter();
                Box::new(keys.filter_map(move |key| library.numbered(key.1)))
            }
        }
    }

    fn sorted(&self, mut assets: Vec<Asset<'a>>) -> Vec<Asset<'a>> {
        let end = self.skip.saturating_add(self.limit);
        if end < assets.len() {
            assets.select_nth_unstable_by(end, |a, b| self.sort.compare(a, b));
            assets.truncate(end);
        }
        assets.sort_unstable_by(|a, b| self.sort.compare(a, b));
        assets.drain(..self.skip.min(assets.len()));
        assets
    }
}

/// The files with any of these tags, in the order of their creation.
fn tagged(library: &Library, tags: &[&str]) -> Vec<Key> {
    let lists = tags.iter().filter_map(|tag| library.tagged(tag));
    let mut keys: Vec<Key> = lists.flat_map(|list| list.ascending(0).copied()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Merges two sorted sequences.
fn merge<'a>(
    files: impl Iterator<Item = Asset<'a>>,
    others: Vec<Asset<'a>>,
    sort: Sort,
) -> impl Iterator<Item = Asset<'a>> {
    let (mut files, mut others) = (files.peekable(), others.into_iter().peekable());
    std::iter::from_fn(move || match (files.peek(), others.peek()) {
        (Some(file), Some(other)) if sort.compare(other, file).is_lt() => others.next(),
        (Some(_), _) => files.next(),
        (None, _) => others.next(),
    })
}
