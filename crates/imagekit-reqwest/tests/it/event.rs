//! Events of a client's calls.

use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use imagekit_loopback::{Events, FILE_ID, Server, empty, json, response};
use imagekit_reqwest::proto::api::files::{DeleteFile, GetFileDetails, UpdateFileDetails};
use imagekit_reqwest::proto::api::upload::UploadFile;
use imagekit_reqwest::proto::{CallOptions, RetryPolicy};
use imagekit_reqwest::{Client, Payload};

fn watched(server: &Server, events: &Events) -> Client {
    let options = CallOptions::default().retry(RetryPolicy::default().base_delay(Duration::ZERO));
    let client = Client::builder(server.config()).options(options);
    client.on_event(events.collect()).build().unwrap()
}

#[tokio::test]
async fn a_call_with_retries() {
    let (events, id) = (Events::default(), "connection: close\r\nx-ik-requestid: r1\r\n");
    let busy = "connection: close\r\nx-ratelimit-reset: 5\r\nx-ik-requestid: r2\r\n";
    let server = Server::responding([
        response("503 Service Unavailable", id, ""),
        response("429 Too Many Requests", busy, ""),
        json(imagekit_loopback::FILE),
    ]);
    let client = watched(&server, &events);
    client.send(GetFileDetails::new(FILE_ID)).await.unwrap();
    let expected = [
        "get-file-details 0 began GET",
        "get-file-details 1 sends",
        "get-file-details 1 response 503 r1",
        "get-file-details 1 waits backoff",
        "get-file-details 2 sends",
        "get-file-details 2 response 429 r2",
        "get-file-details 2 waits server-hint",
        "get-file-details 3 sends",
        "get-file-details 3 response 200 -",
        "get-file-details 3 ended success 3 200",
    ];
    assert_eq!(events.facts(), expected);
    // Clones report to the same function, and number their calls together.
    client.clone().send(GetFileDetails::new(FILE_ID)).await.unwrap();
    assert!(events.take().iter().all(|event| event.call == 2));
}

#[tokio::test]
async fn calls_that_fail() {
    let events = Events::default();
    let server = Server::new(|number, connection| {
        let request = connection.request();
        if number > 0 {
            connection.write(empty("403 Forbidden"));
        }
        vec![request]
    });
    let client = watched(&server, &events);
    client.send(UpdateFileDetails::new(FILE_ID).extensions([])).await.unwrap_err();
    client.send(DeleteFile::new(FILE_ID)).await.unwrap_err();
    client.send(DeleteFile::new("")).await.unwrap_err();
    let expected = [
        "update-file-details 0 began PATCH",
        "update-file-details 1 sends",
        "update-file-details 1 failure Ambiguous",
        "update-file-details 1 ended maybe-applied 1 0 perhaps applied",
        "delete-file 0 began DELETE",
        "delete-file 1 sends",
        "delete-file 1 response 403 -",
        "delete-file 1 ended api 1 403",
        "delete-file 0 began DELETE",
        "delete-file 0 ended build 0 0",
    ];
    assert_eq!(events.facts(), expected);
}

#[tokio::test]
async fn a_call_without_its_payload() {
    let events = Events::default();
    let client = watched(&Server::json("{}"), &events);
    let payload = Payload::path("/no/such/file");
    client.upload(UploadFile::new("a"), payload).await.unwrap_err();
    let expected = ["upload-file 0 began POST", "upload-file 0 ended transport 0 0"];
    assert_eq!(events.facts(), expected);
}

#[tokio::test]
async fn a_dropped_future_is_cancelled() {
    let events = Events::default();
    let server = Server::new(|_, connection| {
        connection.drain();
        Vec::new()
    });
    let client = watched(&server, &events);
    let mut call = Box::pin(client.send(DeleteFile::new(FILE_ID)));
    assert!(poll_fn(|cx| Poll::Ready(call.as_mut().poll(cx))).await.is_pending());
    drop(call);
    let expected = [
        "delete-file 0 began DELETE",
        "delete-file 1 sends",
        "delete-file 1 ended cancelled 1 0 perhaps applied",
    ];
    assert_eq!(events.facts(), expected);
}

#[test]
fn a_call_without_a_runtime() {
    let events = Events::default();
    let client = watched(&Server::json("{}"), &events);
    let mut cx = Context::from_waker(Waker::noop());
    let call = pin!(client.send(DeleteFile::new(FILE_ID)));
    assert!(matches!(call.poll(&mut cx), Poll::Ready(Err(_))));
    let expected = ["delete-file 0 began DELETE", "delete-file 0 ended transport 0 0"];
    assert_eq!(events.facts(), expected);
}
