//! A file and its versions.

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::instant::Instant;
use crate::media::Inspection;

/// A file: a path, and at least one version.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) id: String,
    /// The folder, as `/a/b`.
    pub(crate) folder: String,
    pub(crate) name: String,
    /// Oldest first.
    pub(crate) versions: Vec<Version>,
    /// The id of the current version.
    pub(crate) current: String,
}

/// One version of a file.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) id: String,
    /// Which version this is, from 1.
    pub(crate) number: u64,
    /// Changes when the version is published or unpublished.
    pub(crate) object: String,
    pub(crate) content: Content,
    pub(crate) fields: Fields,
    pub(crate) created_at: Instant,
    pub(crate) updated_at: Instant,
}

/// The bytes of a version, and what they say.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// All of them, or the first ones only.
    pub(crate) bytes: Bytes,
    pub(crate) size: u64,
    pub(crate) inspection: Inspection,
}

/// What the user says of a version.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) tags: Vec<String>,
    pub(crate) ai_tags: Vec<AiTag>,
    pub(crate) custom_coordinates: Option<String>,
    pub(crate) custom_metadata: Map<String, Value>,
    pub(crate) description: Option<String>,
    pub(crate) is_private: bool,
    pub(crate) is_published: bool,
}

/// A tag that an extension set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AiTag {
    pub(crate) name: String,
    pub(crate) confidence: f64,
    pub(crate) source: String,
}

impl File {
    pub(crate) fn path(&self) -> String {
        super::names::join(&self.folder, &self.name)
    }

    pub(crate) fn version(&self, id: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.id == id)
    }

    pub(crate) fn current(&self) -> Option<&Version> {
        self.version(&self.current)
    }

    pub(crate) fn current_mut(&mut self) -> Option<&mut Version> {
        let current = &self.current;
        self.versions.iter_mut().find(|version| version.id == *current)
    }

    /// The number of the version that comes next.
    pub(crate) fn next_number(&self) -> u64 {
        self.versions.iter().map(|version| version.number).max().unwrap_or(0) + 1
    }

    pub(crate) fn is_current(&self, version: &Version) -> bool {
        version.id == self.current
    }
}

impl Content {
    /// The answer of the metadata API.
    pub(crate) fn metadata(&self) -> Value {
        let mut metadata = serde_json::to_value(&self.inspection.metadata).unwrap_or_default();
        if let Some(metadata) = metadata.as_object_mut() {
            metadata.insert("size".to_owned(), self.size.into());
        }
        metadata
    }

    pub(crate) fn file_type(&self) -> &'static str {
        if self.inspection.is_image { "image" } else { "non-image" }
    }

    pub(crate) fn is_video(&self) -> bool {
        self.inspection.mime.starts_with("video/")
    }
}
