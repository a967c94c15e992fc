//! Where the bytes of an upload come from.

use std::fmt;
use std::io::{self, Cursor, Read};
use std::task::{Context, Poll};

use bytes::Bytes;

use crate::call::Call;
use crate::endpoint::Endpoint;

/// How many bytes a chunk from a reader has.
const CHUNK: usize = 64 << 10;

/// What opens a payload: once, or again for every attempt.
enum Source<C, O> {
    None,
    Once { len: u64, content: Option<C> },
    Reopen { len: u64, open: O },
}

impl<C, O: FnMut() -> io::Result<C>> Source<C, O> {
    fn announce<E: Endpoint, T>(&self, call: Call<E, T>) -> Call<E, T> {
        match self {
            Self::None => call,
            Self::Once { len, .. } => call.with_payload_once(*len),
            Self::Reopen { len, .. } => call.with_payload(*len),
        }
    }

    fn open(&mut self) -> io::Result<Option<C>> {
        match self {
            Self::None => Ok(None),
            Self::Once { content, .. } => match content.take() {
                Some(content) => Ok(Some(content)),
                None => Err(io::Error::other("the payload was read before")),
            },
            Self::Reopen { open, .. } => open().map(Some),
        }
    }

    fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => write!(f, "{name}::None"),
            Self::Once { len, .. } => write!(f, "{name}::Once({len} bytes)"),
            Self::Reopen { len, .. } => write!(f, "{name}::Reopen({len} bytes)"),
        }
    }
}

type Reader<'a> = Box<dyn Read + 'a>;

/// The payload of a call for [`drive`](super::drive): the bytes of an upload, and how many there are.
pub struct Payload<'a>(Source<Reader<'a>, Box<dyn FnMut() -> io::Result<Reader<'a>> + 'a>>);

impl<'a> Payload<'a> {
    /// No payload: for everything but uploads.
    pub fn none() -> Self {
        Self(Source::None)
    }

    /// Creates a payload of bytes in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self::reopen(bytes.len() as u64, move || Ok(Cursor::new(bytes.clone())))
    }

    /// Creates the payload of a reader of exactly `len` bytes. It is sent once: a failed attempt is
    /// not retried.
    pub fn once(len: u64, reader: impl Read + 'a) -> Self {
        Self(Source::Once { len, content: Some(Box::new(reader)) })
    }

    /// Creates the payload of what `open` returns, exactly `len` bytes. Each attempt opens it anew:
    /// `|| File::open(path)`.
    pub fn reopen<R: Read + 'a>(len: u64, mut open: impl FnMut() -> io::Result<R> + 'a) -> Self {
        Self(Source::Reopen {
            len,
            open: Box::new(move || open().map(|reader| Box::new(reader) as Reader<'a>)),
        })
    }

    pub(super) fn announce<E: Endpoint, T>(&self, call: Call<E, T>) -> Call<E, T> {
        self.0.announce(call)
    }

    /// Opens the payload at its first byte; `None` if there is none.
    pub(super) fn open(&mut self) -> io::Result<Option<Reader<'a>>> {
        self.0.open()
    }
}

impl fmt::Debug for Payload<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug("Payload", f)
    }
}

/// The next chunk of a payload: `None` after the last.
pub(super) type Chunks = Box<dyn FnMut(&mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> + Send>;

/// The payload of a call for [`drive_async`](super::drive_async): the bytes of an upload, and how
/// many there are.
///
/// Chunks are polled for: a stream becomes `move |cx| stream.as_mut().poll_next(cx)`, a reader
/// [`chunks_of`] it.
pub struct AsyncPayload(Source<Chunks, Box<dyn FnMut() -> io::Result<Chunks> + Send>>);

impl AsyncPayload {
    /// No payload: for everything but uploads.
    pub fn none() -> Self {
        Self(Source::None)
    }

    /// Creates a payload of bytes in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self::reopen(bytes.len() as u64, move || {
            let mut chunk = Some(bytes.clone());
            Ok(move |_: &mut Context<'_>| Poll::Ready(chunk.take().map(Ok)))
        })
    }

    /// Creates the payload of exactly `len` bytes in chunks. It is sent once: a failed attempt is not
    /// retried.
    pub fn once(
        len: u64,
        chunks: impl FnMut(&mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> + Send + 'static,
    ) -> Self {
        Self(Source::Once { len, content: Some(Box::new(chunks)) })
    }

    /// Creates the payload of the chunks that `open` returns, exactly `len` bytes together. Each
    /// attempt opens it anew.
    pub fn reopen<C>(len: u64, mut open: impl FnMut() -> io::Result<C> + Send + 'static) -> Self
    where
        C: FnMut(&mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> + Send + 'static,
    {
        Self(Source::Reopen {
            len,
            open: Box::new(move || open().map(|chunks| Box::new(chunks) as Chunks)),
        })
    }

    pub(super) fn announce<E: Endpoint, T>(&self, call: Call<E, T>) -> Call<E, T> {
        self.0.announce(call)
    }

    /// Opens the payload at its first byte; `None` if there is none.
    pub(super) fn open(&mut self) -> io::Result<Option<Chunks>> {
        self.0.open()
    }
}

impl fmt::Debug for AsyncPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug("AsyncPayload", f)
    }
}

/// Returns the chunks of a reader, for an [`AsyncPayload`].
///
/// A read blocks the task: this is for readers that do not wait, such as local files.
///
/// ```
/// use std::fs::File;
/// use imagekit_proto::transport::{AsyncPayload, chunks_of};
///
/// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
/// let len = std::fs::metadata(path)?.len();
/// let payload = AsyncPayload::reopen(len, move || Ok(chunks_of(File::open(path)?)));
/// # drop(payload);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn chunks_of<R: Read>(
    mut reader: R,
) -> impl FnMut(&mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> + use<R> {
    move |_| {
        let mut chunk = vec![0; CHUNK];
        loop {
            match reader.read(&mut chunk) {
                Ok(0) => return Poll::Ready(None),
                Ok(count) => {
                    chunk.truncate(count);
                    return Poll::Ready(Some(Ok(chunk.into())));
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}
