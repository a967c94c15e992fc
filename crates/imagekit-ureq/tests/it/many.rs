//! Many calls: order, concurrency, errors as items, an early end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use imagekit_loopback::{FILE, FILE_ID, Gate, Server, empty, json, response};
use imagekit_ureq::Client;
use imagekit_ureq::proto::api::assets::{Asset, ListAndSearchAssets};
use imagekit_ureq::proto::api::files::{DeleteMultipleFiles, GetFileDetails};
use imagekit_ureq::proto::api::folders::{BulkJobStatus, MoveFolder};
use imagekit_ureq::proto::error::{BuildError, DecodeError};
use imagekit_ureq::proto::flow::{
    Batch, JobError, Position, SendAll, StopReason, WaitError, WaitPolicy,
};
use imagekit_ureq::proto::wire::Body;
use imagekit_ureq::proto::{Endpoint, Operation, RequestContext};

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

#[test]
fn items_come_in_order_with_and_without_read_ahead() {
    for ahead in [0, 3] {
        let server = Server::listing(57, |_| None);
        let mut items = client(&server).pages(tens()).concurrency(ahead);
        let ids: Vec<u64> = items.by_ref().map(|asset| id(&asset.unwrap())).collect();
        assert_eq!(ids, (0..57).collect::<Vec<_>>(), "{ahead} ahead");
        let end = items.finish();
        assert!(end.is_complete(), "{end:?}");
        assert_eq!(end.position.offset, 57);
    }
}

#[test]
fn pages_come_whole_and_a_listing_resumes() {
    let server = Server::listing(25, |_| None);
    let client = client(&server);
    let pages: Vec<_> = client.pages(tens()).pages().map(Result::unwrap).collect();
    let lens: Vec<_> = pages.iter().map(|page| page.items.len()).collect();
    assert_eq!(lens, [10, 10, 5]);
    let rest = client.pages(tens()).resume(pages[0].next).max_items(3);
    let ids: Vec<u64> = rest.map(|asset| id(&asset.unwrap())).collect();
    assert_eq!(ids, [10, 11, 12]);
    for ahead in [0, 2] {
        let mut items = client.pages(tens()).concurrency(ahead);
        assert_eq!(items.by_ref().take(4).count(), 4);
        let lens: Vec<_> = items.pages().map(|page| page.unwrap().items.len()).collect();
        assert_eq!(lens, [10, 10, 1], "{ahead} ahead");
        let mut items = client.pages(tens()).concurrency(ahead);
        assert_eq!(items.by_ref().take(4).count(), 4);
        let ids: Vec<u64> =
            items.resume(Position::new(2)).map(|asset| id(&asset.unwrap())).collect();
        assert_eq!(ids, (2..25).collect::<Vec<_>>(), "{ahead} ahead");
    }
    let mut items = client.pages(tens());
    assert_eq!(items.by_ref().take(4).count(), 4);
    assert_eq!(items.position().offset, 4);
    let end = items.finish();
    assert_eq!((end.reason, end.position.offset), (StopReason::Finished, 4));
}

#[test]
fn a_429_is_one_item_and_the_listing_goes_on() {
    let refused = AtomicUsize::new(0);
    let server = Server::listing(25, move |skip| {
        let is_first = skip == 10 && refused.fetch_add(1, Ordering::SeqCst) == 0;
        let headers = "connection: close\r\nx-ratelimit-reset: 10\r\n";
        is_first.then(|| response("429 Too Many Requests", headers, ""))
    });
    let mut ids = Vec::new();
    let mut errors = Vec::new();
    for asset in client(&server).pages(tens()).concurrency(2) {
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

#[test]
fn an_error_that_no_repetition_mends_ends_the_listing() {
    let server = Server::listing(25, |_| Some(empty("403 Forbidden")));
    let mut items = client(&server).pages(tens());
    assert!(items.next().unwrap().is_err());
    assert!(items.next().is_none());
    assert!(items.next().is_none());
    assert_eq!(items.finish().reason, StopReason::Failed);
}

#[test]
fn as_many_calls_are_in_flight_as_asked_for() {
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
        let sent = client(&server).send_all(endpoints, concurrency);
        let indices: Vec<_> = sent
            .map(|sent| {
                sent.outcome.unwrap();
                sent.index
            })
            .collect();
        assert_eq!(indices, (0..12).collect::<Vec<_>>());
        assert_eq!(gate.most(), concurrency);
    }
}

#[test]
fn a_batch_sends_one_request_for_a_hundred_files() {
    let server = Server::new(|_, connection| {
        let request = connection.request();
        let body = String::from_utf8(request.body.clone()).unwrap();
        connection.write(json(&body.replace("fileIds", "successfullyDeletedFileIds")));
        vec![request]
    });
    let ids: Vec<String> = (0..250).map(|n| format!("file{n}")).collect();
    let client = client(&server);
    let outcome = client.batch(DeleteMultipleFiles::new(ids.clone()));
    assert!(outcome.is_complete(), "{outcome:?}");
    assert_eq!(outcome.succeeded, ids);
    for _ in 0..3 {
        assert!(!server.request().body.is_empty());
    }
    assert_eq!(server.unseen(), 0);
    let outcome = client.run(Batch::new(DeleteMultipleFiles::new(ids.clone())).concurrency(3));
    assert!(outcome.is_complete(), "{outcome:?}");
    assert_eq!(outcome.succeeded.len(), ids.len());
}

#[test]
fn a_job_is_started_and_waited_for() {
    let job = |status| {
        json(&format!(r#"{{"jobId": "j1", "type": "MOVE_FOLDER", "status": "{status}"}}"#))
    };
    let server = Server::responding([json(r#"{"jobId": "j1"}"#), job("Pending"), job("Completed")]);
    let policy = WaitPolicy::default().first_delay(Duration::from_millis(1));
    let client = client(&server);
    let end = client.run_job(MoveFolder::new("/a", "/b"), policy).unwrap();
    assert!(end.outcome.is_complete());
    assert_eq!(end.started.job_id, "j1");
    assert!(server.request().head.starts_with("post "));
    assert!(server.request().head.starts_with("get /v1/bulkjobs/j1"));
    assert!(client.wait(BulkJobStatus::new("j1"), policy).unwrap().is_complete());
}

#[test]
fn a_job_that_failed_to_start_or_does_not_end_is_an_error() {
    let server = Server::responding([empty("403 Forbidden")]);
    let error =
        client(&server).run_job(MoveFolder::new("/a", "/b"), WaitPolicy::default()).unwrap_err();
    assert!(matches!(error, JobError::Start(_)), "{error:?}");
    let server = Server::json(r#"{"jobId": "j1", "type": "MOVE_FOLDER", "status": "Pending"}"#);
    let policy = WaitPolicy::default().deadline(Duration::ZERO);
    let error = client(&server).wait(BulkJobStatus::new("j1"), policy).unwrap_err();
    assert!(matches!(error, WaitError::Timeout(_)), "{error:?}");
}

/// An endpoint that reports the thread that sends it, and its end.
struct Watched {
    inner: GetFileDetails,
    events: mpsc::Sender<ThreadId>,
    panics: bool,
}

impl Endpoint for Watched {
    type Output = <GetFileDetails as Endpoint>::Output;

    fn operation(&self) -> &'static Operation {
        self.inner.operation()
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<http::Request<Body>, BuildError> {
        assert!(!self.panics, "an endpoint of a user's own");
        self.events.send(thread::current().id()).unwrap();
        self.inner.build(cx)
    }

    fn decode(&self, response: &http::Response<bytes::Bytes>) -> Result<Self::Output, DecodeError> {
        self.inner.decode(response)
    }
}

fn watched(count: usize) -> (Vec<Watched>, mpsc::Receiver<ThreadId>) {
    let (events, receiver) = mpsc::channel();
    let inner = GetFileDetails::new(FILE_ID);
    let watched = |_| Watched { inner: inner.clone(), events: events.clone(), panics: false };
    ((0..count).map(watched).collect(), receiver)
}

#[test]
fn a_dropped_iterator_ends_its_threads() {
    let patience = Duration::from_secs(10);
    // The second call would sleep for twice as long as this test waits.
    let later = response("429 Too Many Requests", "connection: close\r\nretry-after: 20\r\n", "");
    let server = Server::new(move |number, connection| {
        let request = connection.request();
        connection.write(if number == 0 { json(FILE) } else { later.clone() });
        vec![request]
    });
    let client = Client::new(server.config()).unwrap();
    let (endpoints, ended) = watched(3);
    let mut all = client.items(SendAll::new(endpoints).concurrency(2).in_order(false));
    all.next().unwrap().outcome.unwrap();
    drop(all);
    let threads: Result<(), _> = loop {
        match ended.recv_timeout(patience) {
            Ok(thread) => assert_ne!(thread, thread::current().id()),
            Err(error) => break Err(error),
        }
    };
    assert_eq!(threads, Err(RecvTimeoutError::Disconnected));
}

#[test]
fn a_request_that_is_alone_in_flight_needs_no_thread() {
    let server = Server::json(FILE);
    let (endpoints, events) = watched(2);
    for sent in client(&server).send_all(endpoints, 1) {
        sent.outcome.unwrap();
    }
    let threads: Vec<_> = events.iter().collect();
    assert_eq!(threads, [thread::current().id(); 2]);
}

#[test]
#[should_panic(expected = "an endpoint of a user's own")]
fn a_panic_in_a_thread_goes_on_in_the_caller() {
    let server = Server::json(FILE);
    let (mut endpoints, _events) = watched(2);
    endpoints[0].panics = true;
    for sent in client(&server).send_all(endpoints, 2) {
        sent.outcome.unwrap();
    }
}

#[test]
fn it_can_be_sent_to_another_thread() {
    let server = Server::listing(25, |_| None);
    let items = client(&server).pages(tens()).concurrency(1);
    assert_eq!(thread::spawn(|| items.count()).join().unwrap(), 25);
}
