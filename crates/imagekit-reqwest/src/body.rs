//! A body of the core's as one of hyper's.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::sync::oneshot::{self, Receiver, Sender};

use crate::chunks::BoxChunks;
use crate::proto::wire::{Body, BodyCursor, BodyPart};

/// A body that knows its exact length, and ends in an error rather than be complete with a
/// payload that is not as announced: hyper stops at the announced length and would not notice.
pub(crate) struct Outgoing {
    cursor: BodyCursor,
    /// Never locked: hyper wants bodies to be `Sync`, and a mutex is.
    chunks: Mutex<BoxChunks>,
    /// The last chunk, until the payload's end is confirmed.
    held: Option<Bytes>,
    end: Option<Sender<io::Result<()>>>,
    /// Set by the first that takes the body: the connection, or a timeout that gives it up.
    /// None once it is the connection's.
    taken: Option<Arc<AtomicBool>>,
}

impl Outgoing {
    /// The body, and how its payload will have ended.
    pub(crate) fn new(
        body: Body,
        chunks: BoxChunks,
        taken: Arc<AtomicBool>,
    ) -> (Self, Receiver<io::Result<()>>) {
        let (sender, receiver) = oneshot::channel();
        let chunks = Mutex::new(chunks);
        let cursor = body.into_cursor();
        (Self { cursor, chunks, held: None, end: Some(sender), taken: Some(taken) }, receiver)
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        loop {
            let missing = match self.cursor.next_part() {
                BodyPart::Bytes(bytes) => return Poll::Ready(Ok(Some(bytes))),
                BodyPart::Payload { missing } => missing,
                BodyPart::End => return Poll::Ready(Ok(None)),
            };
            let chunks = self.chunks.get_mut().unwrap_or_else(PoisonError::into_inner);
            let Some(chunk) = ready!(chunks.poll_chunk(cx)).transpose()? else {
                self.cursor.end_payload()?;
                if self.held.is_some() {
                    return Poll::Ready(Ok(self.held.take()));
                }
                continue;
            };
            if chunk.is_empty() {
                continue;
            }
            let chunk = self.cursor.supply(chunk)?;
            if chunk.len() as u64 == missing {
                self.held = Some(chunk);
            } else {
                return Poll::Ready(Ok(Some(chunk)));
            }
        }
    }

    fn report(&mut self, end: io::Result<()>) {
        if let Some(sender) = self.end.take() {
            // Nobody may be interested any more.
            let _ = sender.send(end);
        }
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.taken.take().is_some_and(|taken| taken.swap(true, Ordering::SeqCst)) {
            return Poll::Ready(Some(Err(io::Error::other("the attempt was given up"))));
        }
        match ready!(self.poll_next(cx)) {
            Ok(Some(bytes)) => {
                // Hyper does not ask again after the last byte.
                if self.size_hint().exact() == Some(0) {
                    self.report(Ok(()));
                }
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Ok(None) => {
                self.report(Ok(()));
                Poll::Ready(None)
            }
            Err(error) => {
                self.report(Err(error));
                Poll::Ready(Some(Err(io::Error::other("the payload failed"))))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        let held = self.held.as_ref().map_or(0, Bytes::len);
        SizeHint::with_exact(self.cursor.remaining().saturating_add(held as u64))
    }
}
