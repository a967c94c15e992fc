//! What reqwest's failures are taken for.

use std::io;
use std::net::TcpListener;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use imagekit_reqwest::proto::api::files::{FileDetails, GetFileDetails};
use imagekit_reqwest::proto::api::upload::{FileSource, UploadFile};
use imagekit_reqwest::proto::error::FailureKind;
use imagekit_reqwest::proto::{Config, ErrorKind, Reply, RetryPolicy};
use imagekit_reqwest::{Client, Error, Payload, TransportError};

use tokio::io::{AsyncRead, ReadBuf};
use tokio::time::{Sleep, sleep};

use crate::server::{DETAILS, OK, Server, answer, empty};

const SHORT: Duration = Duration::from_millis(100);

async fn get(config: Config, policy: RetryPolicy) -> Result<Reply<FileDetails>, Error> {
    Client::new(config).unwrap().send_with(GetFileDetails::new("a"), policy).await
}

fn kind(error: &Error) -> FailureKind {
    error.failure().unwrap_or_else(|| panic!("{error:?}")).kind
}

fn unused_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn a_refused_connection_is_not_sent() {
    let url = format!("http://127.0.0.1:{}", unused_port());
    let config = Config::new("private_test_key").unwrap().with_api_url(&url).unwrap();
    let policy = RetryPolicy::default().base_delay(Duration::ZERO);
    let error = get(config, policy).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::NotSent);
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn a_name_without_an_address_is_not_sent() {
    let url = "https://imagekit.invalid";
    let config = Config::new("private_test_key").unwrap().with_api_url(url).unwrap();
    let error = get(config, RetryPolicy::never().attempt_timeout(SHORT * 5)).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::NotSent);
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn a_failed_handshake_is_not_sent() {
    let server = Server::new(|_, connection| {
        connection.write(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
        connection.drain();
        vec![]
    });
    let url = server.url().replace("http", "https");
    let config = Config::new("private_test_key").unwrap().with_api_url(&url).unwrap();
    let error = get(config, RetryPolicy::never()).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::NotSent, "{error:?}");
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[tokio::test]
async fn without_tls_https_says_what_to_do() {
    let url = format!("https://127.0.0.1:{}", unused_port());
    let server = Server::answering(&[OK]);
    let config = server.config().with_api_url(&server.url().replace("http", "https")).unwrap();
    let error = get(config, RetryPolicy::never()).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::NotSent, "{error:?}");
    assert!(error.to_string().contains("feature `rustls`"), "{error}");
    drop(url);
}

#[tokio::test]
async fn a_connection_lost_after_the_request_is_ambiguous() {
    // The client hears an end, then (with a byte left unread) a reset.
    for unread in [false, true] {
        let server = Server::new(move |_, connection| {
            vec![if unread { connection.head() } else { connection.request() }]
        });
        let client = Client::new(server.config()).unwrap();
        let upload = UploadFile::new("b", FileSource::bytes(vec![0; 200]));
        let error = client.send(upload).await.unwrap_err();
        assert_eq!(kind(&error), FailureKind::Ambiguous);
        assert!(error.is_maybe_applied(), "{error:?}");
        assert_eq!(error.attempts(), 1);
    }
}

#[tokio::test]
async fn a_truncated_response_is_no_success() {
    const TRUNCATED: [&str; 3] = [
        "HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
        "HTTP/1.1 200 OK\r\ncontent-le",
    ];
    for part in TRUNCATED {
        let server = Server::new(move |_, connection| {
            let request = connection.request();
            connection.write(part.as_bytes());
            vec![request]
        });
        let error = get(server.config(), RetryPolicy::never()).await.unwrap_err();
        assert_eq!(kind(&error), FailureKind::Ambiguous, "{part}");
    }
}

#[tokio::test]
async fn a_server_that_stalls_or_dribbles_runs_out_of_time() {
    for dribble in [false, true] {
        let server = Server::new(move |_, connection| {
            let request = connection.request();
            connection.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
            for _ in 0..30 {
                if dribble {
                    connection.write(b" ");
                }
                thread::sleep(SHORT / 5);
            }
            vec![request]
        });
        let error =
            get(server.config(), RetryPolicy::never().attempt_timeout(SHORT)).await.unwrap_err();
        let failure = error.failure().unwrap();
        assert_eq!(failure.kind, FailureKind::Ambiguous);
        assert!(matches!(failure.source, TransportError::Timeout), "{error:?}");
    }
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
            std::task::ready!(self.0.as_mut().poll(cx));
            self.0 = Box::pin(sleep(SHORT / 5));
            buffer.put_slice(&[0]);
            Poll::Ready(Ok(()))
        }
    }
    let server = Server::answering(&[OK]);
    let policy = RetryPolicy::never().attempt_timeout(SHORT);
    let error = Client::new(server.config())
        .unwrap()
        .upload_with(
            UploadFile::new("b", FileSource::payload(0)),
            Payload::reader(Slow(Box::pin(sleep(SHORT / 5))), 1000),
            policy,
        )
        .await
        .unwrap_err();
    assert!(matches!(error.failure().unwrap().source, TransportError::Timeout), "{error:?}");
    assert!(error.is_maybe_applied());
}

#[tokio::test]
async fn an_absurd_timeout_is_none() {
    let server = Server::answering(&[OK]);
    let policy = RetryPolicy::never().attempt_timeout(Duration::MAX).deadline(Duration::MAX);
    get(server.config(), policy).await.unwrap();
}

#[tokio::test]
async fn the_response_is_capped() {
    let capped = async |answer: String, limit| {
        let server = Server::new(move |_, connection| {
            let request = connection.request();
            connection.write(answer.as_bytes());
            connection.finish();
            connection.drain();
            vec![request]
        });
        get(server.config(), RetryPolicy::never().max_response(limit)).await
    };
    let length = DETAILS.len() as u64;
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{DETAILS}\r\n0\r\n\r\n",
        DETAILS.len()
    );
    // The body is announced and never comes: it is refused unread.
    let announced = "HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n".to_owned();
    for (answer, limit, expected) in
        [(announced, 89, Some(90)), (chunked.clone(), length - 1, None)]
    {
        let error = capped(answer, limit).await.unwrap_err();
        let failure = error.failure().unwrap();
        assert_eq!(failure.kind, FailureKind::TooLarge);
        let TransportError::TooLarge { announced, limit: reported, .. } = failure.source else {
            panic!("{error:?}")
        };
        assert_eq!((announced, reported), (expected, limit));
    }
    capped(answer("200 OK", "", DETAILS), length).await.unwrap();
    capped(chunked, length).await.unwrap();
}

#[tokio::test]
async fn a_redirect_is_an_error_of_the_api() {
    let server = Server::answering(&[
        "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\nconnection: close\r\n\
         content-length: 0\r\n\r\n",
        OK,
    ]);
    let error = get(server.config(), RetryPolicy::default()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Api(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 302);
    server.request();
    assert_eq!(server.unseen(), 0);
}

#[tokio::test]
async fn a_connection_is_kept_and_its_loss_noticed() {
    // Two requests on the first connection, which then is lost on the third one.
    let server = Server::new(|number, connection| {
        let mut requests = Vec::new();
        let answers = if number == 0 { 2 } else { 1 };
        for _ in 0..answers {
            requests.push(connection.request());
            connection.write(answer("200 OK", "", DETAILS).as_bytes());
        }
        if number == 0 {
            requests.push(connection.request());
        }
        requests
    });
    let client = Client::new(server.config()).unwrap();
    let policy = RetryPolicy::never();
    for _ in 0..2 {
        client.send_with(GetFileDetails::new("a"), policy.clone()).await.unwrap();
    }
    let error = client.send_with(GetFileDetails::new("a"), policy.clone()).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::Ambiguous);
    client.send_with(GetFileDetails::new("a"), policy).await.unwrap();
}

#[tokio::test]
async fn an_error_status_comes_with_its_body() {
    let server = Server::new(|_, connection| {
        let request = connection.request();
        let body = r#"{"message": "No such file.", "help": "Look again."}"#;
        connection.write(answer("404 Not Found", "", body).as_bytes());
        vec![request]
    });
    let error = get(server.config(), RetryPolicy::default()).await.unwrap_err();
    assert!(error.is_not_found());
    assert!(error.to_string().contains("No such file."), "{error}");
    let server = Server::answering(&[empty!("204 No Content")]);
    let client = Client::new(server.config()).unwrap();
    client.send(imagekit_reqwest::proto::api::files::DeleteFile::new("a")).await.unwrap();
}
