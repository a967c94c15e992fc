//! Where the bytes of an upload come from.

use std::fmt;
use std::fs::{self, File};
use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::runtime::Handle;

use crate::chunks::{BoxChunks, FileChunks, OneChunk, ReaderChunks, StreamChunks};
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
/// | [`bytes`](Self::bytes) | yes | the bytes, never copied |
/// | [`reader`](Self::reader), [`stream`](Self::stream), [`prefix`](Self::prefix) | no | constant |
/// | [`reopen`](Self::reopen) | yes | constant |
pub struct Payload(Source);

type Opening = Pin<Box<dyn Future<Output = io::Result<BoxChunks>> + Send>>;

enum Source {
    Path(PathBuf),
    Bytes(Bytes),
    Once { len: u64, chunks: Option<BoxChunks> },
    Reopen { len: u64, open: Box<dyn FnMut() -> Opening + Send> },
}

impl Payload {
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
    /// reader that would wait there, such as a socket that stays open.
    pub fn reader(reader: impl AsyncRead + Send + 'static, len: u64) -> Self {
        Self(Source::Once { len, chunks: Some(Box::new(ReaderChunks::new(reader))) })
    }

    /// The first `len` bytes of a reader, which is not read any further. Sent once.
    pub fn prefix(reader: impl AsyncRead + Send + Unpin + 'static, len: u64) -> Self {
        Self::reader(reader.take(len), len)
    }

    /// A stream of exactly `len` bytes in chunks, which is sent once: a failed attempt is not
    /// repeated. Its end is confirmed by asking for one chunk more.
    pub fn stream<S, B, E>(stream: S, len: u64) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self(Source::Once { len, chunks: Some(Box::new(StreamChunks::new(stream))) })
    }

    /// What `open` opens, `len` bytes long, opened anew for every attempt.
    pub fn reopen<R, F>(len: u64, mut open: impl FnMut() -> F + Send + 'static) -> Self
    where
        R: AsyncRead + Send + 'static,
        F: Future<Output = io::Result<R>> + Send + 'static,
    {
        let open = Box::new(move || -> Opening {
            let opening = open();
            Box::pin(async { Ok(Box::new(ReaderChunks::new(opening.await?)) as BoxChunks) })
        });
        Self(Source::Reopen { len, open })
    }

    /// How many bytes there are; for a path, how long the file is now.
    ///
    /// # Errors
    ///
    /// The path cannot be looked at, or is not a regular file.
    pub fn announced_len(
        &self,
    ) -> impl Future<Output = Result<u64, TransportError>> + Send + use<> {
        let known = match &self.0 {
            Source::Path(path) => Err(path.clone()),
            Source::Bytes(bytes) => Ok(bytes.len() as u64),
            Source::Once { len, .. } | Source::Reopen { len, .. } => Ok(*len),
        };
        async {
            match known {
                Ok(len) => Ok(len),
                Err(path) => blocking(move || regular_file(&path)).await,
            }
        }
    }

    /// Whether a failed attempt is the end of it.
    pub(crate) fn is_once(&self) -> bool {
        matches!(self.0, Source::Once { .. })
    }

    /// The payload from its first byte.
    pub(crate) async fn open(&mut self) -> Result<BoxChunks, TransportError> {
        match &mut self.0 {
            Source::Path(path) => {
                let path = path.clone();
                Ok(Box::new(FileChunks::new(blocking(move || open_file(path)).await?)))
            }
            Source::Bytes(bytes) => Ok(Box::new(OneChunk::new(bytes.clone()))),
            Source::Once { chunks, .. } => chunks
                .take()
                .ok_or_else(|| TransportError::Payload(io::Error::other("it was read before"))),
            Source::Reopen { open, .. } => open().await.map_err(TransportError::Payload),
        }
    }
}

fn open_file(path: PathBuf) -> Result<File, TransportError> {
    // Looked at before it is opened: opening a pipe would block.
    regular_file(&path)?;
    File::open(&path).map_err(|source| TransportError::Open { path, source })
}

fn regular_file(path: &Path) -> Result<u64, TransportError> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(metadata.len()),
        Ok(_) => Err(TransportError::NotAFile { path: path.to_owned() }),
        Err(source) => Err(TransportError::Open { path: path.to_owned(), source }),
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

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, len) = match &self.0 {
            Source::Path(path) => return f.debug_tuple("Path").field(path).finish(),
            Source::Bytes(bytes) => ("Bytes", bytes.len() as u64),
            Source::Once { len, .. } => ("Once", *len),
            Source::Reopen { len, .. } => ("Reopen", *len),
        };
        f.debug_struct(name).field("len", &len).finish_non_exhaustive()
    }
}
