//! A body of the core as one of hyper.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::sync::oneshot::{self, Receiver, Sender};

use crate::chunks::{BoxChunks, CHUNK};
use crate::proto::wire::{Body, BodyCursor, BodyPart};
use crate::timer::Progress;
use crate::watch::{BodyError, Watched};

/// What an attempt and the connection that sends its body share: the connection may keep a body
/// long after the attempt is over, and must not keep the payload.
pub(crate) struct Sending {
    state: Mutex<State>,
    progress: Progress,
}

enum State {
    /// The connection has not asked for the body.
    Untouched(Option<Parts>),
    /// The connection has a part of the body.
    Begun(Parts),
    /// The connection has the whole body.
    Complete,
    /// The attempt is over; `remaining` bytes are not sent.
    Released { begun: bool, remaining: u64 },
}

impl Sending {
    pub(crate) fn new(progress: Progress) -> Self {
        Self { state: Mutex::new(State::Untouched(None)), progress }
    }

    /// Whether a connection has asked for the body.
    pub(crate) fn has_begun(&self) -> bool {
        !matches!(*self.lock(), State::Untouched(_) | State::Released { begun: false, .. })
    }

    /// Returns a guard that releases the payload when it is dropped.
    pub(crate) fn release_at_end(self: &Arc<Self>) -> Release {
        Release(Arc::clone(self))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Releases the payload when it is dropped.
pub(crate) struct Release(Arc<Sending>);

impl Drop for Release {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        *state = match &*state {
            State::Untouched(parts) => {
                let remaining = parts.as_ref().map_or(0, Parts::remaining);
                State::Released { begun: false, remaining }
            }
            State::Begun(parts) => State::Released { begun: true, remaining: parts.remaining() },
            State::Complete | State::Released { .. } => return,
        };
    }
}

/// A body that knows its exact length, and ends in an error rather than be complete with a
/// payload that is not as announced: hyper stops at the announced length and would not notice.
pub(crate) struct Outgoing {
    sending: Arc<Sending>,
    /// Reports the end of the body; dropped before it when the connection takes no more.
    end: Option<Sender<Result<(), BodyError>>>,
}

impl Outgoing {
    /// Creates the body, and the receiver for how it ends.
    pub(crate) fn new(
        body: Body,
        chunks: BoxChunks,
        watched: Option<Box<Watched>>,
        sending: Arc<Sending>,
    ) -> (Self, Receiver<Result<(), BodyError>>) {
        let (sender, receiver) = oneshot::channel();
        let (cursor, next) = (body.into_cursor(), Bytes::new());
        let parts = Parts { cursor, chunks, next, is_payload: false, watched };
        *sending.lock() = State::Untouched(Some(parts));
        (Self { sending, end: Some(sender) }, receiver)
    }
}

/// What of a body the connection does not have yet.
struct Parts {
    cursor: BodyCursor,
    chunks: BoxChunks,
    /// Handed out in pieces: hyper's progress shows only between them.
    next: Bytes,
    /// Whether that is a part of the payload.
    is_payload: bool,
    watched: Option<Box<Watched>>,
}

impl Parts {
    fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        idle: &Progress,
    ) -> Poll<Result<Option<Bytes>, BodyError>> {
        loop {
            if !self.next.is_empty() {
                let available = self.next.len();
                let count = match &mut self.watched {
                    Some(watched) if self.is_payload => {
                        let count = ready!(watched.poll_turn(cx, available, idle));
                        watched.sent(count)?;
                        count
                    }
                    _ => available.min(CHUNK),
                };
                return Poll::Ready(Ok(Some(self.next.split_to(count))));
            }
            let payload_left = self.cursor.payload_left();
            match self.cursor.next_part() {
                BodyPart::Bytes(bytes) => {
                    self.next = bytes;
                    self.is_payload = self.cursor.payload_left() < payload_left;
                }
                BodyPart::Payload { .. } => {
                    let supplied = match ready!(self.chunks.poll_chunk(cx)).transpose()? {
                        Some(chunk) => self.cursor.supply(chunk),
                        None => self.cursor.end_payload(),
                    };
                    supplied.map_err(io::Error::from)?;
                }
                BodyPart::End => return Poll::Ready(Ok(None)),
            }
        }
    }

    fn remaining(&self) -> u64 {
        self.cursor.remaining().saturating_add(self.next.len() as u64)
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let sending = Arc::clone(&self.sending);
        let mut state = sending.lock();
        if let State::Untouched(parts) = &mut *state {
            if let Some(parts) = parts.take() {
                *state = State::Begun(parts);
            }
        }
        let parts = match &mut *state {
            State::Begun(parts) => parts,
            State::Complete => return Poll::Ready(None),
            State::Untouched(_) | State::Released { .. } => {
                return Poll::Ready(Some(Err(io::Error::other("the attempt is over"))));
            }
        };
        let (frame, end) = match ready!(parts.poll_next(cx, &sending.progress)) {
            Ok(bytes) => {
                sending.progress.made();
                // Hyper does not ask again after the last byte.
                let end = (parts.remaining() == 0).then_some(Ok(()));
                (bytes.map(Ok), end)
            }
            Err(error) => (Some(Err(io::Error::other("the body ended early"))), Some(Err(error))),
        };
        if let Some(end) = end {
            *state = State::Complete;
            if let Some(sender) = self.end.take() {
                // The attempt may be over.
                let _ = sender.send(end);
            }
        }
        Poll::Ready(frame.map(|frame| frame.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match &*self.sending.lock() {
            State::Untouched(Some(parts)) | State::Begun(parts) => parts.remaining(),
            State::Released { remaining, .. } => *remaining,
            State::Untouched(None) | State::Complete => 0,
        })
    }
}
