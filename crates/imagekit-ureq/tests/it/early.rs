//! Responses that come before the server has the whole request.

use std::io::{self, Read};
use std::thread;
use std::time::Duration;

use imagekit_loopback::{FILE, Server, empty, response};
use imagekit_ureq::proto::ErrorKind;
use imagekit_ureq::proto::api::upload::UploadFile;
use imagekit_ureq::proto::error::FailureKind;
use imagekit_ureq::{Client, Error, Payload, TransportError};

use crate::{failure, kind, once};

const SIZE: u64 = 64 << 20;

fn upload(server: &Server, payload: Payload<'_>) -> Result<(), Error> {
    let options = once().idle_timeout(Duration::from_secs(1));
    let client = Client::new(server.config()).unwrap();
    client.upload_with(UploadFile::new("b"), payload, options).map(drop)
}

fn large() -> Payload<'static> {
    Payload::reader(io::repeat(1).take(SIZE), SIZE)
}

/// A server that responds after the head, then closes the connection or leaves it unread.
fn early(response: String, close: bool) -> Server {
    Server::new(move |_, connection| {
        let request = connection.head();
        connection.write(&response);
        if !close {
            thread::sleep(Duration::from_secs(4));
        }
        // Closing with unread bytes resets the connection.
        vec![request]
    })
}

#[test]
fn an_early_error_is_the_response() {
    for close in [true, false] {
        let server = early(empty("413 Content Too Large"), close);
        let error = upload(&server, large()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Api(_)), "close {close}: {error:?}");
        assert_eq!(error.status().unwrap(), 413);
        assert!(!error.may_have_been_applied());
    }
}

#[test]
fn an_early_success_is_none() {
    for close in [true, false] {
        let server = early(response("200 OK", "", FILE), close);
        let error = upload(&server, large()).unwrap_err();
        assert_eq!(kind(&error), FailureKind::Ambiguous, "close {close}: {error:?}");
        let TransportError::EarlyResponse { status, .. } = failure(&error).source else {
            panic!("{error:?}")
        };
        assert_eq!(status, 200);
        assert!(error.may_have_been_applied());
    }
}

#[test]
fn the_payload_is_not_read_on_after_an_early_response() {
    struct Counted(u64);
    impl Read for Counted {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 += buffer.len() as u64;
            assert!(self.0 < SIZE / 2, "read on");
            Ok(buffer.len())
        }
    }
    let server = early(empty("401 Unauthorized"), true);
    let error = upload(&server, Payload::prefix(Counted(0), SIZE)).unwrap_err();
    assert!(error.is_auth_failure(), "{error:?}");
}

#[test]
fn a_success_before_the_end_of_an_upload_that_is_read_is_one() {
    let server = Server::new(|_, connection| {
        let request = connection.head();
        connection.write(response("200 OK", "", FILE));
        connection.drain();
        vec![request]
    });
    upload(&server, large()).unwrap();
}

#[test]
fn a_payload_that_fails_outweighs_an_early_success() {
    let server = Server::new(|_, connection| {
        let request = connection.head();
        connection.write(response("200 OK", "", FILE));
        connection.drain();
        vec![request]
    });
    let error = upload(&server, Payload::reader(io::repeat(1).take(9), 10)).unwrap_err();
    assert_eq!(kind(&error), FailureKind::Payload);
}
