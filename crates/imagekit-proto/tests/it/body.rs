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
