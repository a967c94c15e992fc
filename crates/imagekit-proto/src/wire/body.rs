//! Transport-independent request bodies.

use std::fmt;
use std::io;

use bytes::{Buf, Bytes};

use crate::secret::HiddenBytes;

/// Transport-independent request body: bytes, then at most one payload, then bytes.
///
/// The payload is in memory (never copied) or supplied by the transport while it sends
/// ([`external_len`](Body::external_len) is its length). The length is always exact, so a transport
/// never needs chunked encoding. A transport sends the body with
/// [`into_reader`](Body::into_reader) (blocking) or [`into_cursor`](Body::into_cursor) (async), or,
/// when it takes whole bodies only, with [`into_bytes`](Body::into_bytes).
///
/// ```
/// use std::io::Read as _;
/// use imagekit_proto::wire::Body;
///
/// let body = Body::external("head ".into(), 4, " tail".into());
/// assert_eq!((body.len(), body.external_len()), (14, Some(4)));
///
/// let file = &b"body"[..]; // in a program: a std::fs::File
/// let mut sent = Vec::new();
/// body.into_reader(file).read_to_end(&mut sent)?;
/// assert_eq!(sent, b"head body tail");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Body {
    head: Bytes,
    payload: Payload,
    /// Empty without a payload.
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
    /// Creates an empty body.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Creates a body of `head`, then `payload` from memory, then `tail`.
    pub fn inline(head: Bytes, payload: Bytes, tail: Bytes) -> Self {
        Self { head, payload: Payload::Inline(payload), tail }
    }

    /// Creates a body of `head`, then exactly `len` bytes that the transport supplies, then `tail`.
    pub fn external(head: Bytes, len: u64, tail: Bytes) -> Self {
        Self { head, payload: Payload::External(len), tail }
    }

    /// Returns the exact length in bytes.
    pub fn len(&self) -> u64 {
        let payload = match &self.payload {
            Payload::None => 0,
            Payload::Inline(bytes) => bytes.len() as u64,
            Payload::External(len) => *len,
        };
        (self.head.len() as u64).saturating_add(payload).saturating_add(self.tail.len() as u64)
    }

    /// Returns whether the length is zero.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns how many bytes the transport has to supply; `None` when the body has no such payload.
    pub fn external_len(&self) -> Option<u64> {
        match self.payload {
            Payload::External(len) => Some(len),
            Payload::None | Payload::Inline(_) => None,
        }
    }

    /// Returns the whole body, if it is one piece of memory (JSON and empty bodies are).
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.payload {
            Payload::None => Some(&self.head),
            Payload::Inline(_) | Payload::External(_) => None,
        }
    }

    /// Returns the whole body as one piece of memory, copying a form with a file together.
    ///
    /// # Errors
    ///
    /// The body itself, when the transport has to supply its payload.
    pub fn into_bytes(self) -> Result<Bytes, Self> {
        match &self.payload {
            Payload::None => Ok(self.head),
            Payload::Inline(payload) => Ok([&self.head[..], payload, &self.tail].concat().into()),
            Payload::External(_) => Err(self),
        }
    }

    /// Takes the body apart piece by piece, for an async or a custom transport.
    pub fn into_cursor(self) -> BodyCursor {
        let (inline, external, ended) = match self.payload {
            Payload::None => (Bytes::new(), 0, true),
            Payload::Inline(bytes) => (bytes, 0, true),
            Payload::External(len) => (Bytes::new(), len, false),
        };
        let (head, tail) = (self.head, self.tail);
        BodyCursor { head, inline, external, supplied: Bytes::new(), ended, tail }
    }

    /// Returns the body as one reader, its external payload read from `payload`.
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

/// The next part of a body that a transport has to send.
#[derive(Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a transport has to handle every case")]
pub enum BodyPart {
    /// Bytes to send.
    Bytes(Bytes),
    /// Nothing yet, since the payload's turn has come: hand its next chunk to
    /// [`BodyCursor::supply`], its end to [`BodyCursor::end_payload`].
    Payload {
        /// How many bytes are still missing. Zero: only the end has to be confirmed.
        missing: u64,
    },
    /// The body is complete.
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

/// Position in a [`Body`] that is being sent. It counts the payload's bytes, so a transport cannot
/// send a body whose length differs from the announced `content-length`: the last chunk of the
/// payload is returned once its end is confirmed.
///
/// ```
/// use imagekit_proto::wire::{Body, BodyPart};
///
/// let mut chunks = ["bo", "dy"].into_iter(); // wherever the payload comes from
/// let mut cursor = Body::external("head ".into(), 4, " tail".into()).into_cursor();
/// let mut sent = Vec::new();
/// loop {
///     match cursor.next_part() {
///         BodyPart::Bytes(bytes) => sent.extend_from_slice(&bytes),
///         BodyPart::Payload { .. } => match chunks.next() {
///             Some(chunk) => cursor.supply(chunk.into())?,
///             None => cursor.end_payload()?,
///         },
///         BodyPart::End => break,
///     }
/// }
/// assert_eq!(sent, b"head body tail");
/// # Ok::<(), imagekit_proto::wire::PayloadError>(())
/// ```
pub struct BodyCursor {
    head: Bytes,
    inline: Bytes,
    /// How many bytes of the payload are missing.
    external: u64,
    /// Bytes of the payload that were not returned yet.
    supplied: Bytes,
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
            .field("supplied", &HiddenBytes(&self.supplied))
            .field("ended", &self.ended)
            .field("tail", &HiddenBytes(&self.tail))
            .finish()
    }
}

impl BodyCursor {
    /// Returns what to send next; bytes are returned once.
    pub fn next_part(&mut self) -> BodyPart {
        let is_unconfirmed = !self.ended && self.external == 0;
        // What the server would take for the end of the body waits: a payload that goes on has to be
        // noticed before.
        if is_unconfirmed && self.supplied.is_empty() && self.tail.is_empty() {
            return BodyPart::Payload { missing: 0 };
        }
        let next = [&mut self.head, &mut self.inline].into_iter().find(|bytes| !bytes.is_empty());
        if let Some(bytes) = next {
            BodyPart::Bytes(std::mem::take(bytes))
        } else if is_unconfirmed {
            BodyPart::Payload { missing: 0 }
        } else if !self.supplied.is_empty() {
            BodyPart::Bytes(std::mem::take(&mut self.supplied))
        } else if !self.ended {
            BodyPart::Payload { missing: self.external }
        } else if !self.tail.is_empty() {
            BodyPart::Bytes(std::mem::take(&mut self.tail))
        } else {
            BodyPart::End
        }
    }

    /// Adds a chunk of the payload: [`next_part`](Self::next_part) returns it in its turn.
    ///
    /// # Errors
    ///
    /// The payload is longer than announced.
    pub fn supply(&mut self, chunk: Bytes) -> Result<(), PayloadError> {
        self.take(chunk.len() as u64)?;
        self.supplied = match self.supplied.is_empty() {
            true => chunk,
            false => [&self.supplied[..], &chunk].concat().into(),
        };
        Ok(())
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

    /// Returns how many bytes of a payload that the transport supplies are left to send.
    pub fn payload_left(&self) -> u64 {
        self.external.saturating_add(self.supplied.len() as u64)
    }

    /// Returns how many bytes are left to send.
    pub fn remaining(&self) -> u64 {
        (self.head.len() as u64)
            .saturating_add(self.inline.len() as u64)
            .saturating_add(self.external)
            .saturating_add(self.supplied.len() as u64)
            .saturating_add(self.tail.len() as u64)
    }
}

/// A payload that is not as long as announced.
///
/// The request was cut off before it was complete, so the server did not carry it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayloadError {
    /// How many bytes were missing; `None` when there were too many.
    missing: Option<u64>,
}

impl PayloadError {
    /// Returns how many bytes were missing; `None` when there were more than announced.
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

impl<R> BodyReader<R> {
    /// Returns how many bytes of the payload are left to read.
    pub fn payload_left(&self) -> u64 {
        self.cursor.payload_left()
    }
}

impl<R: io::Read> BodyReader<R> {
    /// Returns the last bytes only once the payload's end is confirmed: a body without a
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

    /// Reads one byte more than the payload may have.
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
    fn the_last_chunk_waits_for_the_payloads_end() {
        let body = |tail| Body::external(Bytes::from_static(b"head "), 4, tail);
        for tail in [Bytes::new(), Bytes::from_static(b" tail")] {
            let mut cursor = body(tail.clone()).into_cursor();
            assert_eq!(cursor.next_part(), BodyPart::Bytes("head ".into()));
            assert_eq!(cursor.next_part(), BodyPart::Payload { missing: 4 });
            cursor.supply("b".into()).unwrap();
            assert_eq!(cursor.next_part(), BodyPart::Bytes("b".into()));
            // Two chunks at once are as good as one.
            cursor.supply("o".into()).unwrap();
            cursor.supply("dy".into()).unwrap();
            assert_eq!(cursor.remaining(), 3 + tail.len() as u64);
            for _ in 0..2 {
                assert_eq!(cursor.next_part(), BodyPart::Payload { missing: 0 });
            }
            cursor.supply("!".into()).unwrap_err();
            cursor.supply(Bytes::new()).unwrap();
            cursor.end_payload().unwrap();
            assert_eq!(cursor.next_part(), BodyPart::Bytes("ody".into()));
            if !tail.is_empty() {
                assert_eq!(cursor.next_part(), BodyPart::Bytes(tail));
            }
            assert_eq!(cursor.next_part(), BodyPart::End);
        }
    }

    #[test]
    fn what_is_left_of_a_payload_is_what_was_not_sent() {
        let body = Body::external(Bytes::from_static(b"head "), 4, Bytes::from_static(b" tail"));
        let mut cursor = body.clone().into_cursor();
        assert_eq!(cursor.payload_left(), 4);
        cursor.next_part();
        cursor.supply("bo".into()).unwrap();
        assert_eq!(cursor.payload_left(), 4);
        cursor.next_part();
        assert_eq!(cursor.payload_left(), 2);

        let mut reader = body.into_reader(&b"body"[..]);
        reader.read_exact(&mut [0; 8]).unwrap();
        assert_eq!(reader.payload_left(), 1);
        reader.read_to_end(&mut Vec::new()).unwrap();
        assert_eq!(reader.payload_left(), 0);
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

    #[test]
    fn a_head_without_payload_and_tail_waits_for_the_payloads_end() {
        let body = || Body::external(Bytes::from_static(b"head"), 0, Bytes::new());
        let mut sent = Vec::new();
        assert!(body().into_reader(&b"more"[..]).read_to_end(&mut sent).is_err());
        assert!(sent.is_empty(), "{sent:?}");
        body().into_reader(io::empty()).read_to_end(&mut sent).unwrap();
        assert_eq!(sent, b"head");
    }

    #[test]
    fn bodies_in_memory_become_bytes() {
        let [head, payload, tail] = ["head ", "body", " tail"].map(Bytes::from);
        assert_eq!(Body::empty().into_bytes().unwrap(), "");
        assert_eq!(Body::from(head.clone()).into_bytes().unwrap(), "head ");
        let inline = Body::inline(head.clone(), payload, tail.clone());
        assert_eq!(inline.into_bytes().unwrap(), "head body tail");
        let external = Body::external(head, 4, tail).into_bytes().unwrap_err();
        assert_eq!(external.external_len(), Some(4));
    }

    #[test]
    fn only_a_body_of_one_piece_has_bytes() {
        let piece = || Bytes::from_static(b"x");
        assert_eq!(Body::from(piece()).as_bytes(), Some(&piece()));
        assert_eq!(Body::empty().as_bytes(), Some(&Bytes::new()));
        assert_eq!(Body::inline(piece(), piece(), piece()).as_bytes(), None);
        assert_eq!(Body::external(piece(), 0, Bytes::new()).as_bytes(), None);
    }
}
