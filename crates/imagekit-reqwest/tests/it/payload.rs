//! Where the bytes of an upload come from, and what happens when they are not as announced.

use std::convert::Infallible;
use std::error::Error as _;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use imagekit_reqwest::proto::api::upload::{FileSource, UploadFile};
use imagekit_reqwest::proto::error::FailureKind;
use imagekit_reqwest::proto::wire::PayloadError;
use imagekit_reqwest::proto::{ErrorKind, RetryPolicy};
use imagekit_reqwest::{Client, Error, Payload, TransportError};
use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf, repeat};

use crate::server::{OK, Server, answer, empty};

const BUSY_THEN_OK: &[&str] = &[BUSY, OK];
const BUSY: &str = "HTTP/1.1 429 Too Many Requests\r\nretry-after-ms: 0\r\n\
                    connection: close\r\ncontent-length: 0\r\n\r\n";

fn upload() -> UploadFile {
    UploadFile::new("b", FileSource::payload(0))
}

fn client(server: &Server) -> Client {
    Client::new(server.config()).unwrap()
}

fn holds(body: &[u8], content: &[u8]) -> bool {
    body.windows(content.len()).any(|window| window == content)
}

fn file(content: &[u8]) -> PathBuf {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("payload-{number}"));
    std::fs::write(&path, content).unwrap();
    path
}

fn failure(error: &Error) -> (FailureKind, &TransportError) {
    let failure = error.failure().unwrap_or_else(|| panic!("{error:?}"));
    (failure.kind, &failure.source)
}

/// Looks for the core's own error along the chain of sources.
fn payload_error(error: &Error) -> PayloadError {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(found) = error.downcast_ref() {
            return *found;
        }
        source = error.source();
    }
    panic!("no payload error in {error:?}")
}

#[tokio::test]
async fn what_can_be_opened_again_is_sent_again() {
    let content = vec![7; 300_000];
    let path = file(&content);
    let opened = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&opened);
    let copy = content.clone();
    let payloads = [
        Payload::path(&path),
        Payload::bytes(content.clone()),
        Payload::reopen(content.len() as u64, move || {
            count.fetch_add(1, Ordering::Relaxed);
            let copy = copy.clone();
            async { Ok(io::Cursor::new(copy)) }
        }),
    ];
    for payload in payloads {
        let server = Server::answering(BUSY_THEN_OK);
        let reply = client(&server).upload(upload(), payload).await.unwrap();
        assert_eq!(reply.attempts, 2);
        assert_eq!(reply.file().unwrap().name, "b");
        for _ in 0..2 {
            let request = server.request();
            assert!(request.head.starts_with("post /api/v1/files/upload "), "{}", request.head);
            assert!(!request.head.contains("transfer-encoding"), "{}", request.head);
            assert_eq!(request.body.len(), request.length);
            assert!(holds(&request.body, &content));
        }
    }
    assert_eq!(opened.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn a_reader_is_sent_once() {
    let content = b"from a reader";
    let server = Server::answering(BUSY_THEN_OK);
    let payload = Payload::reader(&content[..], content.len() as u64);
    let error = client(&server).upload(upload(), payload).await.unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    assert_eq!(error.attempts(), 1);
    assert!(holds(&server.request().body, content));
}

#[tokio::test]
async fn a_short_or_long_payload_is_cut_off() {
    let cases: [(Payload, Option<u64>); 4] = [
        (Payload::reader(&b"short"[..], 8), Some(3)),
        (Payload::reader(&b"too long"[..], 5), None),
        (Payload::reader(repeat(1), 1_000_000), None),
        (Payload::reopen(8, || async { Ok(&b"short"[..]) }), Some(3)),
    ];
    for (payload, missing) in cases {
        let server = Server::answering(&[OK]);
        let error = client(&server).upload(upload(), payload).await.unwrap_err();
        assert_eq!(failure(&error).0, FailureKind::Payload);
        assert_eq!(payload_error(&error).missing(), missing);
        assert_eq!(error.attempts(), 1);
        assert!(server.request().is_cut_off());
    }
}

#[tokio::test]
async fn a_prefix_is_not_read_any_further() {
    /// Gives five bytes, then fails the test.
    struct Socket(&'static [u8]);
    impl AsyncRead for Socket {
        fn poll_read(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            assert!(!self.0.is_empty(), "read past the announced length");
            Pin::new(&mut self.0).poll_read(cx, buffer)
        }
    }
    let server = Server::answering(&[OK]);
    client(&server).upload(upload(), Payload::prefix(Socket(b"bytes"), 5)).await.unwrap();
    assert!(holds(&server.request().body, b"bytes"));
}

#[tokio::test]
async fn a_reader_that_fails_is_a_failure_of_the_payload() {
    struct Broken;
    impl AsyncRead for Broken {
        fn poll_read(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            _: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            // The kind is one that a connection fails with too.
            let kind = io::ErrorKind::ConnectionReset;
            Poll::Ready(Err(io::Error::new(kind, "the disk is gone")))
        }
    }
    let server = Server::answering(&[OK]);
    let error = client(&server).upload(upload(), Payload::reader(Broken, 5)).await.unwrap_err();
    assert!(matches!(failure(&error), (FailureKind::Payload, TransportError::Payload(_))));
    assert!(error.to_string().contains("the disk is gone"), "{error}");
}

/// Chunks, each after a moment of waiting.
struct Chunks(std::slice::Iter<'static, &'static str>, bool);

impl futures_core::Stream for Chunks {
    type Item = Result<&'static str, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.1 = !self.1;
        if self.1 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.0.next().copied().map(Ok))
    }
}

fn chunks(chunks: &'static [&'static str]) -> Chunks {
    Chunks(chunks.iter(), false)
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let server = Server::answering(BUSY_THEN_OK);
    let payload = Payload::stream(chunks(&["from ", "", "a stream"]), 13);
    let error = client(&server).upload(upload(), payload).await.unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    assert_eq!(error.attempts(), 1);
    assert!(holds(&server.request().body, b"from a stream"));

    for (parts, missing) in [(["sho", "rt"].as_slice(), Some(8)), (&["from a stream", "!"], None)] {
        let server = Server::answering(&[OK]);
        let payload = Payload::stream(chunks(parts), 13);
        let error = client(&server).upload(upload(), payload).await.unwrap_err();
        assert_eq!(payload_error(&error).missing(), missing);
        assert!(server.request().is_cut_off());
    }
}

#[tokio::test]
async fn only_regular_files_have_a_length() {
    let server = Server::answering(&[OK]);
    let error = client(&server).upload(upload(), Payload::path("/no/such/file")).await.unwrap_err();
    assert!(matches!(failure(&error), (FailureKind::Payload, TransportError::Open { .. })));
    assert!(error.to_string().contains("/no/such/file"), "{error}");
    assert_eq!(error.attempts(), 0);

    let directory = env!("CARGO_TARGET_TMPDIR");
    let error = client(&server).upload(upload(), Payload::path(directory)).await.unwrap_err();
    assert!(matches!(failure(&error), (FailureKind::Payload, TransportError::NotAFile { .. })));
    assert_eq!(server.unseen(), 0);
}

#[tokio::test]
async fn another_length_than_announced_is_not_sent() {
    let server = Server::answering(&[OK]);
    let client = client(&server);
    let announced = |len| UploadFile::new("b", FileSource::payload(len));

    let error = client.send_payload(announced(4), Payload::bytes("bytes")).await.unwrap_err();
    assert!(matches!(
        failure(&error),
        (FailureKind::Payload, TransportError::PayloadLen { announced: 4, supplied: 5, .. })
    ));
    let error = client.send(announced(5)).await.unwrap_err();
    assert!(matches!(failure(&error), (FailureKind::Payload, TransportError::PayloadMissing)));
    let text = UploadFile::new("b", FileSource::url("https://example.com/b"));
    let error = client.send_payload(text, Payload::bytes("bytes")).await.unwrap_err();
    assert!(matches!(failure(&error), (FailureKind::Payload, TransportError::PayloadUnused)));
    assert_eq!(server.unseen(), 0);

    client.send_payload(announced(5), Payload::bytes("bytes")).await.unwrap();
    assert!(holds(&server.request().body, b"bytes"));
}

#[tokio::test]
async fn bytes_inside_the_request_are_sent() {
    let server = Server::answering(&[OK]);
    client(&server).send(UploadFile::new("b", FileSource::bytes("inline"))).await.unwrap();
    let request = server.request();
    assert!(holds(&request.body, b"inline"));
    assert_eq!(request.body.len(), request.length);
}

#[tokio::test]
async fn an_early_answer_is_heard() {
    const REFUSAL: &str = empty!("413 Content Too Large");
    let server = Server::new(|_, connection| {
        let request = connection.head();
        connection.write(REFUSAL.as_bytes());
        // Hanging up at once would reset the connection: hyper may see that before the answer.
        connection.finish();
        connection.drain();
        vec![request]
    });
    let policy = RetryPolicy::never();
    let payload = Payload::reader(repeat(1).take(32 << 20), 32 << 20);
    let error = client(&server).upload_with(upload(), payload, policy).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Api(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 413);
}

#[tokio::test]
async fn a_payload_that_fails_outweighs_an_early_success() {
    let server = Server::new(|_, connection| {
        let request = connection.head();
        connection.write(answer("200 OK", "", crate::server::DETAILS).as_bytes());
        connection.drain();
        vec![request]
    });
    let error =
        client(&server).upload(upload(), Payload::reader(repeat(1).take(9), 10)).await.unwrap_err();
    assert_eq!(failure(&error).0, FailureKind::Payload);
}
