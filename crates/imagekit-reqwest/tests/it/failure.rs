//! How reqwest's failures are classified.

use std::net::TcpListener;
use std::time::Duration;

use imagekit_loopback::{FILE, FILE_ID, Server, empty, ok, response};
use imagekit_reqwest::proto::api::files::{DeleteFile, FileDetails, GetFileDetails};
use imagekit_reqwest::proto::api::upload::UploadFile;
use imagekit_reqwest::proto::error::FailureKind;
use imagekit_reqwest::proto::{CallOptions, Config, ErrorKind, Reply, RetryPolicy};
use imagekit_reqwest::{Client, Error, TransportError};

use crate::{failure, kind, once};

async fn get(config: Config, options: CallOptions) -> Result<Reply<FileDetails>, Error> {
    Client::new(config).unwrap().send_with(GetFileDetails::new(FILE_ID), options).await
}

fn unused_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn a_refused_connection_is_not_sent() {
    let url = format!("http://127.0.0.1:{}", unused_port());
    let config = Config::new("private_test_key").unwrap().with_api_url(&url).unwrap();
    let retry = RetryPolicy::default().base_delay(Duration::ZERO);
    let error = get(config, CallOptions::default().retry(retry)).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::NotSent);
    assert_eq!(error.attempts(), 0);
}

#[tokio::test]
async fn a_name_without_an_address_is_not_sent() {
    let url = "https://imagekit.invalid";
    let config = Config::new("private_test_key").unwrap().with_api_url(url).unwrap();
    let error = get(config, once().attempt_timeout(Duration::from_secs(2))).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::NotSent);
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn a_failed_handshake_is_not_sent() {
    let server = Server::new(|_, connection| {
        connection.write("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
        connection.drain();
        vec![]
    });
    let url = server.url().replace("http", "https");
    let config = Config::new("private_test_key").unwrap().with_api_url(&url).unwrap();
    let error = get(config, once()).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::NotSent, "{error:?}");
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[tokio::test]
async fn without_tls_https_says_what_to_do() {
    let server = Server::responding([ok()]);
    let config = server.config().with_api_url(&server.url().replace("http", "https")).unwrap();
    let error = get(config, once()).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::NotSent, "{error:?}");
    assert!(error.to_string().contains("feature `rustls`"), "{error}");
}

#[tokio::test]
async fn a_connection_lost_after_the_request_is_ambiguous() {
    // The client sees an end of file, then (with a byte left unread) a reset.
    for unread in [false, true] {
        let server = Server::new(move |_, connection| {
            vec![if unread { connection.head() } else { connection.request() }]
        });
        let client = Client::new(server.config()).unwrap();
        let error = client.send(UploadFile::new("b").file(vec![0; 200])).await.unwrap_err();
        assert_eq!(kind(&error), FailureKind::Ambiguous);
        assert!(error.may_have_been_applied(), "{error:?}");
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
            connection.write(part);
            vec![request]
        });
        let error = get(server.config(), once()).await.unwrap_err();
        assert_eq!(kind(&error), FailureKind::Ambiguous, "{part}");
    }
}

#[tokio::test]
async fn the_response_is_capped() {
    let capped = async |response: String, limit| {
        let server = Server::new(move |_, connection| {
            let request = connection.request();
            connection.write(&response);
            connection.finish();
            connection.drain();
            vec![request]
        });
        get(server.config(), once().max_response(limit)).await
    };
    let length = FILE.len() as u64;
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{FILE}\r\n0\r\n\r\n",
        FILE.len()
    );
    // The body is announced and never comes: it is refused unread.
    let announced = "HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n".to_owned();
    for (response, limit, expected) in
        [(announced, 89, Some(90)), (chunked.clone(), length - 1, None)]
    {
        let error = capped(response, limit).await.unwrap_err();
        assert_eq!(kind(&error), FailureKind::TooLarge);
        let TransportError::TooLarge { announced, limit: reported, .. } = failure(&error).source
        else {
            panic!("{error:?}")
        };
        assert_eq!((announced, reported), (expected, limit));
    }
    capped(response("200 OK", "", FILE), length).await.unwrap();
    capped(chunked, length).await.unwrap();
}

#[tokio::test]
async fn a_large_response_is_whole() {
    let name = "x".repeat(3_000_000);
    let body = FILE.replace("cat.jpg\",\n", &format!("{name}\",\n"));
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    );
    for response in [response("200 OK", "", &body), chunked] {
        let server = Server::responding([response]);
        let file = get(server.config(), once()).await.unwrap();
        assert_eq!(file.name, name);
        assert_eq!(file.body, body);
    }
}

#[tokio::test]
async fn a_redirect_is_an_error_of_the_api() {
    let redirect = "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\nconnection: close\r\n\
                    content-length: 0\r\n\r\n";
    let server = Server::responding([redirect.to_owned(), ok()]);
    let error = get(server.config(), CallOptions::default()).await.unwrap_err();
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
        let responses = if number == 0 { 2 } else { 1 };
        for _ in 0..responses {
            requests.push(connection.request());
            connection.write(response("200 OK", "", FILE));
        }
        if number == 0 {
            requests.push(connection.request());
        }
        requests
    });
    let client = Client::new(server.config()).unwrap();
    for _ in 0..2 {
        client.send_with(GetFileDetails::new(FILE_ID), once()).await.unwrap();
    }
    let error = client.send_with(GetFileDetails::new(FILE_ID), once()).await.unwrap_err();
    assert_eq!(kind(&error), FailureKind::Ambiguous);
    client.send_with(GetFileDetails::new(FILE_ID), once()).await.unwrap();
}

#[tokio::test]
async fn an_error_status_comes_with_its_body() {
    let body = r#"{"message": "No such file.", "help": "Look again."}"#;
    let server = Server::responding([response("404 Not Found", "", body)]);
    let error = get(server.config(), CallOptions::default()).await.unwrap_err();
    assert!(error.is_not_found());
    assert!(error.to_string().contains("No such file."), "{error}");
    let server = Server::responding([empty("204 No Content")]);
    let client = Client::new(server.config()).unwrap();
    client.send(DeleteFile::new(FILE_ID)).await.unwrap();
}

#[tokio::test]
async fn an_error_prints_its_cause_once() {
    let url = format!("http://127.0.0.1:{}", unused_port());
    let config = Config::new("private_test_key").unwrap().with_api_url(&url).unwrap();
    let error = get(config, once()).await.unwrap_err();
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        text += &format!(": {error}");
        source = error.source();
    }
    assert_eq!(text.matches("refused").count(), 1, "{text}");
    assert!(!text.contains(FILE_ID), "{text}");
}
