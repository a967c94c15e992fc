//! A form that is parsed has the parts that it was built from, and the announced length.

use std::io::Read;

use bytes::Bytes;

use super::input::Input;
use imagekit_proto::wire::{Body, BodyPart, FilePart, Multipart};

/// One part of a form, before building or after parsing.
#[derive(Debug, PartialEq)]
struct Part {
    name: String,
    /// File name and content type.
    file: Option<(String, String)>,
    content: Vec<u8>,
}

/// Builds a form of any names, values and file, and parses it.
///
/// # Panics
///
/// The form has other parts or another length than announced, or the reader and the cursor differ.
pub fn multipart(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let mut form = Multipart::new(input.entropy());
    let mut parts = Vec::new();
    for _ in 0..input.byte() % 4 {
        let (name, value) = (input.text(), input.text());
        match form.text(&name, &value) {
            Ok(()) => parts.push(Part { name, file: None, content: value.into_bytes() }),
            Err(error) => {
                let odd = name.is_empty() || name.contains(['"', '\\', '\r', '\n', '\0']);
                return assert!(odd, "{name:?}: {error}");
            }
        }
    }
    let (kind, step) = (input.byte() % 3, usize::from(input.byte()) + 1);
    let (file_name, content_type, file) = (input.text(), input.text(), input.bytes());
    let component = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let part = FilePart::new(&file_name).content_type(&content_type);
    let built = match kind {
        0 => form.finish(),
        1 => form.inline("file", part, Bytes::copy_from_slice(file)),
        _ => form.external("file", part, file.len() as u64),
    };
    let (header, body) = match built {
        Ok(built) => built,
        Err(error) => {
            let odd = component.is_empty()
                || file_name.contains('\0')
                || content_type.contains(|c: char| c.is_control() || !c.is_ascii());
            return assert!(odd, "{file_name:?} {content_type:?}: {error}");
        }
    };
    if kind > 0 {
        let name = component.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let file_part = Some((name, content_type.clone()));
        parts.push(Part { name: "file".to_owned(), file: file_part, content: file.to_vec() });
    }
    let Some(boundary) = header.to_str().ok().and_then(|text| text.rsplit_once("boundary=")) else {
        panic!("no boundary in {header:?}")
    };
    let sent = send(body, file, step);
    // Outside of a fuzzer the boundary is unknown to those who supply a part.
    if parts.iter().any(|part| contains(&part.content, boundary.1.as_bytes())) {
        return;
    }
    assert_eq!(read(&sent, boundary.1), Some(parts));
}

/// The bytes of `body`, taken out in both ways.
fn send(body: Body, file: &[u8], step: usize) -> Vec<u8> {
    let len = body.len();
    let external = body.external_len();
    let payload = if external.is_some() { file } else { &[] };

    let mut reader = body.clone().into_reader(payload);
    let mut read = Vec::new();
    let mut buffer = vec![0; step];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => read.extend_from_slice(buffer.get(..count).unwrap_or_default()),
            Err(error) => panic!("the payload is as long as announced: {error}"),
        }
    }

    let mut cursor = body.into_cursor();
    let mut walked = Vec::new();
    let mut chunks = payload.chunks(step);
    loop {
        assert_eq!(cursor.remaining() + walked.len() as u64, len);
        match cursor.next_part() {
            BodyPart::Bytes(bytes) => walked.extend_from_slice(&bytes),
            BodyPart::Payload { .. } => {
                let supplied = match chunks.next() {
                    Some(chunk) => cursor.supply(Bytes::copy_from_slice(chunk)),
                    None => cursor.end_payload(),
                };
                assert_eq!(supplied, Ok(()), "the payload is as long as announced");
            }
            BodyPart::End => break,
        }
    }
    assert_eq!(read.len() as u64, len, "the reader's length");
    assert!(read == walked, "reader and cursor differ");
    read
}

/// Reads a form; `None` when it is not one.
fn read(form: &[u8], boundary: &str) -> Option<Vec<Part>> {
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter has no line before it.
    let form = [b"\r\n", form].concat();
    let mut pieces = Vec::new();
    let mut rest = form.as_slice();
    while let Some(at) = find(rest, delimiter.as_bytes()) {
        pieces.push(rest.get(..at)?);
        rest = rest.get(at + delimiter.len()..)?;
    }
    let (preamble, parts) = pieces.split_first()?;
    if !preamble.is_empty() || rest != b"--\r\n" {
        return None;
    }
    parts.iter().map(|part| read_part(part)).collect()
}

fn read_part(part: &[u8]) -> Option<Part> {
    let part = part.strip_prefix(b"\r\n")?;
    let end = find(part, b"\r\n\r\n")?;
    let head = std::str::from_utf8(part.get(..end)?).ok()?;
    let content = part.get(end + 4..)?.to_vec();
    let (disposition, content_type) = match head.split_once("\r\n") {
        Some((disposition, header)) => (disposition, Some(header.strip_prefix("Content-Type: ")?)),
        None => (head, None),
    };
    if disposition.contains('\n') || content_type.is_some_and(|header| header.contains("\r\n")) {
        return None;
    }
    let rest = disposition.strip_prefix("Content-Disposition: form-data; name=")?;
    let (name, rest) = quoted(rest)?;
    let file = match rest.strip_prefix("; filename=") {
        Some(rest) => {
            let (file_name, "") = quoted(rest)? else { return None };
            Some((file_name, content_type?.to_owned()))
        }
        None if rest.is_empty() && content_type.is_none() => None,
        None => return None,
    };
    Some(Part { name, file, content })
}

/// A quoted string (RFC 9110 section 5.6.4) and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let text = text.strip_prefix('"')?;
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, text.get(at + 1..)?)),
            '\\' => value.push(characters.next()?.1),
            other => value.push(other),
        }
    }
    None
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    find(bytes, needle).is_some()
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}
