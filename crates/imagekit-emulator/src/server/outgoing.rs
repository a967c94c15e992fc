//! Response bodies, truncated ones included.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// The connection ends because a fault asks for it.
#[derive(Debug)]
pub(super) struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection was dropped on purpose")
    }
}

impl std::error::Error for Dropped {}

/// A response's body; one that breaks off ends in an error instead of its last bytes.
pub(super) struct Outgoing {
    body: Bytes,
    end: End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    /// Hyper has to be asked to wait once: it throws away what it has not written when the
    /// body fails.
    BreaksOff,
    Broken,
}

impl Outgoing {
    pub(super) fn whole(body: Bytes) -> Self {
        Self { body, end: End::Whole }
    }

    /// A body that breaks off behind its last byte.
    pub(super) fn cut_short(body: Bytes) -> Self {
        Self { body, end: End::BreaksOff }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Dropped;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Dropped>>> {
        if !self.body.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.body)))));
        }
        match self.end {
            End::Whole => Poll::Ready(None),
            End::BreaksOff => {
                self.end = End::Broken;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            End::Broken => Poll::Ready(Some(Err(Dropped))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_empty() && self.end == End::Whole
    }

    fn size_hint(&self) -> SizeHint {
        match self.end {
            End::Whole => SizeHint::with_exact(self.body.len() as u64),
            End::BreaksOff | End::Broken => SizeHint::default(),
        }
    }
}
