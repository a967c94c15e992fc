//! Many calls: order, concurrency, errors as items, an early end.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use imagekit_loopback::{FILE, FILE_ID, Gate, Server, empty, json, response};
use imagekit_reqwest::proto::Endpoint;
use imagekit_reqwest::proto::api::assets::{Asset, ListAndSearchAssets};
use imagekit_reqwest::proto::api::files::{DeleteMultipleFiles, GetFileDetails};
use imagekit_reqwest::proto::api::folders::{BulkJobStatus, MoveFolder};
use imagekit_reqwest::proto::flow::{
    Batch, JobError, Machine, Position, SendAll, StopReason, WaitError, WaitPolicy,
};
use imagekit_reqwest::{Client, Items, TransportError};

use crate::once;

fn id(asset: &Asset) -> u64 {
    asset.as_file().unwrap().file_id.parse().unwrap()
}

fn client(server: &Server) -> Client {
    Client::builder(server.config()).options(once()).build().unwrap()
}

fn tens() -> ListAndSearchAssets {
    ListAndSearchAssets::new().limit(10)
}

/// Returns what is left of `items`.
async fn rest<M>(items: &mut Items<M>) -> Vec<M::Item>
where
    M: Machine<TransportError = TransportError>,
    M::Request: Endpoint<Output: Send + 'static> + Send + 'static,
{
    let mut rest = Vec::new();
    while let Some(item) = items.next().await {
        rest.push(item);
    }
    rest
}

#[tokio::test]
async fn items_come_in_order_with_and_without_read_ahead() {
    for ahead in [0, 3] {
        let server = Server::listing(57, |_| None);
        let mut items = client(&server).pages(tens()).concurrency(ahead);
        let all = rest(&mut items).await;
        let ids: Vec<u64> = all.into_iter().map(|asset| id(&asset.unwrap())).collect();
        assert_eq!(ids, (0..57).collect::<Vec<_>>(), "{ahead} ahead");
        let end = items.finish();
        assert!(end.is_complete(), "{end:?}");
        assert_eq!(end.position.offset, 57);
    }
}

#[tokio::test]
async fn pages_come_whole_and_a_listing_resumes() {
    let server = Server::listing(25, |_| None);
    let client = client(&server);
    let pages = rest(&mut client.pages(tens()).pages()).await;
    let pages: Vec<_> = pages.into_iter().map(Result::unwrap).collect();
    let lens: Vec<_> = pages.iter().map(|page| page.items.len()).collect();
    assert_eq!(lens, [10, 10, 5]);
    let mut items = client.pages(tens()).resume(pages[0].next).max_items(3);
    let all = rest(&mut items).await;
    let ids: Vec<u64> = all.into_iter().map(|asset| id(&asset.unwrap())).collect();
    assert_eq!(ids, [10, 11, 12]);
    for ahead in [0, 2] {
        let mut items = client.pages(tens()).concurrency(ahead);
        items.next().await.unwrap().unwrap();
        let pages = rest(&mut items.pages()).await;
        let lens: Vec<_> = pages.into_iter().map(|page| page.unwrap().items.len()).collect();
        assert_eq!(lens, [10, 10, 4], "{ahead} ahead");
        let mut items = client.pages(tens()).concurrency(ahead);
        items.next().await.unwrap().unwrap();
        let all = rest(&mut items.resume(Position::new(2))).await;
        let ids: Vec<u64> = all.into_iter().map(|asset| id(&asset.unwrap())).collect();
        assert_eq!(ids, (2..25).collect::<Vec<_>>(), "{ahead} ahead");
    }
    let mut items = client.pages(tens());
    for _ in 0..4 {
        items.next().await.unwrap().unwrap();
    }
    assert_eq!(items.position().offset, 4);
    let end = items.finish();
    assert_eq!((end.reason, end.position.offset), (StopReason::Finished, 4));
}

#[tokio::test]
async fn a_429_is_one_item_and_the_listing_goes_on() {
    let refused = AtomicUsize::new(0);
    let server = Server::listing(25, move |skip| {
        let is_first = skip == 10 && refused.fetch_add(1, Ordering::SeqCst) == 0;
        let headers = "connection: close\r\nx-ratelimit-reset: 10\r\n";
        is_first.then(|| response("429 Too Many Requests", headers, ""))
    });
    let mut ids = Vec::new();
    let mut errors = Vec::new();
    let mut items = client(&server).pages(tens()).concurrency(2);
    while let Some(asset) = items.next().await {
        match asset {
            Ok(asset) => ids.push(id(&asset)),
            Err(error) => errors.push(error),
        }
    }
    assert_eq!(ids, (0..25).collect::<Vec<_>>());
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].request_error().unwrap().is_rate_limited(), "{errors:?}");
    assert_eq!(errors[0].position().offset, 10);
}

#[tokio::test]
async fn an_error_that_no_repetition_mends_ends_the_listing() {
    let server = Server::listing(25, |_| Some(empty("403 Forbidden")));
    let mut items = client(&server).pages(tens());
    assert!(items.next().await.unwrap().is_err());
    assert!(items.next().await.is_none());
    assert!(items.next().await.is_none());
    assert_eq!(items.finish().reason, StopReason::Failed);
}

#[tokio::test]
async fn as_many_calls_are_in_flight_as_asked_for() {
    for concurrency in [1, 4] {
        let gate = Gate::new(concurrency);
        let seen = Arc::clone(&gate);
        let server = Server::new(move |_, connection| {
            let request = connection.request();
            seen.enter();
            // Before the response: the client may send the next request at once.
            seen.leave();
            connection.write(json(FILE));
            vec![request]
        });
        let endpoints = (0..12).map(|_| GetFileDetails::new(FILE_ID));
        let sent = rest(&mut client(&server).send_all(endpoints, concurrency)).await;
        assert!(sent.iter().all(|sent| sent.outcome.is_ok()), "{sent:?}");
        let indices: Vec<_> = sent.iter().map(|sent| sent.index).collect();
        assert_eq!(indices, (0..12).collect::<Vec<_>>());
        assert_eq!(gate.most(), concurrency);
    }
}

#[tokio::test]
async fn a_batch_sends_one_request_for_a_hundred_files() {
    let server = Server::new(|_, connection| {
        let request = connection.request();
        let body = String::from_utf8(request.body.clone()).unwrap();
        connection.write(json(&body.replace("fileIds", "successfullyDeletedFileIds")));
        vec![request]
    });
    let ids: Vec<String> = (0..250).map(|n| format!("file{n}")).collect();
    let client = client(&server);
    let outcome = client.batch(DeleteMultipleFiles::new(ids.clone())).await;
    assert!(outcome.is_complete(), "{outcome:?}");
    assert_eq!(outcome.succeeded, ids);
    for _ in 0..3 {
        assert!(!server.request().body.is_empty());
    }
    assert_eq!(server.unseen(), 0);
    let batch = Batch::new(DeleteMultipleFiles::new(ids.clone())).concurrency(3);
    let outcome = client.run(batch).await;
    assert!(outcome.is_complete(), "{outcome:?}");
    assert_eq!(outcome.succeeded.len(), ids.len());
}

#[tokio::test]
async fn a_job_is_started_and_waited_for() {
    let job = |status| {
        json(&format!(r#"{{"jobId": "j1", "type": "MOVE_FOLDER", "status": "{status}"}}"#))
    };
    let server = Server::responding([json(r#"{"jobId": "j1"}"#), job("Pending"), job("Completed")]);
    let policy = WaitPolicy::default().first_delay(Duration::from_millis(1));
    let client = client(&server);
    let end = client.run_job(MoveFolder::new("/a", "/b"), policy).await.unwrap();
    assert!(end.outcome.is_complete());
    assert_eq!(end.started.job_id, "j1");
    assert!(server.request().head.starts_with("post "));
    assert!(server.request().head.starts_with("get /v1/bulkjobs/j1"));
    assert!(client.wait(BulkJobStatus::new("j1"), policy).await.unwrap().is_complete());
}

#[tokio::test]
async fn a_job_that_failed_to_start_or_does_not_end_is_an_error() {
    let server = Server::responding([empty("403 Forbidden")]);
    let start = MoveFolder::new("/a", "/b");
    let error = client(&server).run_job(start, WaitPolicy::default()).await.unwrap_err();
    assert!(matches!(error, JobError::Start(_)), "{error:?}");
    let server = Server::json(r#"{"jobId": "j1", "type": "MOVE_FOLDER", "status": "Pending"}"#);
    let policy = WaitPolicy::default().deadline(Duration::ZERO);
    let error = client(&server).wait(BulkJobStatus::new("j1"), policy).await.unwrap_err();
    assert!(matches!(error, WaitError::Timeout(_)), "{error:?}");
}

#[tokio::test]
async fn a_dropped_stream_cancels_what_is_in_flight() {
    let server = Server::new(move |number, connection| {
        let request = connection.request();
        if number == 0 {
            connection.write(json(FILE));
            return Vec::new();
        }
        // Until the client closes: longer than `Server::request` waits.
        connection.drain();
        vec![request]
    });
    let endpoints = (0..2).map(|_| GetFileDetails::new(FILE_ID));
    let client = client(&server);
    let mut all = client.items(SendAll::new(endpoints).concurrency(2).in_order(false));
    all.next().await.unwrap().outcome.unwrap();
    drop(all);
    let cancelled = tokio::task::spawn_blocking(move || server.request()).await.unwrap();
    assert!(cancelled.head.starts_with("get ") || cancelled.is_cut_off(), "{cancelled:?}");
}

#[tokio::test]
async fn a_dropped_next_loses_no_item() {
    let server = Server::listing(25, |_| None);
    let mut items = client(&server).pages(tens()).concurrency(1);
    let mut ids = Vec::new();
    let mut dropped = 0;
    loop {
        // A single poll of each future: no response comes before the runtime goes on.
        let polled = {
            let mut next = pin!(items.next());
            poll_fn(|cx| Poll::Ready(next.as_mut().poll(cx))).await
        };
        match polled {
            Poll::Ready(Some(asset)) => ids.push(id(&asset.unwrap())),
            Poll::Ready(None) => break,
            Poll::Pending => {
                dropped += 1;
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
    }
    assert_eq!(ids, (0..25).collect::<Vec<_>>());
    assert!(dropped > 0);
}

#[test]
fn futures_and_streams_can_be_spawned() {
    fn streamed<T: futures_core::Stream + Send + Unpin>(_: impl FnOnce(Client) -> T) {}
    streamed(|client| client.pages(tens()).pages());
    fn spawned<T: Send + 'static>(_: impl FnOnce(Client) -> T) {}
    spawned(|client| client.pages(tens()));
    spawned(|client| async move {
        let _ = client.pages(tens()).next().await;
        let _ = client.batch(DeleteMultipleFiles::new(["a"])).await;
        let start = MoveFolder::new("/a", "/b");
        let _ = client.run_job(start, WaitPolicy::default()).await;
    });
}

#[test]
fn without_a_runtime_it_ends_with_an_error() {
    let server = Server::json("{}");
    let client = client(&server);
    let mut cx = Context::from_waker(Waker::noop());
    let wait = pin!(client.wait(BulkJobStatus::new("j1"), WaitPolicy::default()));
    assert!(matches!(wait.poll(&mut cx), Poll::Ready(Err(_))));
    let mut items = client.pages(tens());
    let first = pin!(items.next()).poll(&mut cx);
    assert!(matches!(first, Poll::Ready(Some(Err(_)))), "{first:?}");
}
