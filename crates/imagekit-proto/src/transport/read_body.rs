//! A request body as a blocking transport reads it.

use std::fmt;
use std::io::{self, Read};

use bytes::Bytes;

use super::judge::{Fate, stand_in};
use crate::wire::{Body, BodyReader};

/// The body of a request, its payload included: a reader of exactly [`len`](Self::len) bytes.
///
/// It ends in an error rather than be complete with a payload that failed or is not as long as
/// announced: the transport must cut the request off then.
pub struct ReadBody<'a> {
    len: u64,
    reader: &'a mut (dyn Read + 'a),
}

impl ReadBody<'_> {
    /// Returns the length in bytes: what `content-length` announces.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Returns whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Reads the whole body into memory, for a transport that sends nothing else.
    ///
    /// # Errors
    ///
    /// The payload failed: send nothing, and return the error as
    /// [`Failure::not_sent`](crate::error::Failure::not_sent).
    pub fn into_bytes(mut self) -> io::Result<Bytes> {
        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes)?;
        Ok(bytes.into())
    }
}

impl Read for ReadBody<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer)
    }
}

impl fmt::Debug for ReadBody<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadBody").field("len", &self.len).finish_non_exhaustive()
    }
}

/// A request body on its way, as the driver keeps it.
pub(super) struct Sending<'a> {
    reader: BodyReader<Box<dyn Read + 'a>>,
    remaining: u64,
    error: Option<io::Error>,
}

impl<'a> Sending<'a> {
    pub(super) fn new(body: Body, payload: Option<Box<dyn Read + 'a>>) -> Self {
        let remaining = body.len();
        let payload = payload.unwrap_or_else(|| Box::new(io::empty()));
        Self { reader: body.into_reader(payload), remaining, error: None }
    }

    /// Returns the body for the transport.
    pub(super) fn body(&mut self) -> ReadBody<'_> {
        ReadBody { len: self.remaining, reader: self }
    }

    /// Returns what became of the body, after the transport is done with it.
    pub(super) fn fate(self) -> Fate {
        Fate { is_complete: self.remaining == 0, error: self.error }
    }
}

impl Read for Sending<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = &self.error {
            return Err(stand_in(error));
        }
        match self.reader.read(buffer) {
            Ok(count) => {
                self.remaining = self.remaining.saturating_sub(count as u64);
                Ok(count)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let stand_in = stand_in(&error);
                self.error = Some(error);
                Err(stand_in)
            }
        }
    }
}
