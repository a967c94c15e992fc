//! A request body as an async transport takes it.

use std::fmt;
use std::future::poll_fn;
use std::io;
#[cfg(feature = "http-body")]
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use super::judge::{Fate, stand_in};
use super::payload::Chunks;
use super::progress::Progress;
use crate::wire::{Body, BodyCursor, BodyPart};

/// The body of a request, its payload included: chunks of exactly [`len`](Self::len) bytes together.
///
/// It ends in an error rather than be complete with a payload that failed or is not as long as
/// announced: the transport must cut the request off then. It may be kept after the attempt is over,
/// as the tasks of some libraries do, and gives only an error from then on. With the feature
/// `http-body` it is an `http_body::Body`, for hyper and tower.
pub struct ChunkBody {
    len: u64,
    sending: Arc<Mutex<Sending>>,
}

impl ChunkBody {
    /// Returns the length in bytes: what `content-length` announces.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Returns whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns how many bytes are left to take.
    pub fn remaining(&self) -> u64 {
        lock(&self.sending).remaining
    }

    /// Returns the progress of the attempt. Take it before the body is handed to a library.
    pub fn progress(&self) -> Progress {
        lock(&self.sending).progress.clone()
    }

    /// Polls for the next chunk: `None` after the last. No chunk is empty.
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        lock(&self.sending).poll_next(cx)
    }

    /// Returns the next chunk: `None` after the last. No chunk is empty.
    pub async fn next(&mut self) -> Option<io::Result<Bytes>> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// Takes the whole body into memory, for a transport that sends nothing else.
    ///
    /// # Errors
    ///
    /// The payload failed: send nothing, and return the error as
    /// [`Failure::not_sent`](crate::error::Failure::not_sent).
    pub async fn into_bytes(mut self) -> io::Result<Bytes> {
        let Some(first) = self.next().await.transpose()? else { return Ok(Bytes::new()) };
        if self.remaining() == 0 {
            return Ok(first);
        }
        let mut bytes = first.to_vec();
        while let Some(chunk) = self.next().await {
            bytes.extend_from_slice(&chunk?);
        }
        Ok(bytes.into())
    }
}

#[cfg(feature = "http-body")]
impl http_body::Body for ChunkBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<http_body::Frame<Bytes>>>> {
        self.poll_next(cx).map_ok(http_body::Frame::data)
    }

    fn is_end_stream(&self) -> bool {
        self.remaining() == 0
    }

    fn size_hint(&self) -> http_body::SizeHint {
        http_body::SizeHint::with_exact(self.remaining())
    }
}

impl fmt::Debug for ChunkBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChunkBody").field("len", &self.len).finish_non_exhaustive()
    }
}

/// A request body on its way, which the driver and the transport share.
struct Sending {
    /// Nothing once the attempt is over: the payload is released with it.
    parts: Option<Parts>,
    remaining: u64,
    error: Option<io::Error>,
    progress: Progress,
}

impl Sending {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if let Some(error) = &self.error {
            return Poll::Ready(Some(Err(stand_in(error))));
        }
        let Some(parts) = &mut self.parts else {
            let over = (self.remaining > 0).then(|| Err(io::Error::other("the attempt is over")));
            return Poll::Ready(over);
        };
        Poll::Ready(match ready!(parts.poll_next(cx)) {
            Ok(Some(chunk)) => {
                self.remaining = self.remaining.saturating_sub(chunk.len() as u64);
                self.progress.moved();
                Some(Ok(chunk))
            }
            Ok(None) => None,
            Err(error) => {
                let stand_in = stand_in(&error);
                self.error = Some(error);
                Some(Err(stand_in))
            }
        })
    }
}

/// What the transport has not taken yet.
struct Parts {
    cursor: BodyCursor,
    payload: Option<Chunks>,
}

impl Parts {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        loop {
            match self.cursor.next_part() {
                BodyPart::Bytes(bytes) => return Poll::Ready(Ok(Some(bytes))),
                BodyPart::Payload { .. } => {}
                BodyPart::End => return Poll::Ready(Ok(None)),
            }
            let chunk = match &mut self.payload {
                Some(chunks) => ready!(chunks(cx)).transpose()?,
                None => None,
            };
            match chunk {
                Some(chunk) => self.cursor.supply(chunk)?,
                None => self.cursor.end_payload()?,
            }
        }
    }
}

fn lock(sending: &Mutex<Sending>) -> MutexGuard<'_, Sending> {
    sending.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The driver's hold on a body: the payload is released when it is dropped.
pub(super) struct Hold(Arc<Mutex<Sending>>);

impl Hold {
    /// Creates the body for the transport, and the driver's hold on it.
    pub(super) fn new(body: Body, payload: Option<Chunks>) -> (ChunkBody, Self) {
        let len = body.len();
        let parts = Parts { cursor: body.into_cursor(), payload };
        let progress = Progress::default();
        let sending = Sending { parts: Some(parts), remaining: len, error: None, progress };
        let sending = Arc::new(Mutex::new(sending));
        (ChunkBody { len, sending: Arc::clone(&sending) }, Self(sending))
    }

    /// Returns what became of the body, after the attempt is over.
    pub(super) fn fate(self) -> Fate {
        let mut sending = lock(&self.0);
        Fate { is_complete: sending.remaining == 0, error: sending.error.take() }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let parts = lock(&self.0).parts.take();
        // Outside the lock: dropping it runs code of the user.
        drop(parts);
    }
}
