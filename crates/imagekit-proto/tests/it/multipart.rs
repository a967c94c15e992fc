//! A form read back by another parser gives the parts that went in.

use std::io::{self, Read};

use imagekit_proto::BuildError;
use imagekit_proto::wire::{Body, FilePart, Multipart};
use proptest::collection::vec;
use proptest::prelude::*;

#[derive(Debug, PartialEq)]
struct Part {
    name: String,
    file: Option<(String, String)>,
    content: Vec<u8>,
}

/// A small `multipart/form-data` parser: line by line for the heads, by delimiter for the rest.
fn parse(content_type: &str, form: &[u8]) -> Vec<Part> {
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert!(boundary.len() <= 70, "RFC 2046 allows no more");
    let mut parts = Vec::new();
    let mut rest = form.strip_prefix(format!("--{boundary}").as_bytes()).unwrap();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let delimiter = format!("\r\n--{boundary}");
        let end = find(part, delimiter.as_bytes());
        parts.push(parse_part(&part[..end]));
        rest = &part[end + delimiter.len()..];
    }
    assert_eq!(rest, b"--\r\n");
    parts
}

fn parse_part(part: &[u8]) -> Part {
    let end = find(part, b"\r\n\r\n");
    let head = std::str::from_utf8(&part[..end]).unwrap();
    let (mut name, mut file_name, mut content_type) = (None, None, None);
    for line in head.split("\r\n") {
        let (header, value) = line.split_once(": ").unwrap();
        match header {
            "Content-Type" => assert_eq!(content_type.replace(value.to_owned()), None),
            "Content-Disposition" => {
                let mut rest = value.strip_prefix("form-data").unwrap();
                while let Some(parameter) = rest.strip_prefix("; ") {
                    let (key, value) = parameter.split_once("=\"").unwrap();
                    let (value, next) = value.split_once('"').unwrap();
                    assert!(!value.contains('\\'), "a quoted pair: parsers disagree about it");
                    let slot = if key == "name" { &mut name } else { &mut file_name };
                    assert_eq!(slot.replace(value.to_owned()), None);
                    rest = next;
                }
                assert_eq!(rest, "");
            }
            _ => panic!("{line}"),
        }
    }
    let file = file_name.map(|file_name| (file_name, content_type.unwrap()));
    Part { name: name.unwrap(), file, content: part[end + 4..].to_vec() }
}

fn find(bytes: &[u8], needle: &[u8]) -> usize {
    bytes.windows(needle.len()).position(|window| window == needle).unwrap()
}

fn read(body: Body, payload: &[u8]) -> Vec<u8> {
    let len = body.len();
    let mut sent = Vec::new();
    body.into_reader(payload).read_to_end(&mut sent).unwrap();
    assert_eq!(sent.len() as u64, len);
    sent
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_in_comes_out(
        entropy in any::<u128>(),
        texts in vec(("[^\"\\\\\r\n\0]{1,12}", any::<String>()), 0..4),
        file_name in "[^/\\\\\0]{1,20}",
        directory in "([a-z]{0,3}[/\\\\]){0,3}",
        bytes in vec(any::<u8>(), 0..200),
        external in any::<bool>(),
    ) {
        let mut form = Multipart::new(entropy);
        let mut expected = Vec::new();
        for (name, value) in texts {
            form.text(&name, &value).unwrap();
            expected.push(Part { name, file: None, content: value.into_bytes() });
        }
        let path = format!("{directory}{file_name}");
        let part = FilePart::new(&path).content_type("image/jpeg");
        let (header, body) = if external {
            form.external("file", part, bytes.len() as u64).unwrap()
        } else {
            form.inline("file", part, bytes.clone().into()).unwrap()
        };
        let sent = read(body, if external { &bytes } else { &[] });
        let escaped =
            file_name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let file = Some((escaped, "image/jpeg".to_owned()));
        expected.push(Part { name: "file".to_owned(), file, content: bytes });
        prop_assert_eq!(parse(header.to_str().unwrap(), &sent), expected);
    }
}

#[test]
fn a_form_without_a_file() {
    let mut form = Multipart::new(0);
    form.text("empty", "").unwrap();
    let (header, body) = form.finish().unwrap();
    let part = Part { name: "empty".to_owned(), file: None, content: Vec::new() };
    assert_eq!(parse(header.to_str().unwrap(), &read(body, &[])), [part]);
}

/// In a quoted name a backslash takes away the meaning of what follows it, for some parsers.
#[test]
fn a_field_name_with_a_backslash_is_refused() {
    for name in ["a\\", "a\\b", "\\"] {
        assert!(Multipart::new(1).text(name, "x").is_err(), "{name:?}");
    }
}

/// Servers take a part with an empty file name for no file at all.
#[test]
fn a_file_name_without_a_name_is_refused() {
    for name in ["", "photos/", "C:\\"] {
        let file = || FilePart::new(name);
        let inline = Multipart::new(1).inline("file", file(), "x".into()).map(|_| ());
        assert!(matches!(inline, Err(BuildError::Empty { field: "file name", .. })), "{name:?}");
        assert!(Multipart::new(1).external("file", file(), 1).is_err(), "{name:?}");
    }
}

#[test]
fn nothing_of_a_form_is_printed() {
    let mut form = Multipart::new(7);
    form.text("token", "hunter2").unwrap();
    let printed = format!("{form:?}");
    assert!(
        printed.starts_with("Multipart { boundary: \"imagekit-") && !printed.contains("hunter2")
    );
    let (_, body) = form.finish().unwrap();
    assert!(!format!("{:?}", body.into_reader(io::empty())).contains("hunter2"));
}
