//! Where the bytes of an upload come from, and what happens when they are not as announced.

use std::convert::Infallible;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use imagekit_loopback::{Server, empty, ok};
use imagekit_reqwest::proto::ErrorKind;
use imagekit_reqwest::proto::api::upload::{FileSource, UploadFile};
use imagekit_reqwest::proto::error::{BuildError, FailureKind};
use imagekit_reqwest::{Client, Payload, TransportError};

use tokio::io::{AsyncRead, ReadBuf, repeat};

use crate::{failure, kind};

/// A server that is busy once, then has success.
fn busy_then_ok() -> Server {
    let busy = "HTTP/1.1 429 Too Many Requests\r\nretry-after-ms: 0\r\n\
                connection: close\r\ncontent-length: 0\r\n\r\n";
    Server::responding([busy.to_owned(), ok()])
}

fn upload() -> UploadFile {
    UploadFile::new("b")
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

#[tokio::test]
async fn what_can_be_opened_again_is_sent_again() {
    let content = vec![7; 300_000];
    let path = file(&content);
    let opened = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&opened);
    let copy = content.clone();
    let payloads = [
        Payload::from(path.as_path()),
        Payload::from(File::open(&path).unwrap()),
        Payload::from(tokio::fs::File::open(&path).await.unwrap()),
        Payload::bytes(content.clone()),
        Payload::reopen(content.len() as u64, move || {
            count.fetch_add(1, Ordering::Relaxed);
            let copy = copy.clone();
            async { Ok(io::Cursor::new(copy)) }
        }),
    ];
    for payload in payloads {
        let server = busy_then_ok();
        let reply = client(&server).upload(upload(), payload).await.unwrap();
        assert_eq!(reply.attempts, 2);
        assert_eq!(reply.file().unwrap().name, "cat.jpg");
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
    let server = busy_then_ok();
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
        let server = Server::responding([ok()]);
        let error = client(&server).upload(upload(), payload).await.unwrap_err();
        assert_eq!(kind(&error), FailureKind::Payload);
        assert_eq!(failure(&error).source.payload_error().unwrap().missing(), missing);
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
    let server = Server::responding([ok()]);
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
    let server = Server::responding([ok()]);
    let error = client(&server).upload(upload(), Payload::reader(Broken, 5)).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::Payload);
    assert!(matches!(failure(&error).source, TransportError::Payload(_)));
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
    let server = busy_then_ok();
    let payload = Payload::stream(chunks(&["from ", "", "a stream"]), 13);
    let error = client(&server).upload(upload(), payload).await.unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    assert_eq!(error.attempts(), 1);
    assert!(holds(&server.request().body, b"from a stream"));

    for (parts, missing) in [(["sho", "rt"].as_slice(), Some(8)), (&["from a stream", "!"], None)] {
        let server = Server::responding([ok()]);
        let payload = Payload::stream(chunks(parts), 13);
        let error = client(&server).upload(upload(), payload).await.unwrap_err();
        assert_eq!(failure(&error).source.payload_error().unwrap().missing(), missing);
        assert!(server.request().is_cut_off());
    }
}

#[tokio::test]
async fn only_regular_files_have_a_length() {
    let server = Server::responding([ok()]);
    let error = client(&server).upload(upload(), Path::new("/no/such/file")).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::Payload);
    assert!(matches!(failure(&error).source, TransportError::Open { .. }));
    assert!(error.to_string().contains("/no/such/file"), "{error}");
    assert_eq!(error.attempts(), 0);

    let directory = env!("CARGO_TARGET_TMPDIR");
    let error = client(&server).upload(upload(), Path::new(directory)).await.unwrap_err();
    assert!(matches!(failure(&error).source, TransportError::NotAFile { .. }));
    let opened = File::open(directory).unwrap();
    let error = client(&server).upload(upload(), opened).await.unwrap_err();
    assert!(matches!(failure(&error).source, TransportError::NotAFile { .. }));
    assert_eq!(server.unseen(), 0);
}

#[tokio::test]
async fn a_request_and_its_payload_have_to_fit() {
    let server = Server::responding([ok()]);
    let client = client(&server);
    let error = client.send(upload()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Build(BuildError::PayloadMissing)), "{error:?}");
    let fetched = upload().file(FileSource::url("https://example.com/b"));
    let error = client.upload(fetched, b"bytes".to_vec()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Build(BuildError::PayloadUnused)), "{error:?}");
    assert_eq!(server.unseen(), 0);
}

#[tokio::test]
async fn a_file_is_sent_from_its_first_byte() {
    let path = file(b"the whole file");
    let mut open = File::open(&path).unwrap();
    open.read_exact(&mut [0; 4]).unwrap();
    let server = busy_then_ok();
    assert_eq!(client(&server).upload(upload(), open).await.unwrap().attempts, 2);
    for _ in 0..2 {
        assert!(holds(&server.request().body, b"the whole file"));
    }
}

#[tokio::test]
async fn a_file_that_changes_its_length_is_not_sent_again() {
    let path = file(b"short");
    let server = {
        let path = path.clone();
        Server::new(move |_, connection| {
            let request = connection.request();
            File::options().append(true).open(&path).unwrap().write_all(b" no more").unwrap();
            connection.write(empty("429 Too Many Requests"));
            vec![request]
        })
    };
    let error = client(&server).upload(upload(), path).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::Payload);
    let source = &failure(&error).source;
    assert!(
        matches!(source, TransportError::LenChanged { announced: 5, found: 13, .. }),
        "{error:?}"
    );
    server.request();
    assert_eq!(server.unseen(), 0);
}

#[tokio::test]
async fn bytes_inside_the_request_are_sent() {
    let server = Server::responding([ok()]);
    client(&server).send(upload().file(b"inline".to_vec())).await.unwrap();
    let request = server.request();
    assert!(holds(&request.body, b"inline"));
    assert_eq!(request.body.len(), request.length);
}
