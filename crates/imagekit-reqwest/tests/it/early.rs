//! Responses that come before the server has the whole request.

use std::io;
use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use imagekit_loopback::{FILE, FILE_ID, Server, empty, response};
use imagekit_reqwest::proto::ErrorKind;
use imagekit_reqwest::proto::api::files::GetFileDetails;
use imagekit_reqwest::proto::api::upload::UploadFile;
use imagekit_reqwest::proto::error::FailureKind;
use imagekit_reqwest::{Client, Error, Payload, TransportError};

use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf, repeat};

use crate::{failure, kind, once};

const SIZE: u64 = 64 << 20;

async fn upload(server: &Server, payload: Payload) -> Result<(), Error> {
    let client = Client::new(server.config()).unwrap();
    client.upload_with(UploadFile::new("b"), payload, once()).await.map(drop)
}

fn large() -> Payload {
    Payload::reader(repeat(1).take(SIZE), SIZE)
}

/// A server that responds after the head, reads no further, and resets the connection a moment
/// later: hyper may miss a response that a reset follows at once.
fn early(response: String) -> Server {
    Server::new(move |_, connection| {
        let request = connection.head();
        connection.write(&response);
        thread::sleep(Duration::from_secs(1));
        vec![request]
    })
}

#[tokio::test]
async fn an_early_error_is_the_response() {
    let server = early(empty("413 Content Too Large"));
    let error = upload(&server, large()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Api(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 413);
    assert!(!error.may_have_been_applied());
}

#[tokio::test]
async fn an_early_success_is_none() {
    let server = early(response("200 OK", "", FILE));
    let error = upload(&server, large()).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::Ambiguous, "{error:?}");
    let TransportError::EarlyResponse { status, .. } = failure(&error).source else {
        panic!("{error:?}")
    };
    assert_eq!(status, 200);
    assert!(error.may_have_been_applied());
}

#[tokio::test]
async fn an_early_success_without_progress_is_none() {
    let server = early(response("200 OK", "", FILE));
    let client = Client::new(server.config()).unwrap();
    let options = once().idle_timeout(Duration::from_millis(50));
    let error = client.upload_with(UploadFile::new("b"), large(), options).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::Ambiguous, "{error:?}");
    assert!(error.is_timeout() && error.may_have_been_applied());
}

#[tokio::test]
async fn the_payload_is_released_by_the_time_the_call_ends() {
    /// Never ends, and says when it is dropped.
    struct Endless(mpsc::Sender<()>);
    impl AsyncRead for Endless {
        fn poll_read(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            buffer.initialize_unfilled();
            buffer.set_filled(buffer.capacity());
            Poll::Ready(Ok(()))
        }
    }
    impl Drop for Endless {
        fn drop(&mut self) {
            self.0.send(()).unwrap();
        }
    }
    // The server neither reads nor closes.
    let server = Server::new(|_, connection| {
        let request = connection.head();
        connection.write(response("401 Unauthorized", "", ""));
        thread::sleep(Duration::from_secs(5));
        vec![request]
    });
    let (dropped, heard) = mpsc::channel();
    let error = upload(&server, Payload::reader(Endless(dropped), u64::MAX / 2)).await.unwrap_err();
    assert!(error.is_auth_failure(), "{error:?}");
    heard.try_recv().unwrap();
}

#[tokio::test]
async fn a_connection_with_an_unfinished_upload_is_not_used_again() {
    let server = Server::new(|number, connection| {
        if number == 0 {
            let request = connection.head();
            // No `connection: close`: the client has to see for itself.
            connection.write(response("401 Unauthorized", "", ""));
            connection.drain();
            vec![request]
        } else {
            let request = connection.request();
            connection.write(response("200 OK", "", FILE));
            vec![request]
        }
    });
    let client = Client::new(server.config()).unwrap();
    let error = client.upload(UploadFile::new("b"), large()).await.unwrap_err();
    assert!(error.is_auth_failure(), "{error:?}");
    client.send_with(GetFileDetails::new(FILE_ID), once()).await.unwrap();
}

#[tokio::test]
async fn a_success_before_the_end_of_an_upload_that_is_read_is_one() {
    let server = Server::new(|_, connection| {
        let request = connection.head();
        connection.write(response("200 OK", "", FILE));
        connection.drain();
        vec![request]
    });
    upload(&server, large()).await.unwrap();
}

#[tokio::test]
async fn a_payload_that_fails_outweighs_an_early_success() {
    let server = Server::new(|_, connection| {
        let request = connection.head();
        connection.write(response("200 OK", "", FILE));
        connection.drain();
        vec![request]
    });
    let error = upload(&server, Payload::reader(repeat(1).take(9), 10)).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::Payload);
}
