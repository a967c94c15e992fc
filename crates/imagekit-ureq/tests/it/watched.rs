//! Uploads that are watched: progress, cancellation, bandwidth; and uploads as endpoints.

use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use imagekit_loopback::{ProgressLog, Server, empty, ok, response};
use imagekit_ureq::proto::ErrorKind;
use imagekit_ureq::proto::api::upload::UploadFile;
use imagekit_ureq::proto::error::{BuildError, FailureKind};
use imagekit_ureq::{Bandwidth, CancelToken, Client, Payload, TransportError, Upload};

use crate::{kind, once};

fn upload() -> UploadFile {
    UploadFile::new("b")
}

fn client(server: &Server) -> Client {
    Client::new(server.config()).unwrap()
}

#[test]
fn progress_grows_to_the_length_in_each_attempt() {
    let busy = response("429 Too Many Requests", "connection: close\r\nretry-after-ms: 0\r\n", "");
    for len in [0, 1, 1_000_000] {
        let server = Server::responding([busy.clone(), ok()]);
        let log = ProgressLog::default();
        let payload = Payload::bytes(vec![7; len]).on_progress(log.callback());
        client(&server).upload(upload(), payload).unwrap();
        let attempts = log.attempts(len as u64);
        assert_eq!(attempts.len(), 2, "{attempts:?}");
        for attempt in attempts {
            assert_eq!(attempt.last(), Some(&(len as u64)));
        }
        assert!(!server.request().is_cut_off());
    }
}

#[test]
fn progress_does_not_reach_the_length_of_a_payload_that_is_not_as_announced() {
    for payload in [Payload::reader(&b"short"[..], 8), Payload::reader(&b"too long"[..], 5)] {
        let server = Server::responding([ok()]);
        let log = ProgressLog::default();
        let error =
            client(&server).upload(upload(), payload.on_progress(log.callback())).unwrap_err();
        assert_eq!(kind(&error), FailureKind::Payload);
        let told = log.told();
        assert!(told.iter().all(|(sent, total)| sent < total), "{told:?}");
    }
}

#[test]
fn a_panic_in_the_callback_cuts_the_request_off_and_goes_on_in_the_caller() {
    for at in [0, 1_000_000] {
        let server = Server::responding([ok()]);
        let client = client(&server);
        let payload = Payload::bytes(vec![7; 1_000_000])
            .on_progress(move |sent, _| assert!(sent != at, "a defect in the callback"));
        let panic = catch_unwind(AssertUnwindSafe(|| client.upload(upload(), payload)));
        let message = panic.unwrap_err().downcast::<&str>().unwrap();
        assert_eq!(*message, "a defect in the callback");
        if at > 0 {
            assert!(server.request().is_cut_off());
        }
        client.upload(upload(), b"after".to_vec()).unwrap();
    }
}

#[test]
fn an_upload_cancelled_before_its_first_byte_is_not_applied() {
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
        let error = client(&server).upload(upload(), payload).unwrap_err();
        assert!(error.is_cancelled(), "{error:?}");
        assert!(!error.may_have_been_applied(), "{error}");
        assert_eq!((error.attempts(), server.unseen()), (0, 0));
    }
}

#[test]
fn an_upload_cancelled_on_its_way_is_cut_off_and_may_have_been_applied() {
    let server = Server::responding([ok()]);
    let token = CancelToken::new();
    let cancel = token.clone();
    let payload = Payload::bytes(vec![7; 1 << 20]).cancelled_by(&token);
    let payload = payload.on_progress(move |sent, total| {
        if sent > total / 2 {
            cancel.cancel();
        }
    });
    let error = client(&server).upload(upload(), payload).unwrap_err();
    assert!(error.is_cancelled() && error.may_have_been_applied(), "{error:?}");
    assert_eq!(error.attempts(), 1);
    assert!(server.request().is_cut_off());
    assert_eq!(server.unseen(), 0);
}

#[test]
fn an_upload_is_cancelled_between_two_attempts() {
    let token = CancelToken::new();
    let cancel = token.clone();
    let server = Server::new(move |_, connection| {
        let request = connection.request();
        connection.write(response(
            "429 Too Many Requests",
            "connection: close\r\nretry-after: 25\r\n",
            "",
        ));
        cancel.cancel();
        vec![request]
    });
    let payload = Payload::bytes("content").cancelled_by(&token);
    let error = client(&server).upload(upload(), payload).unwrap_err();
    assert!(error.is_cancelled() && !error.may_have_been_applied(), "{error:?}");
    assert_eq!(error.attempts(), 1);
}

#[test]
fn waiting_for_the_bandwidth_is_no_idle_time() {
    let server = Server::responding([ok()]);
    let limit = Bandwidth::new(1);
    // Two pieces of a byte, a second apart.
    let payload = Payload::bytes("ab").bandwidth(&limit);
    let options = once().idle_timeout(Duration::from_millis(600));
    let began = std::time::Instant::now();
    client(&server).upload_with(upload(), payload, options).unwrap();
    assert!(began.elapsed() >= Duration::from_millis(900), "{:?}", began.elapsed());
    assert!(!server.request().is_cut_off());
}

#[test]
fn the_attempts_timeout_holds_while_waiting_for_the_bandwidth() {
    let server = Server::responding([ok()]);
    let limit = Bandwidth::new(1);
    let payload = Payload::bytes(vec![7; 100]).bandwidth(&limit);
    let options = once().attempt_timeout(Duration::from_millis(300));
    let error = client(&server).upload_with(upload(), payload, options).unwrap_err();
    assert!(error.is_timeout() && error.may_have_been_applied(), "{error:?}");
    assert!(server.request().is_cut_off());
}

#[test]
fn an_upload_is_cancelled_while_it_waits_for_the_bandwidth() {
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
    let error = client(&server).upload(upload(), payload).unwrap_err();
    assert!(error.is_cancelled() && error.may_have_been_applied(), "{error:?}");
}

#[test]
fn an_upload_is_an_endpoint_whose_payload_comes_back() {
    let server = Server::responding([empty("503 Service Unavailable"), ok()]);
    let client = client(&server);
    let upload = Upload::new(upload(), b"content".to_vec());
    let error = client.send(&upload).unwrap_err();
    assert!(error.may_have_been_applied(), "{error}");
    assert_eq!(client.send(Box::new(upload.clone())).unwrap().file().unwrap().name, "cat.jpg");
    for _ in 0..2 {
        let body = String::from_utf8(server.request().body).unwrap();
        assert!(body.contains("\r\n\r\ncontent\r\n"), "{body}");
    }
}

#[test]
fn a_payload_is_in_one_call_at_a_time() {
    /// Sends the upload whose payload it is.
    struct Again(Client, Arc<Mutex<Option<Upload<UploadFile>>>>);
    impl Read for Again {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            if let Some(upload) = self.1.lock().unwrap().take() {
                let error = self.0.send(upload).unwrap_err();
                assert!(matches!(error.kind(), ErrorKind::Build(BuildError::PayloadMissing)));
            }
            Ok(0)
        }
    }
    let server = Server::responding([ok()]);
    let client = client(&server);
    let clone = Arc::new(Mutex::new(None));
    let payload = Payload::reader(Again(client.clone(), Arc::clone(&clone)), 0);
    let upload = Upload::new(upload(), payload);
    *clone.lock().unwrap() = Some(upload.clone());
    client.send(upload).unwrap();
    assert!(clone.lock().unwrap().is_none());
}

#[test]
fn many_files_are_uploaded_at_once_and_none_twice() {
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
    for (at, sent) in sent.by_ref().enumerate() {
        assert_eq!(sent.index, at);
        match (at % 10, sent.outcome) {
            (3, Err(error)) => assert_eq!(error.status().unwrap(), 400),
            (7, Err(error)) => assert!(error.may_have_been_applied(), "{error}"),
            (_, outcome) => drop(outcome.unwrap()),
        }
    }
    let end = sent.finish();
    assert_eq!((end.succeeded, end.failed), (80, 20));
    assert_eq!(server.unseen(), 100);
}

#[test]
fn after_a_panic_in_a_callback_the_other_outcomes_are_handed_out() {
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
            match catch_unwind(AssertUnwindSafe(|| items.next())) {
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
