//! What changes in the library, noted for webhook events.

use super::File;
use crate::ids::Id;

/// A change of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Created(Id),
    /// Neither a new version nor one less.
    Updated(Id),
    Deleted(Id),
    VersionCreated {
        file: Id,
        version: Id,
    },
    VersionDeleted {
        file: Id,
        version: Id,
    },
}

/// Notes how the versions of a file differ from `before`, or that something else has changed.
pub(super) fn note_edit(changes: &mut Vec<Change>, before: &[Id], after: &File) {
    let file = after.id;
    let known = changes.len();
    for version in after.versions.iter().map(|version| version.id) {
        if !before.contains(&version) {
            changes.push(Change::VersionCreated { file, version });
        }
    }
    for version in before.iter().copied() {
        if after.version(version).is_none() {
            changes.push(Change::VersionDeleted { file, version });
        }
    }
    if changes.len() == known {
        changes.push(Change::Updated(file));
    }
}
