//! Where the bytes of an upload come from, and what happens when they are not as announced.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use imagekit_loopback::{Server, empty, ok};
use imagekit_ureq::proto::ErrorKind;
use imagekit_ureq::proto::api::upload::{FileSource, UploadFile};
use imagekit_ureq::proto::error::{BuildError, FailureKind};
use imagekit_ureq::{Client, Payload, TransportError};

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

#[test]
fn what_can_be_opened_again_is_sent_again() {
    let content = vec![7; 300_000];
    let path = file(&content);
    let opened = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&opened);
    let copy = content.clone();
    let payloads = [
        Payload::from(path.as_path()),
        Payload::from(File::open(&path).unwrap()),
        Payload::bytes(content.clone()),
        Payload::reopen(content.len() as u64, move || {
            count.fetch_add(1, Ordering::Relaxed);
            Ok(io::Cursor::new(copy.clone()))
        }),
    ];
    for payload in payloads {
        let server = busy_then_ok();
        let reply = client(&server).upload(upload(), payload).unwrap();
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

#[test]
fn a_reader_is_sent_once() {
    let content = b"from a reader";
    let server = busy_then_ok();
    let payload = Payload::reader(&content[..], content.len() as u64);
    let error = client(&server).upload(upload(), payload).unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    assert_eq!(error.attempts(), 1);
    assert!(holds(&server.request().body, content));
}

#[test]
fn a_short_or_long_payload_is_cut_off() {
    let cases: [(Payload<'_>, Option<u64>); 4] = [
        (Payload::reader(&b"short"[..], 8), Some(3)),
        (Payload::reader(&b"too long"[..], 5), None),
        (Payload::reader(io::repeat(1), 1_000_000), None),
        (Payload::reopen(8, || Ok(&b"short"[..])), Some(3)),
    ];
    for (payload, missing) in cases {
        let server = Server::responding([ok()]);
        let error = client(&server).upload(upload(), payload).unwrap_err();
        assert_eq!(kind(&error), FailureKind::Payload);
        assert_eq!(failure(&error).source.payload_error().unwrap().missing(), missing);
        assert_eq!(error.attempts(), 1);
        assert!(server.request().is_cut_off());
    }
}

#[test]
fn a_prefix_is_not_read_any_further() {
    /// Gives five bytes, then fails the test.
    struct Socket(&'static [u8]);
    impl Read for Socket {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            assert!(!self.0.is_empty(), "read past the announced length");
            self.0.read(buffer)
        }
    }
    let server = Server::responding([ok()]);
    client(&server).upload(upload(), Payload::prefix(Socket(b"bytes"), 5)).unwrap();
    assert!(holds(&server.request().body, b"bytes"));
}

#[test]
fn a_reader_that_fails_is_a_failure_of_the_payload() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            // The kind is one that a connection fails with too.
            Err(io::Error::new(io::ErrorKind::ConnectionReset, "the disk is gone"))
        }
    }
    let server = Server::responding([ok()]);
    let error = client(&server).upload(upload(), Payload::reader(Broken, 5)).unwrap_err();
    assert_eq!(kind(&error), FailureKind::Payload);
    assert!(matches!(failure(&error).source, TransportError::Payload(_)));
    assert!(error.to_string().contains("the disk is gone"), "{error}");
}

#[test]
fn an_interrupted_read_goes_on() {
    struct Interrupted(bool, &'static [u8]);
    impl Read for Interrupted {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 = !self.0;
            if self.0 { Err(io::ErrorKind::Interrupted.into()) } else { self.1.read(buffer) }
        }
    }
    let server = Server::responding([ok()]);
    let payload = Payload::reader(Interrupted(false, b"bytes"), 5);
    client(&server).upload(upload(), payload).unwrap();
    assert!(holds(&server.request().body, b"bytes"));
}

#[test]
fn only_regular_files_have_a_length() {
    let server = Server::responding([ok()]);
    let error = client(&server).upload(upload(), Path::new("/no/such/file")).unwrap_err();
    assert_eq!(kind(&error), FailureKind::Payload);
    assert!(matches!(failure(&error).source, TransportError::Open { .. }));
    assert!(error.to_string().contains("/no/such/file"), "{error}");
    assert_eq!(error.attempts(), 0);

    let directory = env!("CARGO_TARGET_TMPDIR");
    let error = client(&server).upload(upload(), Path::new(directory)).unwrap_err();
    assert!(matches!(failure(&error).source, TransportError::NotAFile { .. }));
    let opened = File::open(directory).unwrap();
    let error = client(&server).upload(upload(), opened).unwrap_err();
    assert!(matches!(failure(&error).source, TransportError::NotAFile { .. }));
    assert_eq!(server.unseen(), 0);
}

#[test]
fn a_request_and_its_payload_have_to_fit() {
    let server = Server::responding([ok()]);
    let client = client(&server);
    let error = client.send(upload()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Build(BuildError::PayloadMissing)), "{error:?}");
    let fetched = upload().file(FileSource::url("https://example.com/b"));
    let error = client.upload(fetched, b"bytes".to_vec()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Build(BuildError::PayloadUnused)), "{error:?}");
    assert_eq!(server.unseen(), 0);
}

#[test]
fn a_file_is_sent_from_its_first_byte() {
    let path = file(b"the whole file");
    let mut open = File::open(&path).unwrap();
    open.read_exact(&mut [0; 4]).unwrap();
    let server = busy_then_ok();
    assert_eq!(client(&server).upload(upload(), open).unwrap().attempts, 2);
    for _ in 0..2 {
        assert!(holds(&server.request().body, b"the whole file"));
    }
}

#[test]
fn a_file_that_changes_its_length_is_not_sent_again() {
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
    let error = client(&server).upload(upload(), path).unwrap_err();
    assert_eq!(kind(&error), FailureKind::Payload);
    let source = &failure(&error).source;
    assert!(
        matches!(source, TransportError::LenChanged { announced: 5, found: 13, .. }),
        "{error:?}"
    );
    server.request();
    assert_eq!(server.unseen(), 0);
}

#[test]
fn bytes_inside_the_request_are_sent() {
    let server = Server::responding([ok()]);
    client(&server).send(upload().file(b"inline".to_vec())).unwrap();
    let request = server.request();
    assert!(holds(&request.body, b"inline"));
    assert_eq!(request.body.len(), request.length);
}
