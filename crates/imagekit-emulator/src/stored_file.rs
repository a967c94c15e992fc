//! Stored files, as tests inspect them.

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::library::{File, Version};

/// A file of the library: its current version.
///
/// ```
/// use imagekit_emulator::Emulator;
///
/// let emulator = Emulator::new();
/// emulator.put("/images/a.txt", "hello")?;
/// let file = emulator.file("/images/a.txt").unwrap();
/// assert_eq!((file.size, file.bytes.as_ref()), (5, b"hello".as_slice()));
/// assert_eq!((file.versions, file.is_published), (1, true));
/// # Ok::<(), imagekit_emulator::PutError>(())
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StoredFile {
    /// The id.
    pub id: String,
    /// The id of the version.
    pub version_id: String,
    /// The path, such as `/images/a.txt`.
    pub path: String,
    /// The bytes; with [`Emulator::discard_bytes`](crate::Emulator::discard_bytes) the first
    /// 16 MiB of them.
    pub bytes: Bytes,
    /// The size in bytes.
    pub size: u64,
    /// The MIME type by the bytes.
    pub mime: String,
    /// The tags that users set.
    pub tags: Vec<String>,
    /// The names of the tags that extensions set.
    pub ai_tags: Vec<String>,
    /// The important area, `x,y,width,height`.
    pub custom_coordinates: Option<String>,
    /// The values of custom metadata fields.
    pub custom_metadata: Map<String, Value>,
    /// The description.
    pub description: Option<String>,
    /// The file is private.
    pub is_private: bool,
    /// The file is published.
    pub is_published: bool,
    /// The number of versions.
    pub versions: usize,
    /// The `transformation` of the upload, which is recorded and (but for `pre`) not applied.
    pub transformation: Option<Map<String, Value>>,
}

impl StoredFile {
    pub(crate) fn new(
        file: &File,
        version: &Version,
        transformation: Option<&Map<String, Value>>,
    ) -> Option<Self> {
        let (content, fields) = (&version.content, &version.fields);
        Some(Self {
            id: file.id.to_string(),
            version_id: version.id.to_string(),
            path: file.path(),
            bytes: content.blob.read().ok()?,
            size: content.size,
            mime: content.mime().to_owned(),
            tags: fields.tags.iter().map(|tag| tag.to_string()).collect(),
            ai_tags: fields.ai_tags.iter().map(|tag| tag.name.to_string()).collect(),
            custom_coordinates: fields.custom_coordinates.as_deref().map(str::to_owned),
            custom_metadata: fields.custom_metadata.clone(),
            description: fields.description.as_deref().map(str::to_owned),
            is_private: fields.is_private,
            is_published: fields.is_published,
            versions: file.versions.len(),
            transformation: transformation.cloned(),
        })
    }
}

/// Without the bytes, which would hide the rest when a test fails.
impl fmt::Debug for StoredFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredFile")
            .field("id", &self.id)
            .field("version_id", &self.version_id)
            .field("path", &self.path)
            .field("size", &self.size)
            .field("mime", &self.mime)
            .field("tags", &self.tags)
            .field("ai_tags", &self.ai_tags)
            .field("custom_coordinates", &self.custom_coordinates)
            .field("custom_metadata", &self.custom_metadata)
            .field("description", &self.description)
            .field("is_private", &self.is_private)
            .field("is_published", &self.is_published)
            .field("versions", &self.versions)
            .field("transformation", &self.transformation)
            .finish_non_exhaustive()
    }
}

/// A file could not be [put](crate::Emulator::put) into the library.
///
/// ```
/// use imagekit_emulator::{Emulator, PutError};
///
/// let error = Emulator::new().put("/my cat.jpg", "...").unwrap_err();
/// assert_eq!(error, PutError::Path("/my cat.jpg".to_owned()));
/// assert!(error.to_string().contains("/my_cat.jpg"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PutError {
    /// No uploaded file can have this path: ImageKit replaces characters by `_`.
    Path(String),
    /// The file has as many versions as it can have.
    TooManyVersions(String),
    /// The file cannot be written to the data folder.
    NotStored {
        /// The path of the file.
        path: String,
        /// What the operating system says.
        reason: String,
    },
}

impl fmt::Display for PutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => {
                let cleaned = crate::emulator::cleaned(path);
                write!(f, "no uploaded file has the path {path:?}; an upload makes it {cleaned:?}")
            }
            Self::TooManyVersions(path) => {
                write!(f, "the file {path:?} has 100 versions, and no more are possible")
            }
            Self::NotStored { path, reason } => {
                write!(f, "the file {path:?} cannot be written to the data folder: {reason}")
            }
        }
    }
}

impl Error for PutError {}
