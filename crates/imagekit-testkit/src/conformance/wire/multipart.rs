//! A reader of `multipart/form-data` that shares nothing with the writer it checks: RFC 7578 and
//! RFC 2046, read strictly.

use crate::conformance::values::same;
use serde_json::Value;

/// The parts whose text is JSON.
const JSON_PARTS: [&str; 3] = ["extensions", "customMetadata", "transformation"];

/// One part of a form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) content: Vec<u8>,
}

impl Part {
    fn same(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.json(), other.json()) else { return self == other };
        self.name == other.name && self.content_type == other.content_type && same(&a, &b)
    }

    fn json(&self) -> Option<Value> {
        let is_text = self.file_name.is_none() && JSON_PARTS.contains(&self.name.as_str());
        if is_text { serde_json::from_slice(&self.content).ok() } else { None }
    }

    fn words(&self) -> String {
        let Self { name, file_name, content_type, content } = self;
        let text = match std::str::from_utf8(content) {
            Ok(text) => format!("{text:?}"),
            Err(_) => format!("{} bytes", content.len()),
        };
        format!("part {name} (file name {file_name:?}, type {content_type:?}): {text}")
    }
}

/// Returns the first part that only one of the forms has, in words: sent and recorded.
pub(crate) fn difference(sent: &[Part], recorded: &[Part]) -> Option<(String, String)> {
    let mut missing: Vec<&Part> = recorded.iter().collect();
    for part in sent {
        match missing.iter().position(|other| part.same(other)) {
            Some(index) => drop(missing.remove(index)),
            None => {
                let namesake = recorded.iter().find(|other| other.name == part.name);
                return Some((part.words(), namesake.map_or("none".to_owned(), Part::words)));
            }
        }
    }
    missing.first().map(|part| ("none".to_owned(), part.words()))
}

/// The parts of a body of type `content_type`.
pub(crate) fn read(content_type: &str, body: &[u8]) -> Result<Vec<Part>, String> {
    let boundary = boundary(content_type)?;
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter has no line before it that it could end.
    let mut rest = body
        .strip_prefix(&delimiter.as_bytes()[2..])
        .ok_or("the form does not begin with its boundary")?;
    let mut parts = Vec::new();
    loop {
        if let Some(end) = rest.strip_prefix(b"--") {
            return match end {
                b"" | b"\r\n" => Ok(parts),
                _ => Err("there are bytes after the form".to_owned()),
            };
        }
        rest = rest.strip_prefix(b"\r\n").ok_or("text follows a boundary")?;
        let end = find(rest, delimiter.as_bytes()).ok_or("a part has no end")?;
        parts.push(part(&rest[..end])?);
        rest = &rest[end + delimiter.len()..];
    }
}

fn boundary(content_type: &str) -> Result<String, String> {
    let parameter = content_type
        .split(';')
        .filter_map(|parameter| parameter.trim().split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("boundary"));
    let boundary = parameter.map(|(_, value)| value.trim_matches('"')).unwrap_or_default();
    if (1..=70).contains(&boundary.len()) && boundary.is_ascii() {
        Ok(boundary.to_owned())
    } else {
        Err(format!("no boundary in {content_type:?}"))
    }
}

fn part(bytes: &[u8]) -> Result<Part, String> {
    let end = find(bytes, b"\r\n\r\n").ok_or("a part has no header")?;
    let head = std::str::from_utf8(&bytes[..end]).map_err(|_| "a part's header is not UTF-8")?;
    let (mut name, mut file_name, mut content_type) = (None, None, None);
    for line in head.split("\r\n") {
        let (header, value) = line.split_once(':').ok_or_else(|| format!("header {line:?}"))?;
        match header.to_ascii_lowercase().as_str() {
            "content-disposition" => (name, file_name) = disposition(value.trim())?,
            "content-type" => content_type = Some(value.trim().to_owned()),
            _ => return Err(format!("a part with the header {header:?}")),
        }
    }
    let name = name.ok_or("a part has no name")?;
    Ok(Part { name, file_name, content_type, content: bytes[end + 4..].to_vec() })
}

/// Name and file name of `form-data; name="..."; filename="..."`, as they are on the wire: `%22`, `%0D`
/// and `%0A` stay escaped, as in the records.
fn disposition(value: &str) -> Result<(Option<String>, Option<String>), String> {
    let fault = || format!("content-disposition {value:?}");
    let mut rest = value.strip_prefix("form-data").ok_or_else(fault)?;
    let (mut name, mut file_name) = (None, None);
    while !rest.is_empty() {
        let parameter = rest.strip_prefix(';').ok_or_else(fault)?.trim_start();
        let (key, quoted) = parameter.split_once("=\"").ok_or_else(fault)?;
        let (text, tail) = quoted.split_once('"').ok_or_else(fault)?;
        match key {
            "name" if name.is_none() => name = Some(text.to_owned()),
            "filename" if file_name.is_none() => file_name = Some(text.to_owned()),
            _ => return Err(fault()),
        }
        rest = tail;
    }
    Ok((name, file_name))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=b";

    #[test]
    fn parts_are_read() {
        let body = b"--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n\r\n--b\r\n\
            content-disposition: form-data; name=\"f\"; filename=\"a%22.gif\"\r\n\
            Content-Type: image/gif\r\n\r\n\0\xff--b\r\n--b--\r\n";
        let parts = read(TYPE, body).unwrap();
        assert_eq!((parts[0].name.as_str(), parts[0].content.as_slice()), ("n", &b"v\r\n"[..]));
        assert_eq!(parts[1].file_name.as_deref(), Some("a%22.gif"));
        assert_eq!(parts[1].content_type.as_deref(), Some("image/gif"));
        assert_eq!(parts[1].content, b"\0\xff--b");
    }

    #[test]
    fn what_is_no_form_is_refused() {
        for body in ["", "--b", "--b\r\nx: y\r\n\r\nv\r\n--b--", "--b\r\n\r\n--b--", "--b-- more"] {
            assert!(read(TYPE, body.as_bytes()).is_err(), "{body:?}");
        }
        assert!(read("multipart/form-data", b"--b--").is_err());
        assert!(read(TYPE, b"--b--").unwrap().is_empty());
    }

    #[test]
    fn order_does_not_count_and_json_compares_as_values() {
        let part = |name: &str, content: &str| Part {
            name: name.to_owned(),
            file_name: None,
            content_type: None,
            content: content.into(),
        };
        let (a, b) = (part("tags", "x"), part("extensions", "[{\"a\": 1.0}]"));
        let c = part("extensions", "[{\"a\":1}]");
        assert_eq!(difference(&[a.clone(), b.clone()], &[c.clone(), a.clone()]), None);
        assert!(difference(std::slice::from_ref(&a), &[a.clone(), b]).is_some());
        assert!(difference(&[a.clone(), a.clone()], &[a]).is_some());
        assert!(difference(&[part("tags", "1")], &[part("tags", "1.0")]).is_some());
    }
}
