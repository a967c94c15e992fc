//! Where the payload of an upload comes from.

use std::collections::VecDeque;
use std::io::{self, Read};

use bytes::{Buf, Bytes};
use imagekit_proto::{Call, Endpoint};

/// How a payload is handed to a transport.
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
    /// Sets the length of the payload on `call`, and whether it can be read again.
    pub(crate) fn announce<E: Endpoint, T>(&self, call: Call<E, T>) -> Call<E, T> {
        match self {
            Self::Bytes(bytes) | Self::Path(bytes) => call.with_payload(bytes.len() as u64),
            Self::Reopen(supply) => call.with_payload(supply.announced),
            Self::Once(supply) | Self::Stream(supply) => call.with_payload_once(supply.announced),
        }
    }
}

/// The bytes of a reader, piece by piece.
#[derive(Clone, Debug, Default)]
pub(crate) struct Supply {
    /// The announced length.
    pub(crate) announced: u64,
    pub(crate) pieces: VecDeque<Bytes>,
    /// Whether it ends with an error.
    pub(crate) fails: bool,
}

impl Supply {
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

/// `len` bytes without a period, so that a piece sent twice, or not, or early is noticed.
pub(crate) fn pattern(len: usize) -> Bytes {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut bytes = Vec::with_capacity(len + 8);
    while bytes.len() < len {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        bytes.extend_from_slice(&(state ^ (state >> 33)).to_le_bytes());
    }
    bytes.truncate(len);
    bytes.into()
}
