//! Forms: `multipart/form-data` (RFC 7578) of exactly the announced length.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;

use super::body::Body;
use crate::error::BuildError;

/// Name and type of the file part of a form.
///
/// ```
/// use imagekit_proto::wire::FilePart;
///
/// let part = FilePart::new("photo.jpg").content_type("image/jpeg");
/// assert_eq!(part.file_name, "photo.jpg");
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FilePart<'a> {
    /// The `filename` parameter; only its last path component is sent.
    pub file_name: &'a str,
    /// The part's `content-type`.
    pub content_type: &'a str,
}

impl<'a> FilePart<'a> {
    /// Creates a file part of type `application/octet-stream`.
    pub fn new(file_name: &'a str) -> Self {
        Self { file_name, content_type: "application/octet-stream" }
    }

    /// Sets the content type.
    pub fn content_type(mut self, content_type: &'a str) -> Self {
        self.content_type = content_type;
        self
    }
}

/// Builder of a form: text parts first, at most one file part last.
///
/// ```
/// use imagekit_proto::wire::{FilePart, Multipart};
///
/// let mut form = Multipart::new(7);
/// form.text("fileName", "photo.jpg")?;
/// let (content_type, body) = form.external(
///     "file",
///     FilePart::new("photo.jpg").content_type("image/jpeg"),
///     1024,
/// )?;
/// assert!(content_type.to_str()?.starts_with("multipart/form-data; boundary="));
/// assert_eq!(body.external_len(), Some(1024));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "`finish`, `inline` or `external` makes the form"]
pub struct Multipart {
    boundary: String,
    head: String,
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The parts stay out of it: one may be a token.
        f.debug_struct("Multipart").field("boundary", &self.boundary).finish_non_exhaustive()
    }
}

impl Multipart {
    /// Creates a form whose boundary is made from `entropy`, so that no one who supplies a part can
    /// guess it.
    pub fn new(entropy: u128) -> Self {
        Self { boundary: format!("imagekit-{entropy:032x}"), head: String::with_capacity(512) }
    }

    /// Adds a text part.
    ///
    /// # Errors
    ///
    /// `name` is empty or holds a quote, a backslash, CR, LF or NUL.
    pub fn text(&mut self, name: &str, value: &str) -> Result<(), BuildError> {
        self.disposition(name)?;
        self.head.push_str("\r\n\r\n");
        self.head.push_str(value);
        self.head.push_str("\r\n");
        Ok(())
    }

    /// Ends the form without a file part.
    ///
    /// # Errors
    ///
    /// None that a caller can cause.
    pub fn finish(mut self) -> Result<(HeaderValue, Body), BuildError> {
        let content_type = self.content_type()?;
        self.head.push_str("--");
        self.head.push_str(&self.boundary);
        self.head.push_str("--\r\n");
        Ok((content_type, Body::from(self.head.into_bytes())))
    }

    /// Ends the form with a file part from memory.
    ///
    /// # Errors
    ///
    /// A name or the content type holds characters that the form cannot carry.
    pub fn inline(
        self,
        name: &str,
        file: FilePart<'_>,
        bytes: Bytes,
    ) -> Result<(HeaderValue, Body), BuildError> {
        let (content_type, head, tail) = self.file(name, file)?;
        Ok((content_type, Body::inline(head, bytes, tail)))
    }

    /// Ends the form with a file part of `len` bytes that the transport supplies.
    ///
    /// # Errors
    ///
    /// As [`inline`](Self::inline).
    pub fn external(
        self,
        name: &str,
        file: FilePart<'_>,
        len: u64,
    ) -> Result<(HeaderValue, Body), BuildError> {
        let (content_type, head, tail) = self.file(name, file)?;
        Ok((content_type, Body::external(head, len, tail)))
    }

    fn file(
        mut self,
        name: &str,
        file: FilePart<'_>,
    ) -> Result<(HeaderValue, Bytes, Bytes), BuildError> {
        let file_name = last_component(file.file_name);
        if file_name.is_empty() {
            // Servers take such a part for a file input that was left empty.
            return Err(BuildError::Empty { field: "file name" });
        }
        if file.file_name.contains('\0') {
            return Err(BuildError::invalid("file name", "it holds a NUL"));
        }
        if HeaderValue::from_str(file.content_type).is_err() {
            return Err(BuildError::invalid("content type", "it is not a header value"));
        }
        let content_type = self.content_type()?;
        self.disposition(name)?;
        self.head.push_str("; filename=\"");
        push_file_name(&mut self.head, file_name);
        self.head.push_str("\"\r\nContent-Type: ");
        self.head.push_str(file.content_type);
        self.head.push_str("\r\n\r\n");
        let tail = format!("\r\n--{}--\r\n", self.boundary);
        Ok((content_type, self.head.into(), tail.into()))
    }

    fn disposition(&mut self, name: &str) -> Result<(), BuildError> {
        // For some parsers a backslash escapes what follows it.
        if name.is_empty() || name.contains(['\r', '\n', '\0', '"', '\\']) {
            return Err(BuildError::invalid(
                "form field name",
                "it is empty or holds a quote, a backslash, CR, LF or NUL",
            ));
        }
        self.head.push_str("--");
        self.head.push_str(&self.boundary);
        self.head.push_str("\r\nContent-Disposition: form-data; name=\"");
        self.head.push_str(name);
        self.head.push('"');
        Ok(())
    }

    fn content_type(&self) -> Result<HeaderValue, BuildError> {
        HeaderValue::try_from(format!("multipart/form-data; boundary={}", self.boundary))
            .map_err(|_| BuildError::invalid("boundary", "it is not a header value"))
    }
}

fn last_component(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Writes a file name, escaped as browsers do: a server must not see another parameter or header
/// in it.
fn push_file_name(out: &mut String, file_name: &str) {
    for character in file_name.chars() {
        match character {
            '"' => out.push_str("%22"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_on_the_wire() {
        let mut form = Multipart::new(1);
        form.text("fileName", "a.gif").unwrap();
        let file = FilePart::new("C:\\dir/a\"b\r\n.gif").content_type("image/gif");
        let (content_type, body) = form.inline("file", file, "GIF".into()).unwrap();
        let boundary = "imagekit-00000000000000000000000000000001";
        assert_eq!(content_type, format!("multipart/form-data; boundary={boundary}"));
        let mut text = String::new();
        std::io::Read::read_to_string(&mut body.into_reader(std::io::empty()), &mut text).unwrap();
        assert_eq!(
            text,
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"fileName\"\r\n\r\na.gif\r\n\
                 --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; \
                 filename=\"a%22b%0D%0A.gif\"\r\nContent-Type: image/gif\r\n\r\nGIF\r\n\
                 --{boundary}--\r\n"
            )
        );
    }

    #[test]
    fn names_that_would_break_the_form_are_refused() {
        for name in ["", "a\r", "a\n", "a\0", "a\""] {
            assert!(Multipart::new(1).text(name, "x").is_err(), "{name:?}");
        }
        let file = |file| Multipart::new(1).external("file", file, 1).is_err();
        assert!(file(FilePart::new("a\0")));
        assert!(file(FilePart::new("a").content_type("a/b\r\nx: y")));
    }
}
