//! Where the payload of an upload comes from.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read};
use std::sync::OnceLock;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use imagekit_proto::transport::{AsyncPayload, Payload};

use crate::client::TablePayload;
use crate::temp_file::TempFile;

/// Where the payload of a case comes from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// Bytes in memory.
    Bytes(Bytes),
    /// A file with these bytes.
    Path(Bytes),
    /// A reader that can be read once.
    Once(Supply),
    /// A stream, where there are any, that can be read once.
    Stream(Supply),
    /// A reader that can be opened again.
    Reopen(Supply),
}

impl Source {
    /// The payload for a blocking transport.
    pub(crate) fn payload(&self) -> Payload<'static> {
        match self.clone() {
            Self::Bytes(bytes) | Self::Path(bytes) => Payload::bytes(bytes),
            Self::Once(supply) | Self::Stream(supply) => Payload::once(supply.len(), supply),
            Self::Reopen(supply) => Payload::reopen(supply.len(), move || Ok(supply.clone())),
        }
    }

    /// The payload for an async transport.
    pub(crate) fn async_payload(&self) -> AsyncPayload {
        let chunks = |mut supply: Supply| move |_: &mut Context<'_>| Poll::Ready(supply.next());
        match self.clone() {
            Self::Bytes(bytes) | Self::Path(bytes) => AsyncPayload::bytes(bytes),
            Self::Once(supply) | Self::Stream(supply) => {
                AsyncPayload::once(supply.len(), chunks(supply))
            }
            Self::Reopen(supply) => {
                AsyncPayload::reopen(supply.len(), move || Ok(chunks(supply.clone())))
            }
        }
    }

    /// The payload for a client, and the file that it needs.
    pub(crate) fn table_payload(&self) -> io::Result<(TablePayload, Option<TempFile>)> {
        Ok(match self.clone() {
            Self::Bytes(bytes) => (TablePayload::Bytes(bytes), None),
            Self::Path(bytes) => {
                let file = TempFile::new(&bytes)?;
                (TablePayload::Path(file.path().to_owned()), Some(file))
            }
            Self::Once(supply) => (TablePayload::Once(supply), None),
            Self::Stream(supply) => (TablePayload::Stream(supply), None),
            Self::Reopen(supply) => (TablePayload::Reopen(supply), None),
        })
    }
}

/// The bytes of a payload piece by piece, as a reader and as an iterator. It may be shorter or longer
/// than announced, or fail: the table tests that too.
#[derive(Clone, Default)]
pub struct Supply {
    announced: u64,
    pieces: VecDeque<Bytes>,
    /// Whether it ends with an error.
    fails: bool,
}

impl Supply {
    /// Returns the length to announce, in bytes.
    #[expect(clippy::len_without_is_empty, reason = "an announcement, not a fact")]
    pub fn len(&self) -> u64 {
        self.announced
    }

    /// `bytes` in pieces of `size`, announced as they are.
    pub(crate) fn new(bytes: impl Into<Bytes>, size: usize) -> Self {
        let mut bytes = bytes.into();
        let announced = bytes.len() as u64;
        let mut pieces = VecDeque::new();
        while bytes.has_remaining() {
            pieces.push_back(bytes.split_to(size.clamp(1, bytes.len())));
        }
        Self { announced, pieces, fails: false }
    }

    /// Announced as of another length.
    pub(crate) fn announced(mut self, len: u64) -> Self {
        self.announced = len;
        self
    }

    /// Ends with an error.
    pub(crate) fn failing(mut self) -> Self {
        self.fails = true;
        self
    }
}

impl fmt::Debug for Supply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Supply").field("len", &self.announced).finish_non_exhaustive()
    }
}

impl Iterator for Supply {
    type Item = io::Result<Bytes>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.pieces.pop_front() {
            Some(piece) => Some(Ok(piece)),
            None if std::mem::take(&mut self.fails) => Some(Err(io::Error::other("disk on fire"))),
            None => None,
        }
    }
}

impl Read for Supply {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(piece) = self.next() else { return Ok(0) };
        let mut piece = piece?;
        let count = piece.len().min(buffer.len());
        piece.copy_to_slice(buffer.get_mut(..count).unwrap_or_default());
        if piece.has_remaining() {
            self.pieces.push_front(piece);
        }
        Ok(count)
    }
}

/// The longest [`pattern`].
const LONGEST: usize = 32 << 20;

/// At most 32 MiB without a period, so that a piece sent twice, or not, or early is noticed.
pub(crate) fn pattern(len: usize) -> Bytes {
    static PATTERN: OnceLock<Bytes> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut bytes = Vec::with_capacity(LONGEST);
        while bytes.len() < LONGEST {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            bytes.extend_from_slice(&(state ^ (state >> 33)).to_le_bytes());
        }
        bytes.into()
    });
    pattern.slice(..len.min(LONGEST))
}
