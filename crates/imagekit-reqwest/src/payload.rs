//! The source of the bytes of an upload.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::runtime::Handle;

use crate::cancel::CancelToken;
use crate::chunks::{BoxChunks, FileChunks, OneChunk, ReaderChunks, SharedFile, StreamChunks};
use crate::error::TransportError;
use crate::proto::wire::Bandwidth;
use crate::watch::Watch;

/// The bytes of an upload, and how many there are.
///
/// A path, a file or bytes convert into a payload; a reader or a stream needs a constructor.
///
/// | made from | may be sent again | memory |
/// | --- | --- | --- |
/// | [`PathBuf`], [`&Path`](Path), [`path`](Self::path) | yes | constant |
/// | [`File`], [`tokio::fs::File`]: the whole file, wherever its cursor is | yes | constant |
/// | [`Vec<u8>`], [`Bytes`], [`bytes`](Self::bytes) | yes | the bytes, not copied |
/// | [`reader`](Self::reader), [`stream`](Self::stream), [`prefix`](Self::prefix) | no | constant |
/// | [`reopen`](Self::reopen) | yes | constant |
///
/// The length is announced before the first byte is sent. A payload that turns out shorter or
/// longer is an error of kind [`Payload`](crate::proto::error::FailureKind::Payload), and the
/// request is cut off before the server could take it for complete.
///
/// ```
/// use std::path::Path;
/// use imagekit_reqwest::proto::api::upload::UploadFile;
/// use imagekit_reqwest::{Client, Payload};
/// use tokio::fs::File;
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
/// # let client = Client::new(server.config())?;
/// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
/// client.upload(UploadFile::new("cat.jpg"), Path::new(path)).await?;
/// client.upload(UploadFile::new("cat.jpg"), File::open(path).await?).await?;
/// client.upload(UploadFile::new("cat.gif"), b"GIF89a".to_vec()).await?;
///
/// let reader = tokio::io::repeat(0); // any tokio::io::AsyncRead, such as a decompressor
/// client.upload(UploadFile::new("zeros"), Payload::prefix(reader, 1000)).await?;
/// # Ok(())
/// # }
/// ```
pub struct Payload {
    source: Source,
    watch: Watch,
}

type Opening = Pin<Box<dyn Future<Output = io::Result<BoxChunks>> + Send>>;

enum Source {
    Path(PathBuf),
    File(SharedFile),
    /// Becomes a `File`, which takes an await.
    TokioFile(Option<tokio::fs::File>),
    Bytes(Bytes),
    Once {
        len: u64,
        chunks: Option<BoxChunks>,
    },
    Reopen {
        len: u64,
        open: Box<dyn FnMut() -> Opening + Send>,
    },
}

impl Payload {
    fn of(source: Source) -> Self {
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
    /// that would wait there, such as a socket that stays open.
    pub fn reader(reader: impl AsyncRead + Send + 'static, len: u64) -> Self {
        Self::of(Source::Once { len, chunks: Some(Box::new(ReaderChunks::new(reader))) })
    }

    /// Creates the payload of the first `len` bytes of a reader, which is not read any further.
    /// It is sent once.
    pub fn prefix(reader: impl AsyncRead + Send + Unpin + 'static, len: u64) -> Self {
        Self::reader(reader.take(len), len)
    }

    /// Creates the payload of a stream of exactly `len` bytes in chunks. It is sent once: a failed
    /// attempt is not retried. Its end is confirmed by asking for one chunk more.
    pub fn stream<S, B, E>(stream: S, len: u64) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::of(Source::Once { len, chunks: Some(Box::new(StreamChunks::new(stream))) })
    }

    /// Creates the payload of what `open` returns, `len` bytes long. Each attempt opens it anew.
    pub fn reopen<R, F>(len: u64, mut open: impl FnMut() -> F + Send + 'static) -> Self
    where
        R: AsyncRead + Send + 'static,
        F: Future<Output = io::Result<R>> + Send + 'static,
    {
        let open = Box::new(move || -> Opening {
            let opening = open();
            Box::pin(async { Ok(Box::new(ReaderChunks::new(opening.await?)) as BoxChunks) })
        });
        Self::of(Source::Reopen { len, open })
    }

    /// Reports progress: calls `progress` with the number of bytes of the payload that reqwest has taken
    /// so far, and the length of the payload.
    ///
    /// Each attempt begins with a call with 0, so that a retry shows. The number grows with each piece
    /// that reqwest takes, and reaches the length with the last one. That is not the end: the bytes may be
    /// in a buffer of the system, and the response is to come.
    ///
    /// `progress` is called in between, on a thread of the runtime: it should be quick. When it panics,
    /// the request is cut off before it is complete, and the panic goes on in the caller.
    ///
    /// ```
    /// use imagekit_reqwest::proto::api::upload::UploadFile;
    /// use imagekit_reqwest::{Client, Payload};
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
    /// # let client = Client::new(server.config())?;
    /// let payload = Payload::bytes(vec![7; 100_000]).on_progress(|sent, total| {
    ///     println!("{sent} of {total} bytes");
    /// });
    /// client.upload(UploadFile::new("cat.jpg"), payload).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_progress(mut self, progress: impl FnMut(u64, u64) + Send + 'static) -> Self {
        self.watch.progress = Some(Arc::new(Mutex::new(progress)));
        self
    }

    /// Sends no more bytes per second than `limit` allows to all payloads of this crate that share it.
    ///
    /// What is sent besides the payload is not counted. Waiting for the limit is no lack of progress
    /// for the idle timeout; the attempt timeout and the deadline go on.
    ///
    /// ```
    /// use imagekit_reqwest::proto::api::upload::UploadFile;
    /// use imagekit_reqwest::{Bandwidth, Client, Payload};
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
    /// # let client = Client::new(server.config())?;
    /// let limit = Bandwidth::new(1_000_000); // a megabyte per second for both together
    /// for name in ["a.txt", "b.txt"] {
    ///     client.upload(UploadFile::new(name), Payload::bytes(name).bandwidth(&limit)).await?;
    /// }
    /// # Ok(())
    /// # }
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

    pub(crate) fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Prepares the payload for a call and returns its length in bytes; of a file, the length that
    /// it has now.
    pub(crate) async fn prepare(&mut self) -> Result<u64, TransportError> {
        if let Source::TokioFile(file) = &mut self.source {
            if let Some(file) = file.take() {
                self.source = Source::File(Arc::new(Mutex::new(file.into_std().await)));
            }
        }
        match &self.source {
            Source::Path(path) => {
                let path = path.clone();
                blocking(move || len_at(&path)).await
            }
            Source::File(file) => {
                let file = Arc::clone(file);
                blocking(move || len_of(&file)).await
            }
            Source::Bytes(bytes) => Ok(bytes.len() as u64),
            Source::Once { len, .. } | Source::Reopen { len, .. } => Ok(*len),
            Source::TokioFile(_) => Err(read_before()),
        }
    }

    /// Whether it can be sent only once.
    pub(crate) fn is_once(&self) -> bool {
        matches!(self.source, Source::Once { .. })
    }

    /// Opens the payload, of which `announced` bytes were announced, at its first byte.
    pub(crate) async fn open(&mut self, announced: u64) -> Result<BoxChunks, TransportError> {
        match &mut self.source {
            Source::Path(path) => {
                let path = path.clone();
                Ok(Box::new(blocking(move || open_file(path, announced)).await?))
            }
            Source::File(file) => {
                let file = Arc::clone(file);
                let chunks = blocking(move || {
                    check_len(len_of(&file)?, announced)?;
                    FileChunks::start(file, announced).map_err(TransportError::Payload)
                });
                Ok(Box::new(chunks.await?))
            }
            Source::Bytes(bytes) => Ok(Box::new(OneChunk::new(bytes.clone()))),
            Source::Once { chunks, .. } => chunks.take().ok_or_else(read_before),
            Source::Reopen { open, .. } => open().await.map_err(TransportError::Payload),
            Source::TokioFile(_) => Err(read_before()),
        }
    }
}

fn read_before() -> TransportError {
    TransportError::Payload(io::Error::other("it was read before"))
}

fn open_file(path: PathBuf, announced: u64) -> Result<FileChunks, TransportError> {
    // Looked up before it is opened: opening a pipe would block.
    check_len(len_at(&path)?, announced)?;
    let file = File::open(&path).map_err(|error| TransportError::Open { path, error })?;
    FileChunks::start(Arc::new(Mutex::new(file)), announced).map_err(TransportError::Payload)
}

fn check_len(found: u64, announced: u64) -> Result<(), TransportError> {
    if found == announced { Ok(()) } else { Err(TransportError::LenChanged { announced, found }) }
}

fn len_at(path: &Path) -> Result<u64, TransportError> {
    match fs::metadata(path) {
        Ok(metadata) => regular_len(&metadata, Some(path)),
        Err(error) => Err(TransportError::Open { path: path.to_owned(), error }),
    }
}

fn len_of(file: &Mutex<File>) -> Result<u64, TransportError> {
    let file = file.lock().unwrap_or_else(PoisonError::into_inner);
    regular_len(&file.metadata().map_err(TransportError::Payload)?, None)
}

fn regular_len(metadata: &Metadata, path: Option<&Path>) -> Result<u64, TransportError> {
    if metadata.is_file() {
        Ok(metadata.len())
    } else {
        Err(TransportError::NotAFile { path: path.map(Path::to_owned) })
    }
}

/// Runs `work` where it may block.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, TransportError> + Send + 'static,
) -> Result<T, TransportError> {
    let runtime = Handle::try_current().map_err(|_| TransportError::NoRuntime)?;
    match runtime.spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(TransportError::Payload(io::Error::other(error))),
    }
}

impl From<PathBuf> for Payload {
    fn from(path: PathBuf) -> Self {
        Self::path(path)
    }
}

impl From<&Path> for Payload {
    fn from(path: &Path) -> Self {
        Self::path(path)
    }
}

impl From<File> for Payload {
    fn from(file: File) -> Self {
        Self::of(Source::File(Arc::new(Mutex::new(file))))
    }
}

impl From<tokio::fs::File> for Payload {
    fn from(file: tokio::fs::File) -> Self {
        Self::of(Source::TokioFile(Some(file)))
    }
}

impl From<Vec<u8>> for Payload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Bytes> for Payload {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, len) = match &self.source {
            Source::Path(path) => return f.debug_tuple("Path").field(path).finish(),
            Source::File(_) | Source::TokioFile(_) => ("File", None),
            Source::Bytes(bytes) => ("Bytes", Some(bytes.len() as u64)),
            Source::Once { len, .. } => ("Once", Some(*len)),
            Source::Reopen { len, .. } => ("Reopen", Some(*len)),
        };
        f.debug_struct(name).field("len", &len).finish_non_exhaustive()
    }
}
