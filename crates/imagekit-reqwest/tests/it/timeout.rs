//! Timeouts of an attempt: in all, and without progress.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::thread;
use std::time::Duration;

use imagekit_loopback::{FILE, FILE_ID, Server, ok, response};
use imagekit_reqwest::proto::CallOptions;
use imagekit_reqwest::proto::api::files::GetFileDetails;
use imagekit_reqwest::proto::api::upload::UploadFile;
use imagekit_reqwest::proto::error::FailureKind;
use imagekit_reqwest::{Client, Payload, TransportError};

use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf, repeat};
use tokio::time::{Sleep, sleep};

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

#[tokio::test]
async fn an_attempt_that_takes_too_long_ends() {
    for dribble in [false, true] {
        let server = slow(dribble);
        let client = Client::new(server.config()).unwrap();
        let options = once().attempt_timeout(SHORT);
        let error = client.send_with(GetFileDetails::new(FILE_ID), options).await.unwrap_err();
        assert_eq!(kind(&error), FailureKind::Ambiguous);
        assert!(matches!(failure(&error).source, TransportError::Timeout), "{error:?}");
        assert!(error.is_timeout());
    }
}

#[tokio::test]
async fn an_attempt_without_progress_ends() {
    let server = slow(false);
    let client = Client::new(server.config()).unwrap();
    let options = once().idle_timeout(SHORT);
    let error = client.send_with(GetFileDetails::new(FILE_ID), options).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::Ambiguous);
    assert!(matches!(failure(&error).source, TransportError::IdleTimeout), "{error:?}");
    assert!(error.is_timeout());
}

#[tokio::test]
async fn an_attempt_with_progress_goes_on() {
    // Longer than the idle timeout in all, never as long without a byte.
    let server = slow(true);
    let client = Client::new(server.config()).unwrap();
    client.send_with(GetFileDetails::new(FILE_ID), once().idle_timeout(SHORT * 8)).await.unwrap();
}

#[tokio::test]
async fn an_upload_that_nobody_reads_ends() {
    let server = Server::new(|_, connection| {
        let request = connection.head();
        thread::sleep(SHORT * 20);
        vec![request]
    });
    let client = Client::new(server.config()).unwrap();
    let payload = Payload::reader(repeat(1).take(64 << 20), 64 << 20);
    let options = CallOptions::default().idle_timeout(SHORT);
    let error = client.upload_with(UploadFile::new("b"), payload, options).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::Ambiguous);
    assert!(matches!(failure(&error).source, TransportError::IdleTimeout), "{error:?}");
    assert!(error.may_have_been_applied());
}

#[tokio::test]
async fn a_slow_payload_runs_out_of_time() {
    struct Slow(Pin<Box<Sleep>>);
    impl AsyncRead for Slow {
        fn poll_read(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            ready!(self.0.as_mut().poll(cx));
            self.0 = Box::pin(sleep(SHORT / 5));
            buffer.put_slice(&[0]);
            Poll::Ready(Ok(()))
        }
    }
    let server = Server::responding([ok()]);
    let error = Client::new(server.config())
        .unwrap()
        .upload_with(
            UploadFile::new("b"),
            Payload::reader(Slow(Box::pin(sleep(SHORT / 5))), 1000),
            once().attempt_timeout(SHORT),
        )
        .await
        .unwrap_err();
    assert!(matches!(failure(&error).source, TransportError::Timeout), "{error:?}");
    assert!(error.may_have_been_applied());
}

#[tokio::test]
async fn an_absurd_timeout_is_none() {
    let server = Server::responding([ok()]);
    let options =
        once().attempt_timeout(Duration::MAX).idle_timeout(Duration::MAX).deadline(Duration::MAX);
    let client = Client::new(server.config()).unwrap();
    client.send_with(GetFileDetails::new(FILE_ID), options).await.unwrap();
}
