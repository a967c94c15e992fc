//! What is uploaded.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::secret::HiddenBytes;

/// What is uploaded: bytes, or text that stands for them.
///
/// As JSON it is the text, or `{"$file": {"name", "type", "base64"}}`, or with a payload that
/// the transport supplies `{"$file": {"name", "type", "length"}}`.
///
/// `Debug` prints a URL, but nothing of a file's content.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum FileSource {
    /// A URL that ImageKit fetches, or base64 text (with or without a `data:` prefix): sent as
    /// it is.
    Text(String),
    /// Bytes, in memory or supplied by the transport.
    Local(LocalFile),
}

/// Bytes to upload, and how they call themselves.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LocalFile {
    /// The `filename` of the form part; the name in the media library is
    /// [`file_name`](super::UploadRequest::file_name), which this falls back to.
    pub name: Option<String>,
    /// The MIME type; `application/octet-stream` by default.
    pub content_type: Option<String>,
    pub(super) data: FileData,
}

#[derive(Clone, PartialEq)]
pub(super) enum FileData {
    Inline(Bytes),
    External(u64),
}

impl FileSource {
    /// A file that ImageKit fetches. Its server has to answer within 8 seconds.
    pub fn url(url: impl Into<String>) -> Self {
        Self::Text(url.into())
    }

    /// A file as base64 text, with or without a `data:` prefix.
    pub fn base64(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A file in memory; its bytes are not copied.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::Local(LocalFile::new(FileData::Inline(bytes.into())))
    }

    /// A file of `len` bytes that the transport supplies while it sends.
    pub fn payload(len: u64) -> Self {
        Self::Local(LocalFile::new(FileData::External(len)))
    }

    /// Sets the MIME type. Text has none.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        if let Self::Local(file) = &mut self {
            file.content_type = Some(content_type.into());
        }
        self
    }

    /// Sets the `filename` of the form part. Text has none.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        if let Self::Local(file) = &mut self {
            file.name = Some(name.into());
        }
        self
    }
}

impl LocalFile {
    fn new(data: FileData) -> Self {
        Self { name: None, content_type: None, data }
    }
}

impl fmt::Debug for FileSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(url) if url.starts_with("http") && url.contains("://") => {
                f.debug_tuple("Text").field(url).finish()
            }
            Self::Text(base64) => {
                f.debug_tuple("Text").field(&HiddenBytes(base64.as_bytes())).finish()
            }
            Self::Local(file) => f.debug_tuple("Local").field(file).finish(),
        }
    }
}

impl fmt::Debug for LocalFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let len = match &self.data {
            FileData::Inline(bytes) => bytes.len() as u64,
            FileData::External(len) => *len,
        };
        f.debug_struct("LocalFile")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("len", &len)
            .finish()
    }
}

/// [`LocalFile`] as JSON, under the key `$file`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LocalFileJson {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    /// How the official clients were given the file; of no use here.
    #[serde(default, skip_serializing)]
    #[expect(dead_code, reason = "accepted, not used")]
    via: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    length: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum FileSourceJson {
    Text(String),
    #[serde(rename_all = "camelCase")]
    Local {
        #[serde(rename = "$file")]
        file: LocalFileJson,
    },
}

impl Serialize for FileSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let file = match self {
            Self::Text(text) => return text.serialize(serializer),
            Self::Local(file) => file,
        };
        let (base64, length) = match &file.data {
            FileData::Inline(bytes) => (Some(STANDARD.encode(bytes)), None),
            FileData::External(len) => (None, Some(*len)),
        };
        let LocalFile { name, content_type, .. } = file.clone();
        let file = LocalFileJson { name, content_type, via: None, base64, length };
        FileSourceJson::Local { file }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for FileSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let file = match FileSourceJson::deserialize(deserializer)? {
            FileSourceJson::Text(text) => return Ok(Self::Text(text)),
            FileSourceJson::Local { file } => file,
        };
        let data = match (file.base64, file.length) {
            (Some(text), None) => {
                FileData::Inline(STANDARD.decode(text).map_err(D::Error::custom)?.into())
            }
            (None, Some(len)) => FileData::External(len),
            _ => return Err(D::Error::custom("$file needs either base64 or length")),
        };
        Ok(Self::Local(LocalFile { name: file.name, content_type: file.content_type, data }))
    }
}
