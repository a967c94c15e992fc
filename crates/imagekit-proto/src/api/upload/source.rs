//! The file to upload.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::secret::{HiddenBytes, SecretUrl};

/// The file to upload.
///
/// A [payload](Self::payload), which the transport supplies while it sends, is the default: give it
/// to the client's `upload`. The other kinds are part of the request: set one with
/// [`UploadRequest::file`](super::UploadRequest::file) and call the client's `send`.
///
/// As JSON a URL and base64 text are text, bytes are `{"$file": {"name", "type", "base64"}}`, and a
/// payload is `{"$file": {"name", "type"}}` or absent. `Debug` prints neither a URL (it may be
/// presigned) nor content.
///
/// ```
/// use imagekit_proto::api::upload::{FileSource, UploadFile};
///
/// let fetched = UploadFile::new("cat.jpg").file(FileSource::url("https://example.com/cat.jpg"));
/// let in_memory = UploadFile::new("cat.gif").file(b"GIF89a".to_vec());
/// let typed = UploadFile::new("cat").file(FileSource::bytes(b"GIF89a".to_vec()).content_type("image/gif"));
/// # let _ = (fetched, in_memory, typed);
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum FileSource {
    /// The URL of a file that ImageKit fetches. Its server has to respond within 8 seconds.
    Url(SecretUrl),
    /// A file as base64 text, with or without a `data:` prefix.
    Base64(String),
    /// A file in memory.
    Bytes(Bytes, FileLabel),
    /// A file that the transport supplies while it sends.
    Payload(FileLabel),
}

/// The name and type of the form part that holds a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileLabel {
    /// The `filename` of the form part; the request's
    /// [`file_name`](super::UploadRequest::file_name) by default, which names the file in the media
    /// library.
    pub name: Option<String>,
    /// The MIME type; `application/octet-stream` by default.
    pub content_type: Option<String>,
}

impl FileSource {
    /// Creates the source for a file that ImageKit fetches from `url`. Its server has to respond
    /// within 8 seconds.
    pub fn url(url: impl Into<String>) -> Self {
        Self::Url(SecretUrl::new(url))
    }

    /// Creates the source for a file as base64 text, with or without a `data:` prefix.
    pub fn base64(text: impl Into<String>) -> Self {
        Self::Base64(text.into())
    }

    /// Creates the source for a file in memory; its bytes are not copied.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::Bytes(bytes.into(), FileLabel::default())
    }

    /// Creates the source for a payload that the transport supplies while it sends.
    pub fn payload() -> Self {
        Self::Payload(FileLabel::default())
    }

    /// Sets the MIME type of bytes or a payload. A URL and base64 text have none.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        if let Self::Bytes(_, label) | Self::Payload(label) = &mut self {
            label.content_type = Some(content_type.into());
        }
        self
    }

    /// Sets the `filename` of the form part that holds bytes or a payload. A URL and base64 text
    /// have none.
    pub fn part_name(mut self, name: impl Into<String>) -> Self {
        if let Self::Bytes(_, label) | Self::Payload(label) = &mut self {
            label.name = Some(name.into());
        }
        self
    }

    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for FileSource {
    fn default() -> Self {
        Self::payload()
    }
}

impl From<Bytes> for FileSource {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Vec<u8>> for FileSource {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl From<&'static [u8]> for FileSource {
    fn from(bytes: &'static [u8]) -> Self {
        Self::bytes(bytes)
    }
}

impl fmt::Debug for FileSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) => f.debug_tuple("Url").field(url).finish(),
            Self::Base64(text) => {
                f.debug_tuple("Base64").field(&HiddenBytes(text.as_bytes())).finish()
            }
            Self::Bytes(bytes, label) => {
                f.debug_tuple("Bytes").field(&HiddenBytes(bytes)).field(label).finish()
            }
            Self::Payload(label) => f.debug_tuple("Payload").field(label).finish(),
        }
    }
}

/// The JSON of bytes or a payload, under the key `$file`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LocalJson {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum SourceJson {
    Text(String),
    Local {
        #[serde(rename = "$file")]
        file: LocalJson,
    },
}

impl Serialize for FileSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (label, base64) = match self {
            Self::Url(url) => return url.serialize(serializer),
            Self::Base64(text) => return text.serialize(serializer),
            Self::Bytes(bytes, label) => (label, Some(STANDARD.encode(bytes))),
            Self::Payload(label) => (label, None),
        };
        let FileLabel { name, content_type } = label.clone();
        SourceJson::Local { file: LocalJson { name, content_type, base64 } }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for FileSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let file = match SourceJson::deserialize(deserializer)? {
            // The API tells the two apart in the same way.
            SourceJson::Text(text) if text.contains("://") => return Ok(Self::url(text)),
            SourceJson::Text(text) => return Ok(Self::Base64(text)),
            SourceJson::Local { file } => file,
        };
        let label = FileLabel { name: file.name, content_type: file.content_type };
        Ok(match file.base64 {
            Some(text) => {
                Self::Bytes(STANDARD.decode(text).map_err(D::Error::custom)?.into(), label)
            }
            None => Self::Payload(label),
        })
    }
}
