//! Paced clients: every attempt has a permit, and waiting holds nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use imagekit_loopback::{FILE, FILE_ID, Server, WatchedPace, empty, json, response};
use imagekit_ureq::Client;
use imagekit_ureq::proto::api::assets::ListAndSearchAssets;
use imagekit_ureq::proto::api::files::{DeleteMultipleFiles, GetFileDetails};
use imagekit_ureq::proto::api::folders::MoveFolder;
use imagekit_ureq::proto::api::upload::UploadFile;
use imagekit_ureq::proto::flow::{SendAll, WaitPolicy};
use imagekit_ureq::proto::pace::{PaceOptions, Rate, RateClass, SharedPace};
use imagekit_ureq::proto::{CallOptions, ErrorKind, RetryPolicy};

fn paced(server: &Server, pace: &WatchedPace) -> Client {
    let options = CallOptions::default().retry(RetryPolicy::default().base_delay(Duration::ZERO));
    let client = Client::builder(server.config()).options(options);
    client.pace(SharedPace::new(pace.clone())).build().unwrap()
}

fn details() -> GetFileDetails {
    GetFileDetails::new(FILE_ID)
}

#[test]
fn everything_that_is_sent_has_a_permit() {
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
    client.send(details()).unwrap();
    // A retry.
    client.clone().send(details()).unwrap();
    client.upload(UploadFile::new("a"), b"a".to_vec()).unwrap();
    assert_eq!(pace.permits(), [3, 0, 1]);
    assert_eq!(client.pages(ListAndSearchAssets::new()).count(), 1);
    assert!(client.batch(DeleteMultipleFiles::new([FILE_ID])).is_complete());
    let policy = WaitPolicy::default().first_delay(Duration::from_millis(1));
    client.run_job(MoveFolder::new("/a", "/b"), policy).unwrap();
    assert_eq!(client.send_all([details()], 2).count(), 1);
    assert_eq!(pace.permits(), [6, 2, 1]);
    assert_eq!(pace.statuses(), [200, 503, 200, 200, 200, 200, 200, 200, 200]);
}

#[test]
fn sixty_four_callers_share_one_pace() {
    let between = Duration::from_millis(2);
    let limit = Rate::new(1, between).burst(1);
    let pace = WatchedPace::new(PaceOptions::default().limit(RateClass::Read, limit));
    let server = Server::json(FILE);
    let client = paced(&server, &pace);
    let sent = client.send_all((0..128).map(|_| details()), 64);
    assert_eq!(sent.filter(|sent| sent.outcome.is_ok()).count(), 128);
    let granted = pace.granted();
    assert_eq!(granted.len(), 128);
    for pair in granted.windows(2) {
        assert!(pair[1].at - pair[0].at >= between, "{pair:?}");
    }
    assert!(pace.most_ahead() >= 4, "{}", pace.most_ahead());
    // Each waits for its own turn: they do not all wake up for each permit.
    assert!(pace.waits() <= 128 * 16, "{}", pace.waits());
}

#[test]
fn a_429_pauses_the_other_calls_too() {
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
    let error = client.send_with(details(), never).unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    client.clone().send(details()).unwrap();
    let granted = pace.granted();
    assert_eq!(granted.len(), 2);
    assert!(granted[1].at - granted[0].at >= Duration::from_millis(300), "{granted:?}");
}

#[test]
fn a_turn_after_the_deadline_is_an_error_at_once() {
    let server = Server::json(FILE);
    let pace = WatchedPace::unlimited();
    pace.refuse(Duration::from_secs(3_600));
    let client = paced(&server, &pace);
    let options = CallOptions::default().deadline(Duration::from_secs(60));
    let error = client.send_with(details(), options).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::PermitTooLate { last: None, .. }), "{error:?}");
    assert!(error.is_timeout() && !error.may_have_been_applied());
    assert_eq!((error.attempts(), pace.waits(), server.unseen()), (0, 1, 0));
}

#[test]
fn a_call_that_waits_holds_no_lock() {
    let server = Server::json(FILE);
    // Reads wait for an hour, uploads do not.
    let pace = WatchedPace::new(
        PaceOptions::default()
            .start(RateClass::Read, Rate::new(1, Duration::from_secs(3_600)).burst(1)),
    );
    let client = paced(&server, &pace);
    client.send(details()).unwrap();
    let waiting = client.clone();
    thread::spawn(move || waiting.send(details()));
    while pace.waits() == 0 {
        thread::yield_now();
    }
    client.upload(UploadFile::new("a"), b"a".to_vec()).unwrap();
    assert_eq!(pace.permits(), [1, 0, 1]);
}

#[test]
fn a_dropped_iterator_ends_calls_that_wait_and_costs_no_permit() {
    let server = Server::json(FILE);
    let hourly = Rate::new(1, Duration::from_secs(3_600)).burst(1);
    let pace = WatchedPace::new(PaceOptions::default().limit(RateClass::Read, hourly));
    let alive = Arc::new(());
    let held = Arc::clone(&alive);
    let builder = Client::builder(server.config()).pace(SharedPace::new(pace.clone()));
    let client = builder.on_event(move |_| drop(Arc::clone(&held))).build().unwrap();
    let endpoints = (0..3).map(|_| details());
    let mut items = client.items(SendAll::new(endpoints).concurrency(2).in_order(false));
    items.next().unwrap().outcome.unwrap();
    drop((items, client));
    let patience = Instant::now() + Duration::from_secs(10);
    while Arc::strong_count(&alive) > 1 {
        assert!(Instant::now() < patience, "a thread waits for its turn");
        thread::yield_now();
    }
    assert_eq!(pace.granted().len(), 1);
}
