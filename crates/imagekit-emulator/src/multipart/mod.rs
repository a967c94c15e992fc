//! A reader for `multipart/form-data` (RFC 7578), fed piece by piece.
//!
//! It copies nothing of a body that comes in one piece, and can keep no more than the first
//! bytes of a large part.

mod head;

use std::fmt;

use bytes::{Buf, Bytes, BytesMut};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use memchr::memmem;

use head::{PartHead, boundary, part_head};

/// The head of a part may have this many bytes.
const MAX_HEAD: usize = 16 * 1024;
/// A form may have this many parts.
const MAX_PARTS: usize = 1000;

/// What is wrong with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormError {
    NotMultipart,
    NoBoundary,
    Truncated,
    BadPart,
    TooManyParts,
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotMultipart => "Your request is not multipart/form-data.",
            Self::NoBoundary => "The content-type of your request has no valid boundary.",
            Self::Truncated => "The multipart body of your request ends too early.",
            Self::BadPart => "A part of your multipart request is malformed.",
            Self::TooManyParts => "Your request has too many parts.",
        })
    }
}

/// One part of a form.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    /// The bytes, or the first of them.
    pub(crate) data: Bytes,
    /// How many there were.
    pub(crate) size: u64,
}

/// Reads a form.
#[derive(Debug)]
pub(crate) struct FormReader {
    /// CR, LF, two hyphens, the boundary.
    delimiter: Vec<u8>,
    /// Of each part no more than this is kept.
    keep: usize,
    /// What was fed and not used yet.
    pending: Bytes,
    state: State,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum State {
    Preamble,
    /// Behind a delimiter.
    Delimited,
    Data(Open),
    Epilogue,
}

/// A part whose end has not come.
#[derive(Debug)]
struct Open {
    head: PartHead,
    kept: Kept,
    size: u64,
}

/// Data as it came: one piece is not copied.
#[derive(Debug)]
enum Kept {
    One(Bytes),
    Many(BytesMut),
}

/// What a step found.
enum Progress {
    Moved,
    NeedsMore,
}

impl FormReader {
    /// `keep` is the most that is kept of any part.
    pub(crate) fn new(headers: &HeaderMap, keep: usize) -> Result<Self, FormError> {
        let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let boundary = boundary(content_type.ok_or(FormError::NotMultipart)?)?;
        let delimiter = format!("\r\n--{boundary}").into_bytes();
        // The first delimiter has no line before it: one is put there.
        let pending = Bytes::from_static(b"\r\n");
        Ok(Self { delimiter, keep, pending, state: State::Preamble, parts: Vec::new() })
    }

    pub(crate) fn feed(&mut self, chunk: Bytes) -> Result<(), FormError> {
        self.pending = match (&self.state, self.pending.is_empty()) {
            (_, true) => chunk,
            // A body in one piece begins with its delimiter: it need not be copied for the
            // line put before it.
            (State::Preamble, _) if self.begins_with_delimiter(&chunk) => {
                self.state = State::Delimited;
                chunk.slice(self.delimiter.len() - 2..)
            }
            (_, false) => {
                let mut joined = BytesMut::with_capacity(self.pending.len() + chunk.len());
                joined.extend_from_slice(&self.pending);
                joined.extend_from_slice(&chunk);
                joined.freeze()
            }
        };
        while let Progress::Moved = self.step()? {}
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<Vec<Part>, FormError> {
        match self.state {
            State::Epilogue => Ok(self.parts),
            _ => Err(FormError::Truncated),
        }
    }

    fn begins_with_delimiter(&self, chunk: &[u8]) -> bool {
        self.pending.as_ref() == b"\r\n"
            && self.delimiter.strip_prefix(b"\r\n").is_some_and(|start| chunk.starts_with(start))
    }

    fn step(&mut self) -> Result<Progress, FormError> {
        match &mut self.state {
            State::Preamble => match memmem::find(&self.pending, &self.delimiter) {
                Some(at) => {
                    self.pending.advance(at + self.delimiter.len());
                    self.state = State::Delimited;
                    Ok(Progress::Moved)
                }
                None => {
                    let tail = self.pending.len().saturating_sub(self.delimiter.len());
                    self.pending.advance(tail);
                    Ok(Progress::NeedsMore)
                }
            },
            State::Delimited => self.open_part(),
            State::Data(open) => {
                // What could be the beginning of a delimiter is not data yet.
                let found = memmem::find(&self.pending, &self.delimiter);
                let end = found.unwrap_or(
                    self.pending.len().saturating_sub(self.delimiter.len().saturating_sub(1)),
                );
                open.push(self.pending.split_to(end), self.keep);
                if found.is_none() {
                    return Ok(Progress::NeedsMore);
                }
                self.pending.advance(self.delimiter.len());
                if let State::Data(open) = std::mem::replace(&mut self.state, State::Delimited) {
                    self.parts.push(open.close());
                }
                Ok(Progress::Moved)
            }
            State::Epilogue => {
                self.pending.clear();
                Ok(Progress::NeedsMore)
            }
        }
    }

    /// Behind a delimiter: the end, or the head of a part.
    fn open_part(&mut self) -> Result<Progress, FormError> {
        if self.pending.starts_with(b"--") {
            self.state = State::Epilogue;
            return Ok(Progress::Moved);
        }
        let Some(end) = memmem::find(&self.pending, b"\r\n\r\n") else {
            let too_long = self.pending.len() > MAX_HEAD;
            return if too_long { Err(FormError::BadPart) } else { Ok(Progress::NeedsMore) };
        };
        if end > MAX_HEAD {
            return Err(FormError::BadPart);
        }
        if self.parts.len() >= MAX_PARTS {
            return Err(FormError::TooManyParts);
        }
        let head = self.pending.split_to(end);
        self.pending.advance(4);
        let head = std::str::from_utf8(&head).map_err(|_| FormError::BadPart)?;
        let head = part_head(head)?;
        self.state = State::Data(Open { head, kept: Kept::One(Bytes::new()), size: 0 });
        Ok(Progress::Moved)
    }
}

impl Open {
    fn push(&mut self, mut data: Bytes, keep: usize) {
        self.size = self.size.saturating_add(data.len() as u64);
        data.truncate(keep.saturating_sub(self.kept.len()));
        if data.is_empty() {
            return;
        }
        match &mut self.kept {
            Kept::One(kept) if kept.is_empty() => *kept = data,
            Kept::One(kept) => {
                let mut joined = BytesMut::from(kept.as_ref());
                joined.extend_from_slice(&data);
                self.kept = Kept::Many(joined);
            }
            Kept::Many(joined) => joined.extend_from_slice(&data),
        }
    }

    fn close(self) -> Part {
        let data = match self.kept {
            Kept::One(data) => data,
            Kept::Many(data) => data.freeze(),
        };
        let PartHead { name, file_name } = self.head;
        Part { name, file_name, data, size: self.size }
    }
}

impl Kept {
    fn len(&self) -> usize {
        match self {
            Self::One(data) => data.len(),
            Self::Many(data) => data.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "preamble\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
        --b\r\ncontent-disposition: form-data; filename=\"x;y.png\"; name=\"file\"\r\n\
        content-type: image/png\r\n\r\n\r\n--bad\r\n-\r\n--b--\r\nepilogue";

    fn reader(content_type: &'static str, keep: usize) -> Result<FormReader, FormError> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, http::HeaderValue::from_static(content_type));
        FormReader::new(&headers, keep)
    }

    fn read(body: &str, size: usize, keep: usize) -> Result<Vec<Part>, FormError> {
        let mut reader = reader("multipart/form-data; boundary=b", keep)?;
        for chunk in body.as_bytes().chunks(size) {
            reader.feed(Bytes::copy_from_slice(chunk))?;
        }
        reader.finish()
    }

    #[test]
    fn the_pieces_do_not_matter() {
        for start in ["", "preamble\r\n"] {
            let body = FORM.replacen("preamble\r\n", start, 1);
            let body = body.replace("--bad", "-bad");
            for size in 1..=body.len() {
                let parts = read(&body, size, usize::MAX).unwrap();
                let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
                assert_eq!(names, ["a", "file"], "pieces of {size}");
                assert_eq!(parts[0].data, "1");
                assert_eq!(parts[1].data, "\r\n-bad\r\n-");
                assert_eq!(parts[1].file_name.as_deref(), Some("x;y.png"));
            }
        }
    }

    #[test]
    fn a_head_can_be_kept_alone() {
        let body = FORM.replace("--bad", "0123456789");
        for size in [1, 3, 1000] {
            let parts = read(&body, size, 4).unwrap();
            assert_eq!((parts[1].data.as_ref(), parts[1].size), (&b"\r\n01"[..], 15));
        }
    }

    #[test]
    fn broken_forms() {
        assert_eq!(reader("text/plain", 1).unwrap_err(), FormError::NotMultipart);
        assert_eq!(reader("multipart/form-data", 1).unwrap_err(), FormError::NoBoundary);
        assert_eq!(reader("multipart/form-data; boundary=", 1).unwrap_err(), FormError::NoBoundary);
        let broken = [
            ("", FormError::Truncated),
            ("--b\r\ncontent-disposition: form-data; name=a\r\n\r\n1", FormError::Truncated),
            ("--b\r\ncontent-type: text/plain\r\n\r\n1\r\n--b--", FormError::BadPart),
            ("--b\r\ncontent-disposition: form-data\r\n\r\n1\r\n--b--", FormError::BadPart),
        ];
        for (body, error) in broken {
            assert_eq!(read(body, 1000, 100).unwrap_err(), error, "{body:?}");
        }
        assert!(read("--b--", 1, 100).unwrap().is_empty());
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(body in proptest::collection::vec(
            proptest::sample::select(vec![
                "--b", "--", "\r\n", "\r\n\r\n", "x", "content-disposition: form-data; name=\"n\"",
            ]), 0..40), size in 1_usize..20) {
            let _ = read(&body.concat(), size, 10);
        }
    }
}
