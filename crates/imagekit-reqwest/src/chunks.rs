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

/// A file from its first byte, read by the runtime's blocking threads.
pub(crate) struct FileChunks {
    file: SharedFile,
    offset: u64,
    reading: Option<JoinHandle<io::Result<BytesMut>>>,
    buffers: Buffers,
}

impl FileChunks {
    pub(crate) fn new(file: SharedFile) -> Self {
        Self { file, offset: 0, reading: None, buffers: Buffers::default() }
    }
}

impl Chunks for FileChunks {
    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let (file, offset, buffers) = (&self.file, self.offset, &mut self.buffers);
        let reading = self.reading.get_or_insert_with(|| {
            let (file, mut buffer) = (Arc::clone(file), buffers.take());
            spawn_blocking(move || read_at(&file, offset, &mut buffer).map(|()| buffer))
        });
        let done = ready!(Pin::new(reading).poll(cx));
        self.reading = None;
        match done {
            Ok(Ok(buffer)) if buffer.is_empty() => Poll::Ready(None),
            Ok(Ok(buffer)) => {
                self.offset += buffer.len() as u64;
                Poll::Ready(Some(Ok(self.buffers.share(buffer))))
            }
            Ok(Err(error)) => Poll::Ready(Some(Err(error))),
            Err(error) => Poll::Ready(Some(Err(io::Error::other(error)))),
        }
    }
}

/// Reads once into `buffer` and cuts it to what was read.
fn read_at(file: &Mutex<File>, offset: u64, buffer: &mut BytesMut) -> io::Result<()> {
    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
    file.seek(SeekFrom::Start(offset))?;
    loop {
        match file.read(buffer) {
            Ok(count) => {
                buffer.truncate(count);
                return Ok(());
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
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
        let mut buffer = self.buffers.take();
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
    /// A buffer of [`CHUNK`] bytes of no meaning.
    fn take(&mut self) -> BytesMut {
        let mut free = self.0.iter().position(Bytes::is_unique).map(|at| self.0.swap_remove(at));
        let mut buffer = match free.take().map(Bytes::try_into_mut) {
            Some(Ok(buffer)) => buffer,
            Some(Err(_)) | None => BytesMut::with_capacity(CHUNK),
        };
        buffer.resize(CHUNK, 0);
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
