//! Paced clients: every attempt has a permit, and waiting holds nothing.

use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use imagekit_loopback::{FILE, FILE_ID, Server, WatchedPace, empty, json, response};
use imagekit_reqwest::proto::api::assets::ListAndSearchAssets;
use imagekit_reqwest::proto::api::files::{DeleteMultipleFiles, GetFileDetails};
use imagekit_reqwest::proto::api::folders::MoveFolder;
use imagekit_reqwest::proto::api::upload::UploadFile;
use imagekit_reqwest::proto::flow::{Machine, WaitPolicy};
use imagekit_reqwest::proto::pace::{PaceOptions, Rate, RateClass, SharedPace};
use imagekit_reqwest::proto::{CallOptions, Endpoint, ErrorKind, RetryPolicy};
use imagekit_reqwest::{Client, Items, TransportError};

fn paced(server: &Server, pace: &WatchedPace) -> Client {
    let options = CallOptions::default().retry(RetryPolicy::default().base_delay(Duration::ZERO));
    let client = Client::builder(server.config()).options(options);
    client.pace(SharedPace::new(pace.clone())).build().unwrap()
}

fn details() -> GetFileDetails {
    GetFileDetails::new(FILE_ID)
}

/// Counts the items.
async fn count<M>(mut items: Items<M>) -> usize
where
    M: Machine<TransportError = TransportError>,
    M::Request: Endpoint<Output: Send + 'static> + Send + 'static,
{
    let mut count = 0;
    while items.next().await.is_some() {
        count += 1;
    }
    count
}

#[tokio::test]
async fn everything_that_is_sent_has_a_permit() {
    let pace = WatchedPace::unlimited();
    let job = r#"{"jobId": "j1", "type": "MOVE_FOLDER", "status": "Completed"}"#;
    let server = Server::responding([
        json(FILE),
        empty("503 Service Unavailable"),
        json(FILE),
        json(FILE),
        json(&format!("[{FILE}]")),
        json(&format!(r#"{{"successfullyDeletedFileIds": ["{FILE_ID}"]}}"#)),
        json(job),
        json(job),
        json(FILE),
    ]);
    let client = paced(&server, &pace);
    client.send(details()).await.unwrap();
    // A retry.
    client.clone().send(details()).await.unwrap();
    client.upload(UploadFile::new("a"), b"a".to_vec()).await.unwrap();
    assert_eq!(pace.permits(), [3, 0, 1]);
    assert_eq!(count(client.pages(ListAndSearchAssets::new())).await, 1);
    assert!(client.batch(DeleteMultipleFiles::new([FILE_ID])).await.is_complete());
    let policy = WaitPolicy::default().first_delay(Duration::from_millis(1));
    client.run_job(MoveFolder::new("/a", "/b"), policy).await.unwrap();
    assert_eq!(count(client.send_all([details()], 2)).await, 1);
    assert_eq!(pace.permits(), [6, 2, 1]);
    assert_eq!(pace.statuses(), [200, 503, 200, 200, 200, 200, 200, 200, 200]);
}

#[tokio::test]
async fn sixty_four_callers_share_one_pace() {
    let between = Duration::from_millis(2);
    let limit = Rate::new(1, between).burst(1);
    let pace = WatchedPace::new(PaceOptions::default().limit(RateClass::Read, limit));
    let server = Server::json(FILE);
    let client = paced(&server, &pace);
    let sent = client.send_all((0..128).map(|_| details()), 64);
    assert_eq!(count(sent).await, 128);
    let granted = pace.granted();
    assert_eq!(granted.len(), 128);
    for pair in granted.windows(2) {
        assert!(pair[1].at - pair[0].at >= between, "{pair:?}");
    }
    assert!(pace.most_ahead() >= 4, "{}", pace.most_ahead());
    // Each waits for its own turn: they do not all wake up for each permit.
    assert!(pace.waits() <= 128 * 16, "{}", pace.waits());
}

#[tokio::test]
async fn a_429_pauses_the_other_calls_too() {
    let pace = WatchedPace::unlimited();
    let refused = AtomicUsize::new(0);
    let busy =
        response("429 Too Many Requests", "connection: close\r\nx-ratelimit-reset: 300\r\n", "");
    let server = Server::new(move |_, connection| {
        let request = connection.request();
        let is_first = refused.fetch_add(1, Ordering::SeqCst) == 0;
        connection.write(if is_first { busy.clone() } else { json(FILE) });
        vec![request]
    });
    let client = paced(&server, &pace);
    let never = client.options().clone().retry(RetryPolicy::never());
    let error = client.send_with(details(), never).await.unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    client.clone().send(details()).await.unwrap();
    let granted = pace.granted();
    assert_eq!(granted.len(), 2);
    assert!(granted[1].at - granted[0].at >= Duration::from_millis(300), "{granted:?}");
}

#[tokio::test]
async fn a_turn_after_the_deadline_is_an_error_at_once() {
    let server = Server::json(FILE);
    let pace = WatchedPace::unlimited();
    pace.refuse(Duration::from_secs(3_600));
    let client = paced(&server, &pace);
    let options = CallOptions::default().deadline(Duration::from_secs(60));
    let error = client.send_with(details(), options).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::PermitTooLate { last: None, .. }), "{error:?}");
    assert!(error.is_timeout() && !error.may_have_been_applied());
    assert_eq!((error.attempts(), pace.waits(), server.unseen()), (0, 1, 0));
}

#[tokio::test]
async fn a_dropped_future_leaves_the_queue_and_costs_no_permit() {
    let server = Server::json(FILE);
    let pace = WatchedPace::unlimited();
    pace.refuse(Duration::from_secs(3_600));
    let client = paced(&server, &pace);
    for _ in 0..3 {
        // Dropped after one poll, in which it took its place.
        let mut call = Box::pin(client.send(details()));
        assert!(poll_fn(|cx| Poll::Ready(call.as_mut().poll(cx))).await.is_pending());
    }
    assert_eq!((pace.waits(), pace.granted().len()), (3, 0));
    assert_eq!(pace.most_ahead(), 0);
}

#[tokio::test]
async fn a_future_that_is_not_polled_blocks_nobody() {
    let server = Server::json(FILE);
    let limit = Rate::new(1, Duration::from_millis(2)).burst(1);
    let pace = WatchedPace::new(PaceOptions::default().limit(RateClass::Read, limit));
    let client = paced(&server, &pace);
    pace.refuse(Duration::from_millis(2));
    let mut kept = Box::pin(client.send(details()));
    assert!(poll_fn(|cx| Poll::Ready(kept.as_mut().poll(cx))).await.is_pending());
    pace.admit();
    for _ in 0..3 {
        client.send(details()).await.unwrap();
    }
    assert_eq!(pace.granted().len(), 3);
    kept.await.unwrap();
}
