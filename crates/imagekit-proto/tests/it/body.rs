//! A body is as long as it says and the same bytes, however it is taken out.

use std::io::{self, Read};

use bytes::Bytes;
use imagekit_proto::wire::{Body, BodyPart, PayloadError};
use proptest::collection::vec;
use proptest::prelude::*;

/// Gives bytes in pieces of the given sizes, over and over, with an interruption before each.
struct Choppy {
    bytes: Bytes,
    sizes: Vec<usize>,
    turn: usize,
}

impl Choppy {
    fn new(bytes: impl Into<Bytes>, sizes: &[usize]) -> Self {
        Self { bytes: bytes.into(), sizes: sizes.to_vec(), turn: 0 }
    }
}

impl Read for Choppy {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.turn += 1;
        if self.turn % 2 == 1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let size = self.sizes[self.turn / 2 % self.sizes.len()];
        let count = size.min(buffer.len()).min(self.bytes.len());
        buffer[..count].copy_from_slice(&self.bytes.split_to(count));
        Ok(count)
    }
}

/// Reads with buffers of the given sizes, over and over, until the end or an error.
fn read(mut reader: impl Read, sizes: &[usize]) -> (Vec<u8>, io::Result<()>) {
    let mut out = Vec::new();
    for size in sizes.iter().cycle() {
        let mut buffer = vec![0; *size];
        match reader.read(&mut buffer) {
            Ok(0) => return (out, Ok(())),
            Ok(count) => out.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (out, Err(error)),
        }
    }
    unreachable!("sizes are not empty")
}

/// Walks through `body`, supplying `payload` in chunks of `size`.
fn walk(body: Body, payload: &[u8], size: usize) -> (Vec<u8>, Result<(), PayloadError>) {
    let mut cursor = body.into_cursor();
    let mut chunks = payload.chunks(size);
    let mut out = Vec::new();
    loop {
        match cursor.next_part() {
            BodyPart::Bytes(bytes) => out.extend_from_slice(&bytes),
            BodyPart::Payload { .. } => {
                let supplied = match chunks.next() {
                    Some(chunk) => cursor.supply(Bytes::copy_from_slice(chunk)),
                    None => cursor.end_payload(),
                };
                if let Err(error) = supplied {
                    return (out, Err(error));
                }
            }
            BodyPart::End => return (out, Ok(())),
        }
    }
}

fn bytes(max: usize) -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..max)
}

fn sizes() -> impl Strategy<Value = Vec<usize>> {
    vec(1..50_usize, 1..5)
}

fn payload_error(result: &io::Result<()>) -> Option<PayloadError> {
    result.as_ref().err()?.get_ref()?.downcast_ref().copied()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_payload_in_memory(
        head in bytes(80), payload in bytes(80), tail in bytes(80), sizes in sizes()
    ) {
        let whole = [&head[..], &payload, &tail].concat();
        let body = Body::inline(head.into(), payload.into(), tail.into());
        prop_assert_eq!(body.len(), whole.len() as u64);
        prop_assert_eq!(body.external_len(), None);
        let (sent, end) = read(body.clone().into_reader(io::empty()), &sizes);
        prop_assert!(end.is_ok());
        prop_assert_eq!(&sent, &whole);
        prop_assert_eq!(walk(body, &[], 1), (whole, Ok(())));
    }

    #[test]
    fn a_payload_to_come(
        head in bytes(80), payload in bytes(80), tail in bytes(80), sizes in sizes(),
        pieces in sizes(),
    ) {
        let whole = [&head[..], &payload, &tail].concat();
        let body = Body::external(head.into(), payload.len() as u64, tail.into());
        prop_assert_eq!(body.len(), whole.len() as u64);
        prop_assert_eq!(body.external_len(), Some(payload.len() as u64));
        let source = Choppy::new(payload.clone(), &pieces);
        let (sent, end) = read(body.clone().into_reader(source), &sizes);
        prop_assert!(end.is_ok());
        prop_assert_eq!(&sent, &whole);
        prop_assert_eq!(walk(body, &payload, pieces[0]), (whole, Ok(())));
    }

    /// Of a body whose payload has another length than announced, less than the announced length
    /// comes out before the error, and what comes out is its beginning.
    #[test]
    fn a_payload_of_another_length(
        head in bytes(20), payload in bytes(80), tail in bytes(20), announced in 0..100_u64,
        sizes in sizes(), pieces in sizes(),
    ) {
        let len = payload.len() as u64;
        prop_assume!(announced != len);
        let body = Body::external(head.clone().into(), announced, tail.into());
        let missing = announced.checked_sub(len);
        let beginning = [&head[..], &payload].concat();

        let source = Choppy::new(payload.clone(), &pieces);
        let (sent, end) = read(body.clone().into_reader(source), &sizes);
        let error = payload_error(&end).expect("it has another length");
        prop_assert_eq!(error.missing(), missing);
        prop_assert!(beginning.starts_with(&sent));
        prop_assert!((sent.len() as u64) < body.len() || body.is_empty());

        let total = body.len();
        let (sent, end) = walk(body, &payload, pieces[0]);
        prop_assert_eq!(end.unwrap_err().missing(), missing);
        prop_assert!(beginning.starts_with(&sent));
        prop_assert!((sent.len() as u64) <= total);
    }
}

/// A transport that reads on after an error must not get a body that looks complete.
#[test]
fn a_reader_that_failed_stays_failed() {
    let body = || Body::external("head".into(), 4, "tail".into());
    for payload in [&b"long!"[..], b"longer", b"sho"] {
        let mut reader = body().into_reader(payload);
        let mut sent = Vec::new();
        assert!(reader.read_to_end(&mut sent).is_err());
        assert!(reader.read_to_end(&mut sent).is_err(), "{sent:?}");
        assert!((sent.len() as u64) < body().len(), "{sent:?}");
    }
}

/// A body may hold an origin's credentials or an upload's token.
#[test]
fn nothing_of_a_body_is_printed() {
    let body = Body::from(br#"{"secretKey":"hunter2"}"#.to_vec());
    assert!(!format!("{body:?}").contains("hunter2"), "{body:?}");
    assert!(!format!("{:?}", body.clone().into_cursor()).contains("hunter2"));
    assert!(!format!("{:?}", body.clone().into_cursor().next_part()).contains("hunter2"));
    let mut reader = body.into_reader(io::empty());
    reader.read_exact(&mut [0]).unwrap();
    assert!(!format!("{reader:?}").contains("hunter2"));
}

#[test]
fn a_body_knows_whether_it_is_empty_and_in_one_piece() {
    let bytes = |text: &'static str| Bytes::from_static(text.as_bytes());
    for (body, len, piece) in [
        (Body::empty(), 0, Some("")),
        (Body::from(bytes("ab")), 2, Some("ab")),
        (Body::inline(bytes("a"), bytes("b"), bytes("c")), 3, None),
        (Body::inline(bytes(""), bytes(""), bytes("")), 0, None),
        (Body::external(bytes("a"), 0, bytes("")), 1, None),
        (Body::external(bytes(""), 9, bytes("")), 9, None),
    ] {
        assert_eq!((body.len(), body.is_empty()), (len, len == 0), "{body:?}");
        assert_eq!(body.as_bytes().map(|bytes| &bytes[..]), piece.map(str::as_bytes), "{body:?}");
    }
}

#[test]
fn debug_prints_lengths_and_no_bytes() {
    let hidden = Bytes::from_static(b"hidden");
    let inline = Body::inline(hidden.clone(), hidden.clone(), hidden.clone());
    let external = Body::external(hidden.clone(), 7, hidden);
    for (printed, payload) in [
        (format!("{inline:?}"), "Inline(6 bytes)"),
        (format!("{external:?}"), "External(7 bytes)"),
        (format!("{:?}", Body::empty()), "None"),
    ] {
        assert!(printed.starts_with("Body {") && printed.contains(payload), "{printed}");
        assert!(!printed.contains("hidden"), "{printed}");
    }
    let mut cursor = external.into_cursor();
    let (part, cursor) = (format!("{:?}", cursor.next_part()), format!("{cursor:?}"));
    assert!(part.contains("6 bytes") && !part.contains("hidden"), "{part}");
    assert!(cursor.starts_with("BodyCursor") && !cursor.contains("hidden"), "{cursor}");
}

#[test]
fn what_is_left_to_send_is_counted() {
    let bytes = |text: &'static str| Bytes::from_static(text.as_bytes());
    let mut cursor = Body::external(bytes("ab"), 3, bytes("cdef")).into_cursor();
    assert_eq!(cursor.remaining(), 9);
    assert!(matches!(cursor.next_part(), BodyPart::Bytes(head) if head == "ab"));
    assert_eq!(cursor.remaining(), 7);
    cursor.supply(bytes("x")).unwrap();
    assert_eq!(cursor.remaining(), 7);
    assert!(matches!(cursor.next_part(), BodyPart::Bytes(part) if part == "x"));
    assert_eq!(cursor.remaining(), 6);
    assert_eq!(Body::inline(bytes("a"), bytes("bc"), bytes("d")).into_cursor().remaining(), 4);
    assert_eq!(Body::empty().into_cursor().remaining(), 0);
}

#[test]
fn payloads_of_another_length_say_so() {
    let mut cursor = Body::external(Bytes::new(), 3, Bytes::new()).into_cursor();
    let short = cursor.end_payload().unwrap_err();
    assert_eq!(short.to_string(), "the payload ended 3 bytes before its announced length");
    let long = cursor.supply(Bytes::from_static(b"long")).unwrap_err();
    assert_eq!(long.to_string(), "the payload goes on beyond its announced length");
    assert_eq!((short.missing(), long.missing()), (Some(3), None));
    assert_eq!(io::Error::from(short).kind(), io::ErrorKind::UnexpectedEof);
    assert_eq!(io::Error::from(long).kind(), io::ErrorKind::InvalidData);
}

/// A reader whose end is an error, once.
struct Ends {
    bytes: Bytes,
    error: Option<io::ErrorKind>,
}

impl Read for Ends {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bytes.is_empty() {
            return self.error.take().map_or(Ok(0), |kind| Err(kind.into()));
        }
        let count = self.bytes.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.bytes.split_to(count));
        Ok(count)
    }
}

#[test]
fn an_error_where_the_end_should_be_is_an_error() {
    use io::ErrorKind::{Interrupted, TimedOut};
    for (error, is_whole) in [(Interrupted, true), (TimedOut, false)] {
        let bytes = Bytes::from_static(b"payload");
        let body = Body::external(Bytes::new(), 7, Bytes::from_static(b" after"));
        let mut reader = body.into_reader(Ends { bytes, error: Some(error) });
        let printed = format!("{reader:?}");
        assert!(printed.starts_with("BodyReader") && !printed.contains("after"), "{printed}");
        let mut sent = Vec::new();
        let result = reader.read_to_end(&mut sent);
        assert_eq!((result.is_ok(), sent == b"payload after"), (is_whole, is_whole), "{error}");
    }
}
