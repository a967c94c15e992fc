//! The source of the bytes of an upload.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::body::Watch;
use crate::cancel::CancelToken;
use crate::error::TransportError;
use crate::proto::wire::Bandwidth;

/// The bytes of an upload, and how many there are.
///
/// A path, a [`File`] or bytes convert into a payload; a reader needs a constructor.
///
/// | made from | may be sent again | memory |
/// | --- | --- | --- |
/// | [`PathBuf`], [`&Path`](Path), [`path`](Self::path) | yes | constant |
/// | [`File`]: the whole file, wherever its cursor is | yes | constant |
/// | [`Vec<u8>`], [`Bytes`], [`bytes`](Self::bytes) | yes | the bytes, not copied as a whole |
/// | [`reader`](Self::reader), [`prefix`](Self::prefix) | no | constant |
/// | [`reopen`](Self::reopen) | yes | constant |
///
/// The length is announced before the first byte is sent. A payload that turns out shorter or
/// longer is an error of kind [`Payload`](crate::proto::error::FailureKind::Payload), and the
/// request is cut off before the server could take it for complete.
///
/// ```
/// use std::fs::File;
/// use std::path::Path;
/// use imagekit_ureq::proto::api::upload::UploadFile;
/// use imagekit_ureq::{Client, Payload};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
/// # let client = Client::new(server.config())?;
/// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
/// client.upload(UploadFile::new("cat.jpg"), Path::new(path))?;
/// client.upload(UploadFile::new("cat.jpg"), File::open(path)?)?;
/// client.upload(UploadFile::new("cat.gif"), b"GIF89a".to_vec())?;
///
/// let reader = std::io::repeat(0); // any std::io::Read, such as a decompressor
/// client.upload(UploadFile::new("zeros"), Payload::prefix(reader, 1000))?;
/// # Ok(())
/// # }
/// ```
pub struct Payload<'a> {
    source: Source<'a>,
    watch: Watch<'a>,
}

type BoxRead<'a> = Box<dyn Read + Send + 'a>;

/// A payload at its first byte, and who watches it.
type Opened<'p, 'a> = (Box<dyn Read + 'p>, &'p mut Watch<'a>);

enum Source<'a> {
    Path(PathBuf),
    File(File),
    Bytes(Bytes),
    Once { len: u64, reader: Option<BoxRead<'a>> },
    Reopen { len: u64, open: Box<dyn FnMut() -> io::Result<BoxRead<'a>> + Send + 'a> },
}

impl<'a> Payload<'a> {
    fn of(source: Source<'a>) -> Self {
        Self { source, watch: Watch::default() }
    }

    /// Creates the payload of a regular file, which each attempt opens anew.
    ///
    /// The file is looked up when the call begins: only then does a missing file show.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self::of(Source::Path(path.into()))
    }

    /// Creates a payload of bytes in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::of(Source::Bytes(bytes.into()))
    }

    /// Creates the payload of a reader of exactly `len` bytes. It is sent once: a failed attempt is
    /// not retried.
    ///
    /// Its end is confirmed by a read after `len` bytes. Use [`prefix`](Self::prefix) for a reader
    /// that would block there, such as a socket that stays open. No timeout interrupts a read that
    /// never returns.
    pub fn reader(reader: impl Read + Send + 'a, len: u64) -> Self {
        Self::of(Source::Once { len, reader: Some(Box::new(reader)) })
    }

    /// Creates the payload of the first `len` bytes of a reader, which is not read any further.
    /// It is sent once.
    pub fn prefix(reader: impl Read + Send + 'a, len: u64) -> Self {
        Self::reader(reader.take(len), len)
    }

    /// Creates the payload of what `open` returns, `len` bytes long. Each attempt opens it anew.
    pub fn reopen<R: Read + Send + 'a>(
        len: u64,
        mut open: impl FnMut() -> io::Result<R> + Send + 'a,
    ) -> Self {
        let open = Box::new(move || open().map(|reader| Box::new(reader) as BoxRead<'a>));
        Self::of(Source::Reopen { len, open })
    }

    /// Reports progress: calls `progress` with the number of bytes of the payload that ureq has taken
    /// so far, and the length of the payload.
    ///
    /// Each attempt begins with a call with 0, so that a retry shows. The number grows with each piece
    /// that ureq takes, and reaches the length with the last one. That is not the end: the bytes may be
    /// in a buffer of the system, and the response is to come.
    ///
    /// `progress` is called in between, on the thread of the call: it should be quick. When it panics,
    /// the request is cut off before it is complete, and the panic goes on in the caller.
    ///
    /// ```
    /// use imagekit_ureq::proto::api::upload::UploadFile;
    /// use imagekit_ureq::{Client, Payload};
    ///
    /// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
    /// # let client = Client::new(server.config())?;
    /// let payload = Payload::bytes(vec![7; 100_000]).on_progress(|sent, total| {
    ///     println!("{sent} of {total} bytes");
    /// });
    /// client.upload(UploadFile::new("cat.jpg"), payload)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn on_progress(mut self, progress: impl FnMut(u64, u64) + Send + 'a) -> Self {
        self.watch.progress = Some(Box::new(progress));
        self
    }

    /// Sends no more bytes per second than `limit` allows to all payloads of this crate that share it.
    ///
    /// What is sent besides the payload is not counted. Waiting for the limit is no lack of progress
    /// for the idle timeout; the attempt timeout and the deadline go on.
    ///
    /// ```
    /// use imagekit_ureq::proto::api::upload::UploadFile;
    /// use imagekit_ureq::{Bandwidth, Client, Payload};
    ///
    /// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
    /// # let client = Client::new(server.config())?;
    /// let limit = Bandwidth::new(1_000_000); // a megabyte per second for both together
    /// for name in ["a.txt", "b.txt"] {
    ///     client.upload(UploadFile::new(name), Payload::bytes(name).bandwidth(&limit))?;
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bandwidth(mut self, limit: &Bandwidth) -> Self {
        self.watch.bandwidth = Some(limit.clone());
        self
    }

    /// Ends the upload when `token` is cancelled.
    pub fn cancelled_by(mut self, token: &CancelToken) -> Self {
        self.watch.cancel = Some(token.clone());
        self
    }

    pub(crate) fn watch(&self) -> &Watch<'a> {
        &self.watch
    }

    /// The length in bytes; of a file, the length that it has now.
    pub(crate) fn len(&self) -> Result<u64, TransportError> {
        match &self.source {
            Source::Path(path) => len_at(path),
            Source::File(file) => {
                regular_len(file.metadata().map_err(TransportError::Payload)?, None)
            }
            Source::Bytes(bytes) => Ok(bytes.len() as u64),
            Source::Once { len, .. } | Source::Reopen { len, .. } => Ok(*len),
        }
    }

    /// Whether it can be sent only once.
    pub(crate) fn is_once(&self) -> bool {
        matches!(self.source, Source::Once { .. })
    }

    /// Opens the payload, of which `announced` bytes were announced, at its first byte.
    pub(crate) fn open(&mut self, announced: u64) -> Result<Opened<'_, 'a>, TransportError> {
        // A path is looked up before it is opened: opening a pipe would block.
        match self.len()? {
            found if found == announced => {}
            found => return Err(TransportError::LenChanged { announced, found }),
        }
        let reader: Box<dyn Read + '_> = match &mut self.source {
            Source::Path(path) => match File::open(&*path) {
                Ok(file) => Box::new(file),
                Err(error) => return Err(TransportError::Open { path: path.clone(), error }),
            },
            Source::File(file) => {
                file.seek(SeekFrom::Start(0)).map_err(TransportError::Payload)?;
                Box::new(&*file)
            }
            Source::Bytes(bytes) => Box::new(&bytes[..]),
            Source::Once { reader, .. } => match reader.take() {
                Some(reader) => reader,
                None => {
                    return Err(TransportError::Payload(io::Error::other("it was read before")));
                }
            },
            Source::Reopen { open, .. } => open().map_err(TransportError::Payload)?,
        };
        Ok((reader, &mut self.watch))
    }
}

fn len_at(path: &Path) -> Result<u64, TransportError> {
    match fs::metadata(path) {
        Ok(metadata) => regular_len(metadata, Some(path)),
        Err(error) => Err(TransportError::Open { path: path.to_owned(), error }),
    }
}

fn regular_len(metadata: Metadata, path: Option<&Path>) -> Result<u64, TransportError> {
    if metadata.is_file() {
        Ok(metadata.len())
    } else {
        Err(TransportError::NotAFile { path: path.map(Path::to_owned) })
    }
}

impl From<PathBuf> for Payload<'_> {
    fn from(path: PathBuf) -> Self {
        Self::path(path)
    }
}

impl From<&Path> for Payload<'_> {
    fn from(path: &Path) -> Self {
        Self::path(path)
    }
}

impl From<File> for Payload<'_> {
    fn from(file: File) -> Self {
        Self::of(Source::File(file))
    }
}

impl From<Vec<u8>> for Payload<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Bytes> for Payload<'_> {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}

impl fmt::Debug for Payload<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.source {
            Source::Path(path) => return f.debug_tuple("Path").field(path).finish(),
            Source::File(_) => "File",
            Source::Bytes(_) => "Bytes",
            Source::Once { .. } => "Once",
            Source::Reopen { .. } => "Reopen",
        };
        f.debug_struct(name).field("len", &self.len().ok()).finish_non_exhaustive()
    }
}
