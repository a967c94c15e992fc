//! A file and its versions.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Blob;
use super::facts::Facts;
use crate::ids::{Id, Ids};
use crate::instant::Instant;

/// A file: a path, and at least one version.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) id: Id,
    /// Its place in the order of making; the library sets it.
    pub(crate) number: u32,
    /// The folder, as `/a/b`.
    pub(crate) folder: Arc<str>,
    pub(crate) name: Arc<str>,
    /// Oldest first.
    pub(crate) versions: Vec<Version>,
    /// The id of the current version.
    pub(crate) current: Id,
}

/// One version of a file.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) id: Id,
    /// Which version this is, from 1.
    pub(crate) number: u32,
    pub(crate) object: ObjectVersion,
    pub(crate) content: Content,
    pub(crate) fields: Fields,
    pub(crate) created_at: Instant,
    pub(crate) updated_at: Instant,
}

/// What `ik-obj-version` names in a URL; it changes when the version is published or
/// unpublished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ObjectVersion(pub(crate) u64);

impl ObjectVersion {
    /// The 32 characters that the URL holds.
    pub(crate) fn text(self) -> String {
        Ids::seeded(self.0).text(32)
    }
}

/// The bytes of a version, and what they say.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub(crate) blob: Blob,
    pub(crate) size: u64,
    pub(crate) facts: Arc<Facts>,
}

/// What the user says of a version.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) tags: Vec<Arc<str>>,
    pub(crate) ai_tags: Vec<AiTag>,
    pub(crate) custom_coordinates: Option<Box<str>>,
    pub(crate) custom_metadata: Map<String, Value>,
    pub(crate) description: Option<Box<str>>,
    pub(crate) is_private: bool,
    pub(crate) is_published: bool,
}

/// A tag that an extension set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AiTag {
    pub(crate) name: Arc<str>,
    pub(crate) confidence: f64,
    pub(crate) source: Arc<str>,
}

impl File {
    pub(crate) fn path(&self) -> String {
        super::names::join(&self.folder, &self.name)
    }

    pub(crate) fn version(&self, id: Id) -> Option<&Version> {
        self.versions.iter().find(|version| version.id == id)
    }

    pub(crate) fn current(&self) -> Option<&Version> {
        self.version(self.current)
    }

    pub(crate) fn current_mut(&mut self) -> Option<&mut Version> {
        let current = self.current;
        self.versions.iter_mut().find(|version| version.id == current)
    }

    /// The number of the version that comes next.
    pub(crate) fn next_number(&self) -> u32 {
        self.versions.iter().map(|version| version.number).max().unwrap_or(0) + 1
    }

    pub(crate) fn is_current(&self, version: &Version) -> bool {
        version.id == self.current
    }

    /// The bytes of all versions together.
    pub(crate) fn size(&self) -> u64 {
        self.versions.iter().map(|version| version.content.size).sum()
    }
}

impl Fields {
    /// The tags by which a search finds the version: those of extensions too.
    pub(crate) fn found_by(&self) -> BTreeSet<&str> {
        let ai_tags = self.ai_tags.iter().map(|tag| &tag.name);
        self.tags.iter().chain(ai_tags).map(AsRef::as_ref).collect()
    }

    pub(crate) fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|held| **held == *tag)
    }
}

impl Content {
    /// The response of the metadata API.
    pub(crate) fn metadata(&self) -> Value {
        let metadata = &self.facts.inspection.metadata;
        let mut metadata = serde_json::to_value(metadata).unwrap_or_default();
        if let Some(metadata) = metadata.as_object_mut() {
            metadata.insert("size".to_owned(), self.size.into());
        }
        metadata
    }

    pub(crate) fn is_image(&self) -> bool {
        self.facts.inspection.is_image
    }

    pub(crate) fn mime(&self) -> &str {
        &self.facts.inspection.mime
    }

    pub(crate) fn file_type(&self) -> &'static str {
        if self.is_image() { "image" } else { "non-image" }
    }

    pub(crate) fn is_video(&self) -> bool {
        self.mime().starts_with("video/")
    }
}
