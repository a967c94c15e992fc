//! Where the bytes of an upload come from.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::error::TransportError;

/// The bytes of an upload, and how many there are.
///
/// The length is announced before the first byte is sent. A payload that turns out shorter or
/// longer is an error of kind [`Payload`](crate::proto::error::FailureKind::Payload), and the
/// request is cut off before the server could take it for complete.
///
/// | made by | may be sent again | memory |
/// | --- | --- | --- |
/// | [`path`](Self::path) | yes | constant |
/// | [`bytes`](Self::bytes) | yes | the bytes, never copied as a whole |
/// | [`reader`](Self::reader), [`prefix`](Self::prefix) | no | constant |
/// | [`reopen`](Self::reopen) | yes | constant |
pub struct Payload<'a>(Source<'a>);

type BoxRead<'a> = Box<dyn Read + Send + 'a>;

enum Source<'a> {
    Path(PathBuf),
    Bytes(Bytes),
    Once { len: u64, reader: Option<BoxRead<'a>> },
    Reopen { len: u64, open: Box<dyn FnMut() -> io::Result<BoxRead<'a>> + Send + 'a> },
}

impl<'a> Payload<'a> {
    /// A regular file, opened anew for every attempt. It is looked at when it is sent: only
    /// then does a missing file show.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self(Source::Path(path.into()))
    }

    /// Bytes in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self(Source::Bytes(bytes.into()))
    }

    /// A reader of exactly `len` bytes, which is sent once: a failed attempt is not repeated.
    ///
    /// Its end is confirmed by reading on after `len` bytes. Use [`prefix`](Self::prefix) for a
    /// reader that would block there, such as a socket that stays open. A read that never
    /// returns cannot be interrupted by a timeout.
    pub fn reader(reader: impl Read + Send + 'a, len: u64) -> Self {
        Self(Source::Once { len, reader: Some(Box::new(reader)) })
    }

    /// The first `len` bytes of a reader, which is not read any further. Sent once.
    pub fn prefix(reader: impl Read + Send + 'a, len: u64) -> Self {
        Self::reader(reader.take(len), len)
    }

    /// What `open` opens, `len` bytes long, opened anew for every attempt.
    pub fn reopen<R: Read + Send + 'a>(
        len: u64,
        mut open: impl FnMut() -> io::Result<R> + Send + 'a,
    ) -> Self {
        let open = Box::new(move || open().map(|reader| Box::new(reader) as BoxRead<'a>));
        Self(Source::Reopen { len, open })
    }

    /// How many bytes there are; for a path, how long the file is now.
    ///
    /// # Errors
    ///
    /// The path cannot be looked at, or is not a regular file.
    pub fn announced_len(&self) -> Result<u64, TransportError> {
        match &self.0 {
            Source::Path(path) => regular_file(path),
            Source::Bytes(bytes) => Ok(bytes.len() as u64),
            Source::Once { len, .. } | Source::Reopen { len, .. } => Ok(*len),
        }
    }

    /// Whether a failed attempt is the end of it.
    pub(crate) fn is_once(&self) -> bool {
        matches!(self.0, Source::Once { .. })
    }

    /// The payload from its first byte.
    pub(crate) fn open(&mut self) -> Result<Box<dyn Read + '_>, TransportError> {
        match &mut self.0 {
            Source::Path(path) => {
                // Looked at before it is opened: opening a pipe would block.
                regular_file(path)?;
                let file = File::open(&*path)
                    .map_err(|source| TransportError::Open { path: path.clone(), source })?;
                Ok(Box::new(file))
            }
            Source::Bytes(bytes) => Ok(Box::new(&bytes[..])),
            Source::Once { reader, .. } => match reader.take() {
                Some(reader) => Ok(reader),
                None => Err(TransportError::Payload(io::Error::other("it was read before"))),
            },
            Source::Reopen { open, .. } => match open() {
                Ok(reader) => Ok(reader),
                Err(error) => Err(TransportError::Payload(error)),
            },
        }
    }
}

fn regular_file(path: &Path) -> Result<u64, TransportError> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(metadata.len()),
        Ok(_) => Err(TransportError::NotAFile { path: path.to_owned() }),
        Err(source) => Err(TransportError::Open { path: path.to_owned(), source }),
    }
}

impl fmt::Debug for Payload<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.0 {
            Source::Path(path) => return f.debug_tuple("Path").field(path).finish(),
            Source::Bytes(_) => "Bytes",
            Source::Once { .. } => "Once",
            Source::Reopen { .. } => "Reopen",
        };
        f.debug_struct(name).field("len", &self.announced_len().ok()).finish_non_exhaustive()
    }
}
