//! Uploads that are watched: progress, cancellation, bandwidth; and uploads as endpoints.

use std::future::poll_fn;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use imagekit_loopback::{ProgressLog, Server, empty, ok, response};
use imagekit_reqwest::proto::ErrorKind;
use imagekit_reqwest::proto::api::upload::UploadFile;
use imagekit_reqwest::proto::error::{BuildError, FailureKind};
use imagekit_reqwest::{
    Bandwidth, CallOptions, CancelToken, Client, Config, Payload, RetryPolicy, TransportError,
    Upload,
};

use tokio::io::{AsyncRead, ReadBuf};

use crate::{kind, once};

fn upload() -> UploadFile {
    UploadFile::new("b")
}

fn client(server: &Server) -> Client {
    Client::new(server.config()).unwrap()
}

#[tokio::test]
async fn progress_grows_to_the_length_in_each_attempt() {
    let busy = response("429 Too Many Requests", "connection: close\r\nretry-after-ms: 0\r\n", "");
    for len in [0, 1, 1_000_000] {
        let server = Server::responding([busy.clone(), ok()]);
        let log = ProgressLog::default();
        let payload = Payload::bytes(vec![7; len]).on_progress(log.callback());
        client(&server).upload(upload(), payload).await.unwrap();
        let attempts = log.attempts(len as u64);
        assert_eq!(attempts.len(), 2, "{attempts:?}");
        for attempt in attempts {
            assert_eq!(attempt.last(), Some(&(len as u64)));
        }
        assert!(!server.request().is_cut_off());
    }
}

#[tokio::test]
async fn progress_does_not_reach_the_length_of_a_payload_that_is_not_as_announced() {
    for payload in [Payload::reader(&b"short"[..], 8), Payload::reader(&b"too long"[..], 5)] {
        let server = Server::responding([ok()]);
        let log = ProgressLog::default();
        let error = client(&server)
            .upload(upload(), payload.on_progress(log.callback()))
            .await
            .unwrap_err();
        assert_eq!(kind(&error), FailureKind::Payload);
        let told = log.told();
        assert!(told.iter().all(|(sent, total)| sent < total), "{told:?}");
    }
}

#[tokio::test]
async fn a_panic_in_the_callback_cuts_the_request_off_and_goes_on_in_the_caller() {
    for at in [0, 1_000_000] {
        let server = Server::responding([ok()]);
        let client = client(&server);
        let payload = Payload::bytes(vec![7; 1_000_000])
            .on_progress(move |sent, _| assert!(sent != at, "a defect in the callback"));
        let calling = client.clone();
        let call = tokio::spawn(async move { calling.upload(upload(), payload).await.map(drop) });
        let panic = call.await.unwrap_err().into_panic();
        let message = panic.downcast::<&str>().unwrap();
        assert_eq!(*message, "a defect in the callback");
        if at > 0 {
            assert!(server.request().is_cut_off());
        }
        client.upload(upload(), b"after".to_vec()).await.unwrap();
    }
}

#[tokio::test]
async fn an_upload_cancelled_before_its_first_byte_is_not_applied() {
    let token = CancelToken::new();
    token.cancel();
    let at_zero = CancelToken::new();
    let cancel = at_zero.clone();
    let payloads = [
        Payload::bytes("content").cancelled_by(&token),
        Payload::bytes("content").cancelled_by(&at_zero).on_progress(move |_, _| cancel.cancel()),
    ];
    for payload in payloads {
        let server = Server::responding([ok()]);
        let error = client(&server).upload(upload(), payload).await.unwrap_err();
        assert!(error.is_cancelled(), "{error:?}");
        assert!(!error.may_have_been_applied(), "{error}");
        assert_eq!((error.attempts(), server.unseen()), (0, 0));
    }
}

#[tokio::test]
async fn an_upload_cancelled_on_its_way_is_cut_off_and_may_have_been_applied() {
    let server = Server::responding([ok()]);
    let token = CancelToken::new();
    let cancel = token.clone();
    let payload = Payload::bytes(vec![7; 1 << 20]).cancelled_by(&token);
    let payload = payload.on_progress(move |sent, total| {
        if sent > total / 2 {
            cancel.cancel();
        }
    });
    let error = client(&server).upload(upload(), payload).await.unwrap_err();
    assert!(error.is_cancelled() && error.may_have_been_applied(), "{error:?}");
    assert_eq!(error.attempts(), 1);
    assert!(server.request().is_cut_off());
    assert_eq!(server.unseen(), 0);
}

#[tokio::test]
async fn an_upload_is_cancelled_between_two_attempts() {
    // Nobody listens there, and the waits between the attempts are long.
    let url = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let config = Config::new("private_test_key").unwrap().with_upload_url(&url).unwrap();
    let day = Duration::from_secs(86_400);
    let retry = RetryPolicy::default().max_attempts(100).base_delay(day).max_delay(day);
    let client = Client::builder(config).options(CallOptions::default().retry(retry));
    let token = CancelToken::new();
    let cancel = token.clone();
    let payload = Payload::bytes("content").cancelled_by(&token);
    let payload = payload.on_progress(move |_, _| {
        let cancel = cancel.clone();
        std::thread::spawn(move || cancel.cancel());
    });
    let error = client.build().unwrap().upload(upload(), payload).await.unwrap_err();
    assert!(error.is_cancelled() && !error.may_have_been_applied(), "{error:?}");
    assert_eq!(error.attempts(), 0);
}

#[tokio::test]
async fn waiting_for_the_bandwidth_is_no_idle_time() {
    let server = Server::responding([ok()]);
    let limit = Bandwidth::new(1);
    // Two pieces of a byte, a second apart.
    let payload = Payload::bytes("ab").bandwidth(&limit);
    let options = once().idle_timeout(Duration::from_millis(600));
    let began = std::time::Instant::now();
    client(&server).upload_with(upload(), payload, options).await.unwrap();
    assert!(began.elapsed() >= Duration::from_millis(900), "{:?}", began.elapsed());
    assert!(!server.request().is_cut_off());
}

#[tokio::test]
async fn the_attempts_timeout_holds_while_waiting_for_the_bandwidth() {
    let server = Server::responding([ok()]);
    let limit = Bandwidth::new(1);
    let payload = Payload::bytes(vec![7; 100]).bandwidth(&limit);
    let options = once().attempt_timeout(Duration::from_millis(300));
    let error = client(&server).upload_with(upload(), payload, options).await.unwrap_err();
    assert!(error.is_timeout() && error.may_have_been_applied(), "{error:?}");
    // The connection is closed by a task of this runtime.
    let request = tokio::task::spawn_blocking(move || server.request()).await.unwrap();
    assert!(request.is_cut_off());
}

#[tokio::test]
async fn an_upload_is_cancelled_while_it_waits_for_the_bandwidth() {
    let server = Server::responding([ok()]);
    let token = CancelToken::new();
    let cancel = token.clone();
    let payload = Payload::bytes(vec![7; 100]).bandwidth(&Bandwidth::new(0)).cancelled_by(&token);
    let payload = payload.on_progress(move |sent, _| {
        if sent == 1 {
            let cancel = cancel.clone();
            std::thread::spawn(move || cancel.cancel());
        }
    });
    let error = client(&server).upload(upload(), payload).await.unwrap_err();
    assert!(error.is_cancelled() && error.may_have_been_applied(), "{error:?}");
}

#[tokio::test]
async fn an_upload_is_an_endpoint_whose_payload_comes_back() {
    let server = Server::responding([empty("503 Service Unavailable"), ok()]);
    let client = client(&server);
    let upload = Upload::new(upload(), b"content".to_vec());
    let error = client.send(&upload).await.unwrap_err();
    assert!(error.may_have_been_applied(), "{error}");
    assert_eq!(
        client.send(Box::new(upload.clone())).await.unwrap().file().unwrap().name,
        "cat.jpg"
    );
    for _ in 0..2 {
        let body = String::from_utf8(server.request().body).unwrap();
        assert!(body.contains("\r\n\r\ncontent\r\n"), "{body}");
    }
}

#[tokio::test]
async fn a_payload_is_in_one_call_at_a_time() {
    /// Sends the upload whose payload it is.
    struct Again(Client, Option<Upload<UploadFile>>);
    impl AsyncRead for Again {
        fn poll_read(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            _: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            if let Some(upload) = self.1.take() {
                let mut call = Box::pin(self.0.send(upload));
                let Poll::Ready(Err(error)) = call.as_mut().poll(cx) else { panic!("it waits") };
                assert!(matches!(error.kind(), ErrorKind::Build(BuildError::PayloadMissing)));
            }
            Poll::Ready(Ok(()))
        }
    }
    let server = Server::responding([ok()]);
    let client = client(&server);
    let (again, lazily) = tokio::sync::oneshot::channel::<Upload<UploadFile>>();
    let sending = client.clone();
    let mut lazily = Some(lazily);
    let payload = Payload::reopen(0, move || {
        let (sending, lazily) = (sending.clone(), lazily.take());
        async move {
            let upload = lazily.unwrap().await.map_err(io::Error::other)?;
            Ok(Again(sending, Some(upload)))
        }
    });
    let upload = Upload::new(upload(), payload);
    again.send(upload.clone()).unwrap();
    client.send(upload).await.unwrap();
}

#[tokio::test]
async fn many_files_are_uploaded_at_once_and_none_twice() {
    let server = Server::new(|_, connection| {
        let request = connection.request();
        let body = String::from_utf8_lossy(&request.body);
        // Every tenth is refused, and every tenth is answered after the server has closed.
        let at = body.find("content-").unwrap();
        let number: u32 = body[at + 8..at + 11].parse().unwrap();
        match number % 10 {
            3 => connection.write(empty("400 Bad Request")),
            7 => {}
            _ => connection.write(ok()),
        }
        vec![request]
    });
    let uploads = (100..200).map(|n| Upload::new(upload(), format!("content-{n}").into_bytes()));
    let client = client(&server);
    let mut sent = client.send_all(uploads, 16);
    for at in 0..100 {
        let sent = sent.next().await.unwrap();
        assert_eq!(sent.index, at);
        match (at % 10, sent.outcome) {
            (3, Err(error)) => assert_eq!(error.status().unwrap(), 400),
            (7, Err(error)) => assert!(error.may_have_been_applied(), "{error}"),
            (_, outcome) => drop(outcome.unwrap()),
        }
    }
    assert!(sent.next().await.is_none());
    let end = sent.finish();
    assert_eq!((end.succeeded, end.failed), (80, 20));
    assert_eq!(server.unseen(), 100);
}

#[tokio::test]
async fn after_a_panic_in_a_callback_the_other_outcomes_are_handed_out() {
    for concurrency in [1, 3] {
        let server = Server::new(|_, connection| {
            let request = connection.request();
            connection.write(ok());
            vec![request]
        });
        let uploads = (0..8).map(|number| {
            let payload = Payload::bytes(vec![7; 100_000]);
            Upload::new(
                upload(),
                payload.on_progress(move |sent, _| {
                    assert!(number != 2 || sent == 0, "a defect in the callback");
                }),
            )
        });
        let client = client(&server);
        let mut items = client.send_all(uploads, concurrency);
        let (mut sent, mut panics) = (Vec::new(), 0);
        loop {
            let next = poll_fn(|cx| {
                match catch_unwind(AssertUnwindSafe(|| pin!(items.next()).poll(cx))) {
                    Ok(polled) => polled.map(Ok),
                    Err(panic) => Poll::Ready(Err(panic)),
                }
            });
            match next.await {
                Ok(Some(item)) => sent.push(item),
                Ok(None) => break,
                Err(_) => panics += 1,
            }
        }
        assert_eq!(panics, 1);
        assert_eq!(
            sent.iter().map(|sent| sent.index).collect::<Vec<_>>(),
            [0, 1, 2, 3, 4, 5, 6, 7]
        );
        for sent in sent {
            match sent.outcome {
                Err(error) if sent.index == 2 => {
                    assert!(error.may_have_been_applied());
                    let source = &error.failure().unwrap().source;
                    assert!(matches!(source, TransportError::Panicked), "{error}");
                }
                outcome => drop(outcome.unwrap()),
            }
        }
        let end = items.finish();
        assert_eq!((end.succeeded, end.failed, end.misuse), (7, 1, None));
    }
}
