//! Timeouts of an attempt: in all, and without progress.

use std::io::{self, Read};
use std::thread;
use std::time::Duration;

use imagekit_loopback::{FILE, FILE_ID, Server, ok, response};
use imagekit_ureq::proto::CallOptions;
use imagekit_ureq::proto::api::files::GetFileDetails;
use imagekit_ureq::proto::api::upload::UploadFile;
use imagekit_ureq::proto::error::FailureKind;
use imagekit_ureq::{Client, Payload, TransportError};

use crate::{failure, kind, once};

const SHORT: Duration = Duration::from_millis(100);

/// A server that takes the request and sends its response in small pieces, or not at all.
fn slow(dribble: bool) -> Server {
    Server::new(move |_, connection| {
        let request = connection.request();
        for piece in response("200 OK", "", FILE).as_bytes().chunks(20) {
            if dribble {
                connection.write(piece);
            }
            thread::sleep(SHORT);
        }
        connection.drain();
        vec![request]
    })
}

#[test]
fn an_attempt_that_takes_too_long_ends() {
    for dribble in [false, true] {
        let server = slow(dribble);
        let client = Client::new(server.config()).unwrap();
        let options = once().attempt_timeout(SHORT);
        let error = client.send_with(GetFileDetails::new(FILE_ID), options).unwrap_err();
        assert_eq!(kind(&error), FailureKind::Ambiguous);
        assert!(matches!(failure(&error).source, TransportError::Timeout), "{error:?}");
        assert!(error.is_timeout());
    }
}

#[test]
fn an_attempt_without_progress_ends() {
    let server = slow(false);
    let client = Client::new(server.config()).unwrap();
    let options = once().idle_timeout(SHORT);
    let error = client.send_with(GetFileDetails::new(FILE_ID), options).unwrap_err();
    assert_eq!(kind(&error), FailureKind::Ambiguous);
    assert!(matches!(failure(&error).source, TransportError::IdleTimeout), "{error:?}");
    assert!(error.is_timeout());
}

#[test]
fn an_attempt_with_progress_goes_on() {
    // Longer than the idle timeout in all, never as long without a byte.
    let server = slow(true);
    let client = Client::new(server.config()).unwrap();
    client.send_with(GetFileDetails::new(FILE_ID), once().idle_timeout(SHORT * 8)).unwrap();
}

#[test]
fn an_upload_that_nobody_reads_ends() {
    let server = Server::new(|_, connection| {
        let request = connection.head();
        thread::sleep(SHORT * 20);
        vec![request]
    });
    let client = Client::new(server.config()).unwrap();
    let payload = Payload::reader(io::repeat(1).take(64 << 20), 64 << 20);
    let options = CallOptions::default().idle_timeout(SHORT);
    let error = client.upload_with(UploadFile::new("b"), payload, options).unwrap_err();
    assert_eq!(kind(&error), FailureKind::Ambiguous);
    assert!(matches!(failure(&error).source, TransportError::IdleTimeout), "{error:?}");
    assert!(error.may_have_been_applied());
}

#[test]
fn a_slow_payload_runs_out_of_time() {
    struct Slow;
    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            thread::sleep(SHORT / 5);
            buffer[0] = 0;
            Ok(1)
        }
    }
    let server = Server::responding([ok()]);
    let error = Client::new(server.config())
        .unwrap()
        .upload_with(
            UploadFile::new("b"),
            Payload::reader(Slow, 1000),
            once().attempt_timeout(SHORT),
        )
        .unwrap_err();
    assert!(matches!(failure(&error).source, TransportError::Timeout), "{error:?}");
    assert!(error.may_have_been_applied());
}

#[test]
fn an_absurd_timeout_is_none() {
    let server = Server::responding([ok()]);
    let options =
        once().attempt_timeout(Duration::MAX).idle_timeout(Duration::MAX).deadline(Duration::MAX);
    let client = Client::new(server.config()).unwrap();
    client.send_with(GetFileDetails::new(FILE_ID), options).unwrap();
}
