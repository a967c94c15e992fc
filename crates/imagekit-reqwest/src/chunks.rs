//! A payload in chunks, read into buffers that are used again.

use std::fs::File;
use std::future::Future as _;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::task::{JoinHandle, spawn_blocking};

/// Large enough that the way to the blocking threads and back does not count.
pub(crate) const CHUNK: usize = 256 << 10;

/// Chunks that are still being sent while the next one is read.
const KEPT: usize = 3;

/// The bytes of a payload, in order; `None` is its end.
pub(crate) trait Chunks: Send {
    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>>;
}

pub(crate) type BoxChunks = Box<dyn Chunks>;

/// Bytes in memory.
pub(crate) struct OneChunk(Option<Bytes>);

impl OneChunk {
    pub(crate) fn new(bytes: Bytes) -> Self {
        Self(Some(bytes))
    }
}

impl Chunks for OneChunk {
    fn poll_chunk(&mut self, _: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// A file that several attempts share: an attempt that was given up may still be reading.
pub(crate) type SharedFile = Arc<Mutex<File>>;

/// A file from its first byte, read by the runtime's blocking threads: the way there costs more than
/// reading a small file, which therefore takes one.
pub(crate) struct FileChunks {
    file: SharedFile,
    offset: u64,
    /// How many bytes are announced.
    len: u64,
    /// What was read ahead.
    next: Option<Filled>,
    reading: Option<JoinHandle<io::Result<Filled>>>,
    buffers: Buffers,
}

/// A buffer with what was read.
struct Filled {
    buffer: BytesMut,
    is_end: bool,
}

impl FileChunks {
    /// Reads the first chunk of a file of `len` bytes. Blocks.
    pub(crate) fn start(file: SharedFile, len: u64) -> io::Result<Self> {
        let mut buffers = Buffers::default();
        let first = read_at(&file, 0, buffers.take(room(len)))?;
        Ok(Self { file, offset: 0, len, next: Some(first), reading: None, buffers })
    }
}

/// Returns the length of a buffer for `left` bytes, and for one more, which shows the end.
fn room(left: u64) -> usize {
    usize::try_from(left.saturating_add(1)).map_or(CHUNK, |left| left.min(CHUNK))
}

impl Chunks for FileChunks {
    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let Filled { buffer, is_end } = match self.next.take() {
            Some(filled) => filled,
            None => {
                let (file, offset, buffers) = (&self.file, self.offset, &mut self.buffers);
                let len = self.len;
                let reading = self.reading.get_or_insert_with(|| {
                    let buffer = buffers.take(room(len.saturating_sub(offset)));
                    let file = Arc::clone(file);
                    spawn_blocking(move || read_at(&file, offset, buffer))
                });
                let done = ready!(Pin::new(reading).poll(cx));
                self.reading = None;
                match done {
                    Ok(Ok(filled)) => filled,
                    Ok(Err(error)) => return Poll::Ready(Some(Err(error))),
                    Err(error) => return Poll::Ready(Some(Err(io::Error::other(error)))),
                }
            }
        };
        if is_end {
            self.next = Some(Filled { buffer: BytesMut::new(), is_end });
        }
        if buffer.is_empty() {
            return Poll::Ready(None);
        }
        self.offset += buffer.len() as u64;
        Poll::Ready(Some(Ok(self.buffers.share(buffer))))
    }
}

/// Fills `buffer` from `offset` on, and cuts it to what there was.
fn read_at(file: &Mutex<File>, offset: u64, mut buffer: BytesMut) -> io::Result<Filled> {
    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
    file.seek(SeekFrom::Start(offset))?;
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => {
                buffer.truncate(filled);
                return Ok(Filled { buffer, is_end: true });
            }
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Filled { buffer, is_end: false })
}

/// Any reader.
pub(crate) struct ReaderChunks<R> {
    reader: Pin<Box<R>>,
    buffers: Buffers,
}

impl<R: AsyncRead> ReaderChunks<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { reader: Box::pin(reader), buffers: Buffers::default() }
    }
}

impl<R: AsyncRead + Send> Chunks for ReaderChunks<R> {
    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let mut buffer = self.buffers.take(CHUNK);
        let mut target = ReadBuf::new(&mut buffer);
        let read = self.reader.as_mut().poll_read(cx, &mut target);
        let count = target.filled().len();
        match read {
            Poll::Ready(Ok(())) if count == 0 => Poll::Ready(None),
            Poll::Ready(Ok(())) => {
                buffer.truncate(count);
                Poll::Ready(Some(Ok(self.buffers.share(buffer))))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error))),
            Poll::Pending => {
                self.buffers.share(buffer);
                Poll::Pending
            }
        }
    }
}

/// Any stream.
pub(crate) struct StreamChunks<S>(Pin<Box<S>>);

impl<S> StreamChunks<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self(Box::pin(stream))
    }
}

impl<S, B, E> Chunks for StreamChunks<S>
where
    S: Stream<Item = Result<B, E>> + Send,
    B: Into<Bytes>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let next = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(next.map(|next| next.map(Into::into).map_err(io::Error::other)))
    }
}

/// Buffers of chunks that were handed out. One that nobody sends any more is used again, which
/// spares allocating and clearing it.
#[derive(Default)]
struct Buffers(Vec<Bytes>);

impl Buffers {
    /// A buffer of `len` bytes of no meaning.
    fn take(&mut self, len: usize) -> BytesMut {
        let mut free = self.0.iter().position(Bytes::is_unique).map(|at| self.0.swap_remove(at));
        let mut buffer = match free.take().map(Bytes::try_into_mut) {
            Some(Ok(buffer)) => buffer,
            Some(Err(_)) | None => BytesMut::with_capacity(len),
        };
        buffer.resize(len, 0);
        buffer
    }

    /// The bytes of `buffer`, which comes back when they are no longer used.
    fn share(&mut self, buffer: BytesMut) -> Bytes {
        let bytes = buffer.freeze();
        if self.0.len() >= KEPT {
            self.0.swap_remove(0);
        }
        self.0.push(bytes.clone());
        bytes
    }
}
