//! A request body described, not performed.

use std::fmt;
use std::io;

use bytes::{Buf, Bytes};

use crate::secret::HiddenBytes;

/// A request body: bytes, then at most one payload, then bytes.
///
/// The payload is in memory (never copied) or supplied by the transport while it sends
/// ([`external_len`](Body::external_len) says how much). The length is always exact, so a
/// transport never needs chunked encoding. A transport takes the body apart with
/// [`into_reader`](Body::into_reader) (blocking) or [`into_cursor`](Body::into_cursor).
#[derive(Clone, Default)]
pub struct Body {
    head: Bytes,
    payload: Payload,
    tail: Bytes,
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("head", &HiddenBytes(&self.head))
            .field("payload", &self.payload)
            .field("tail", &HiddenBytes(&self.tail))
            .finish()
    }
}

#[derive(Clone, Default)]
enum Payload {
    #[default]
    None,
    Inline(Bytes),
    External(u64),
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Inline(bytes) => write!(f, "Inline({} bytes)", bytes.len()),
            Self::External(len) => write!(f, "External({len} bytes)"),
        }
    }
}

impl Body {
    /// A body without a byte.
    pub fn empty() -> Self {
        Self::default()
    }

    /// `head`, then `payload` from memory, then `tail`.
    pub fn inline(head: Bytes, payload: Bytes, tail: Bytes) -> Self {
        Self { head, payload: Payload::Inline(payload), tail }
    }

    /// `head`, then exactly `len` bytes that the transport supplies, then `tail`.
    pub fn external(head: Bytes, len: u64, tail: Bytes) -> Self {
        Self { head, payload: Payload::External(len), tail }
    }

    /// The exact length in bytes.
    pub fn len(&self) -> u64 {
        let payload = match &self.payload {
            Payload::None => 0,
            Payload::Inline(bytes) => bytes.len() as u64,
            Payload::External(len) => *len,
        };
        (self.head.len() as u64).saturating_add(payload).saturating_add(self.tail.len() as u64)
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many bytes the transport has to supply; `None` when it has to supply nothing.
    pub fn external_len(&self) -> Option<u64> {
        match self.payload {
            Payload::External(len) => Some(len),
            Payload::None | Payload::Inline(_) => None,
        }
    }

    /// The whole body, if it is one piece of memory (JSON and empty bodies are).
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.payload {
            Payload::None if self.tail.is_empty() => Some(&self.head),
            _ => None,
        }
    }

    /// The body piece by piece, for an async or a custom transport.
    pub fn into_cursor(self) -> BodyCursor {
        let (inline, external, ended) = match self.payload {
            Payload::None => (Bytes::new(), 0, true),
            Payload::Inline(bytes) => (bytes, 0, true),
            Payload::External(len) => (Bytes::new(), len, false),
        };
        BodyCursor { head: self.head, inline, external, ended, tail: self.tail }
    }

    /// The body as one reader, the external payload read from `payload`.
    ///
    /// Reading fails with a [`PayloadError`] inside the [`io::Error`] when `payload` turns out
    /// shorter or longer than announced. Without an external payload `payload` is not read:
    /// pass [`io::empty()`].
    pub fn into_reader<R: io::Read>(self, payload: R) -> BodyReader<R> {
        BodyReader { cursor: self.into_cursor(), part: Bytes::new(), payload, failed: None }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self { head: bytes, ..Self::default() }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

/// What a transport has to send next.
#[derive(Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a transport has to handle every case")]
pub enum BodyPart {
    /// These bytes.
    Bytes(Bytes),
    /// Bytes of the payload: hand each chunk to [`BodyCursor::supply`], its end to
    /// [`BodyCursor::end_payload`].
    Payload {
        /// How many are still missing. Zero: only the end has to be confirmed.
        missing: u64,
    },
    /// Nothing: the body is complete.
    End,
}

impl fmt::Debug for BodyPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => f.debug_tuple("Bytes").field(&HiddenBytes(bytes)).finish(),
            Self::Payload { missing } => {
                f.debug_struct("Payload").field("missing", missing).finish()
            }
            Self::End => f.write_str("End"),
        }
    }
}

/// Walks through a [`Body`]. Sums are kept here, so a transport cannot send a body whose
/// length differs from the `content-length` it announced.
///
/// ```
/// use bytes::Bytes;
/// use imagekit_proto::wire::{Body, BodyPart};
///
/// let mut cursor = Body::external("head ".into(), 4, " tail".into()).into_cursor();
/// let mut sent = Vec::new();
/// loop {
///     match cursor.next_part() {
///         BodyPart::Bytes(bytes) => sent.extend_from_slice(&bytes),
///         BodyPart::Payload { missing: 0 } => cursor.end_payload()?,
///         BodyPart::Payload { .. } => {
///             let chunk = Bytes::from_static(b"body"); // from wherever the payload comes
///             sent.extend_from_slice(&cursor.supply(chunk)?);
///         }
///         BodyPart::End => break,
///     }
/// }
/// assert_eq!(sent, b"head body tail");
/// # Ok::<(), imagekit_proto::wire::PayloadError>(())
/// ```
pub struct BodyCursor {
    head: Bytes,
    inline: Bytes,
    external: u64,
    /// Whether the payload's end was confirmed.
    ended: bool,
    tail: Bytes,
}

impl fmt::Debug for BodyCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyCursor")
            .field("head", &HiddenBytes(&self.head))
            .field("inline", &HiddenBytes(&self.inline))
            .field("external", &self.external)
            .field("ended", &self.ended)
            .field("tail", &HiddenBytes(&self.tail))
            .finish()
    }
}

impl BodyCursor {
    /// What to send next; bytes are handed out once.
    pub fn next_part(&mut self) -> BodyPart {
        if !self.head.is_empty() {
            BodyPart::Bytes(std::mem::take(&mut self.head))
        } else if !self.inline.is_empty() {
            BodyPart::Bytes(std::mem::take(&mut self.inline))
        } else if !self.ended {
            BodyPart::Payload { missing: self.external }
        } else if !self.tail.is_empty() {
            BodyPart::Bytes(std::mem::take(&mut self.tail))
        } else {
            BodyPart::End
        }
    }

    /// Takes a chunk of the payload and gives it back for sending.
    ///
    /// # Errors
    ///
    /// The payload is longer than announced.
    pub fn supply(&mut self, chunk: Bytes) -> Result<Bytes, PayloadError> {
        self.take(chunk.len() as u64)?;
        Ok(chunk)
    }

    fn take(&mut self, count: u64) -> Result<(), PayloadError> {
        self.external = self.external.checked_sub(count).ok_or(PayloadError { missing: None })?;
        Ok(())
    }

    /// Confirms that the payload has ended.
    ///
    /// # Errors
    ///
    /// The payload is shorter than announced.
    pub fn end_payload(&mut self) -> Result<(), PayloadError> {
        match self.external {
            0 => {
                self.ended = true;
                Ok(())
            }
            missing => Err(PayloadError { missing: Some(missing) }),
        }
    }

    /// How many bytes have not been handed out yet, supplied ones aside.
    pub fn remaining(&self) -> u64 {
        (self.head.len() as u64)
            .saturating_add(self.inline.len() as u64)
            .saturating_add(self.external)
            .saturating_add(self.tail.len() as u64)
    }
}

/// A payload that is not as long as announced.
///
/// Nothing wrong was stored: the request was cut off before it was complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayloadError {
    /// How many bytes were missing; `None` when there were too many.
    missing: Option<u64>,
}

impl PayloadError {
    /// How many bytes were missing; `None` when there were more than announced.
    pub fn missing(&self) -> Option<u64> {
        self.missing
    }
}

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.missing {
            Some(missing) => {
                write!(f, "the payload ended {missing} bytes before its announced length")
            }
            None => f.write_str("the payload goes on beyond its announced length"),
        }
    }
}

impl std::error::Error for PayloadError {}

impl From<PayloadError> for io::Error {
    fn from(error: PayloadError) -> Self {
        let kind = match error.missing {
            Some(_) => io::ErrorKind::UnexpectedEof,
            None => io::ErrorKind::InvalidData,
        };
        Self::new(kind, error)
    }
}

/// A [`Body`] as one reader. Made by [`Body::into_reader`].
pub struct BodyReader<R> {
    cursor: BodyCursor,
    part: Bytes,
    payload: R,
    /// The payload was not as long as announced: there is nothing more to send.
    failed: Option<PayloadError>,
}

impl<R> fmt::Debug for BodyReader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyReader")
            .field("cursor", &self.cursor)
            .field("part", &HiddenBytes(&self.part))
            .finish_non_exhaustive()
    }
}

impl<R: io::Read> io::Read for BodyReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if let Some(error) = self.failed {
            return Err(error.into());
        }
        loop {
            if !self.part.is_empty() {
                let count = self.part.len().min(buffer.len());
                self.part.copy_to_slice(buffer.get_mut(..count).unwrap_or_default());
                return Ok(count);
            }
            match self.cursor.next_part() {
                BodyPart::Bytes(bytes) => self.part = bytes,
                BodyPart::Payload { missing: 0 } => self.confirm_end()?,
                BodyPart::Payload { missing } => return self.read_payload(buffer, missing),
                BodyPart::End => return Ok(0),
            }
        }
    }
}

impl<R: io::Read> BodyReader<R> {
    /// The last bytes are handed out only once the payload's end is confirmed: a body without a
    /// tail would otherwise be complete on the wire before a payload that goes on is noticed.
    fn read_payload(&mut self, buffer: &mut [u8], missing: u64) -> io::Result<usize> {
        let limit = usize::try_from(missing).unwrap_or(usize::MAX).min(buffer.len());
        let count = self.payload.read(buffer.get_mut(..limit).unwrap_or_default())?;
        if count == 0 {
            self.cursor.end_payload().map_err(|error| self.fail(error))?;
        }
        self.cursor.take(count as u64).map_err(|error| self.fail(error))?;
        if count as u64 == missing {
            self.confirm_end()?;
        }
        Ok(count)
    }

    /// A transport that reads on after this gets the error again, never the rest.
    fn fail(&mut self, error: PayloadError) -> PayloadError {
        self.failed = Some(error);
        error
    }

    /// Asks the payload for one byte more than it may have.
    fn confirm_end(&mut self) -> io::Result<()> {
        loop {
            match self.payload.read(&mut [0]) {
                Ok(0) => return Ok(self.cursor.end_payload().map_err(|error| self.fail(error))?),
                Ok(_) => return Err(self.fail(PayloadError { missing: None }).into()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn without_a_tail_the_end_is_confirmed_before_the_last_byte() {
        let body = || Body::external(Bytes::from_static(b"head "), 4, Bytes::new());
        let mut sent = Vec::new();
        let read = body().into_reader(&b"body and more"[..]).read_to_end(&mut sent);
        assert!(read.is_err(), "{read:?}");
        assert!((sent.len() as u64) < body().len(), "{sent:?}");

        let mut sent = Vec::new();
        body().into_reader(&b"body"[..]).read_to_end(&mut sent).unwrap();
        assert_eq!(sent, b"head body");
    }

    #[test]
    fn a_payload_announced_as_empty_has_to_be_empty() {
        let body = || Body::external(Bytes::new(), 0, Bytes::from_static(b"tail"));
        let mut sent = Vec::new();
        assert!(body().into_reader(&b"more"[..]).read_to_end(&mut sent).is_err());
        assert!(sent.is_empty(), "{sent:?}");
        body().into_reader(io::empty()).read_to_end(&mut sent).unwrap();
        assert_eq!(sent, b"tail");
    }
}
