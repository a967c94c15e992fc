//! Files, folders and bytes as records hold them.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::data::Files;
use crate::ids::Id;
use crate::instant::Instant;
use crate::library::{
    AiTag, Blob, Content, Fields, File, Folder, FolderFacts, ObjectVersion, SharedFacts, Version,
};
use crate::media::Inspection;

/// A folder.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FolderRow {
    id: Id,
    path: String,
    created: Instant,
    updated: Instant,
}

/// What the bytes in one file of the data folder are.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ContentRow {
    pub(super) id: u64,
    /// The bytes that are kept.
    kept: u64,
    size: u64,
    inspection: Inspection,
}

/// A file with its versions.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FileRow {
    pub(super) id: Id,
    number: u32,
    folder: String,
    name: String,
    current: Id,
    versions: Vec<VersionRow>,
}

#[derive(Debug, Serialize, Deserialize)]
struct VersionRow {
    id: Id,
    number: u32,
    object: u64,
    /// The id of a [`ContentRow`].
    content: u64,
    created: Instant,
    updated: Instant,
    private: bool,
    published: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ai_tags: Vec<AiTagRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    coordinates: Option<String>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    metadata: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct AiTagRow {
    name: String,
    confidence: f64,
    source: String,
}

/// What the bytes are, by the id of their [`ContentRow`].
pub(crate) type Contents = HashMap<u64, Content>;

impl FolderRow {
    pub(super) fn new(folder: &Folder) -> Self {
        Self {
            id: folder.id,
            path: folder.path.to_string(),
            created: folder.created_at,
            updated: folder.updated_at,
        }
    }

    pub(super) fn read(self) -> FolderFacts {
        let Self { id, path, created, updated } = self;
        FolderFacts { id, path, created_at: created, updated_at: updated }
    }
}

impl ContentRow {
    /// `None` if the bytes are not in a data folder.
    pub(super) fn new(content: &Content) -> Option<Self> {
        let Blob::Disk(stored) = &content.blob else { return None };
        let inspection = content.facts.inspection.clone();
        Some(Self { id: stored.id, kept: stored.len, size: content.size, inspection })
    }

    pub(super) fn read(self, files: &Files, facts: &mut SharedFacts) -> Content {
        let stored = files.recorded(self.id, self.kept);
        let facts = facts.share(self.inspection);
        Content { blob: Blob::Disk(Arc::new(stored)), size: self.size, facts }
    }
}

impl FileRow {
    /// `None` for a file whose bytes are not in a data folder. Versions whose bytes no record
    /// names so far add a row to `contents`.
    pub(super) fn new(file: &File, contents: &mut Vec<ContentRow>) -> Option<Self> {
        let mut versions = Vec::with_capacity(file.versions.len());
        for version in &file.versions {
            let Blob::Disk(stored) = &version.content.blob else { return None };
            if !stored.recorded.swap(true, Ordering::Relaxed) {
                contents.extend(ContentRow::new(&version.content));
            }
            versions.push(VersionRow::new(version, stored.id));
        }
        Some(Self {
            id: file.id,
            number: file.number,
            folder: file.folder.to_string(),
            name: file.name.to_string(),
            current: file.current,
            versions,
        })
    }

    /// `None` if no record has said what the bytes are.
    pub(super) fn read(self, contents: &Contents) -> Option<File> {
        let versions = self.versions.into_iter().map(|version| version.read(contents));
        Some(File {
            id: self.id,
            number: self.number,
            folder: self.folder.into(),
            name: self.name.into(),
            versions: versions.collect::<Option<_>>()?,
            current: self.current,
        })
    }
}

impl VersionRow {
    fn new(version: &Version, content: u64) -> Self {
        let fields = &version.fields;
        let ai_tag = |tag: &AiTag| AiTagRow {
            name: tag.name.to_string(),
            confidence: tag.confidence,
            source: tag.source.to_string(),
        };
        Self {
            id: version.id,
            number: version.number,
            object: version.object.0,
            content,
            created: version.created_at,
            updated: version.updated_at,
            private: fields.is_private,
            published: fields.is_published,
            tags: fields.tags.iter().map(|tag| tag.to_string()).collect(),
            ai_tags: fields.ai_tags.iter().map(ai_tag).collect(),
            coordinates: fields.custom_coordinates.as_deref().map(str::to_owned),
            metadata: fields.custom_metadata.clone(),
            description: fields.description.as_deref().map(str::to_owned),
        }
    }

    fn read(self, contents: &Contents) -> Option<Version> {
        let ai_tag = |tag: AiTagRow| AiTag {
            name: tag.name.into(),
            confidence: tag.confidence,
            source: tag.source.into(),
        };
        let fields = Fields {
            tags: self.tags.into_iter().map(Into::into).collect(),
            ai_tags: self.ai_tags.into_iter().map(ai_tag).collect(),
            custom_coordinates: self.coordinates.map(Into::into),
            custom_metadata: self.metadata,
            description: self.description.map(Into::into),
            is_private: self.private,
            is_published: self.published,
        };
        Some(Version {
            id: self.id,
            number: self.number,
            object: ObjectVersion(self.object),
            content: contents.get(&self.content)?.clone(),
            fields,
            created_at: self.created,
            updated_at: self.updated,
        })
    }
}
