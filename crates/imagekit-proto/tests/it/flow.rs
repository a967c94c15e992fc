//! Many calls with real operations, driven by one driver that has several requests in flight and
//! lets them end in any order, in virtual time.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::cache::PurgeCache;
use imagekit_proto::api::files::{AddTagsBulk, DeleteMultipleFiles, GetFileDetails};
use imagekit_proto::api::folders::{BulkJobStatus, CopyFolder, MoveFolder, RenameFolder};
use imagekit_proto::flow::{
    Batch, FlowStep, JobRun, Listing, Machine, SendAll, Wait, WaitError, WaitOutcome, WaitPolicy,
};
use imagekit_proto::search::AssetType;
use imagekit_proto::wire::Body;
use imagekit_proto::{Call, CallOptions, Config, Endpoint, Outcome, Step};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

/// What a driver has seen.
struct Driven<M: Machine> {
    items: Vec<M::Item>,
    output: M::Output,
    /// The most requests in flight at a time.
    most: usize,
    /// How long it took.
    time: Duration,
}

/// Drives `machine`; `order` says which request in flight ends next.
fn drive<M: Machine<TransportError = Infallible>>(
    mut machine: M,
    order: &[u8],
    mut server: impl FnMut(&Request<Body>) -> Response<Bytes>,
) -> Driven<M> {
    let mut order = order.iter().copied().cycle();
    let (mut open, mut items) = (Vec::new(), Vec::new());
    let (mut now, mut most) = (Duration::ZERO, 0);
    let output = loop {
        match machine.poll(now) {
            FlowStep::Send(key, endpoint) => {
                open.push((key, endpoint));
                most = most.max(open.len());
                // Some end before the next one is sent.
                if order.next().is_none_or(|order| order % 3 > 0) {
                    continue;
                }
            }
            FlowStep::Sleep(wait) => {
                now += wait;
                continue;
            }
            FlowStep::Item(item) => {
                items.push(item);
                continue;
            }
            FlowStep::Pending => assert!(!open.is_empty(), "nothing is in flight"),
            FlowStep::Done(output) => break output,
        }
        let index = usize::from(order.next().unwrap_or_default()) % open.len();
        let (key, endpoint) = open.remove(index);
        now += Duration::from_millis(10);
        machine.on_outcome(now, key, send(endpoint, &mut server));
    };
    Driven { items, output, most, time: now }
}

fn send<E: Endpoint>(
    endpoint: E,
    server: &mut impl FnMut(&Request<Body>) -> Response<Bytes>,
) -> Outcome<E::Output, Infallible> {
    let config = Config::new("private_key").unwrap();
    let mut now = Duration::ZERO;
    let mut call = Call::new(&config, endpoint, CallOptions::default(), 7);
    loop {
        match call.poll(now) {
            Step::Send(attempt) => call.on_response(now, server(&attempt.request)),
            Step::Sleep(wait) => now += wait,
            Step::Done(outcome) => return outcome,
        }
    }
}

fn response(status: u16, body: &Value) -> Response<Bytes> {
    Response::builder().status(status).body(body.to_string().into()).unwrap()
}

fn file(id: u64) -> Value {
    json!({"type": "file", "fileId": id.to_string(), "name": "n", "filePath": "/n", "url": "u"})
}

fn body(request: &Request<Body>) -> Value {
    serde_json::from_slice(request.body().as_bytes().unwrap()).unwrap()
}

fn ids(body: &Value) -> Vec<String> {
    serde_json::from_value(body["fileIds"].clone()).unwrap()
}

/// The page that a request asks for, of a library of `count` files.
fn page(request: &Request<Body>, count: u64) -> Response<Bytes> {
    let query = request.uri().query().unwrap_or_default();
    let number = |name: &str| -> u64 {
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        value.unwrap().parse().unwrap()
    };
    let (skip, limit) = (number("skip"), number("limit"));
    let files: Vec<Value> = (skip..count).take(limit as usize).map(file).collect();
    response(200, &files.into())
}

/// Deletes or tags files as ImageKit does: none, if one of them is missing. Every third file fails
/// on its own.
fn change(request: &Request<Body>, missing: &BTreeSet<String>, key: &str) -> Response<Bytes> {
    let ids = ids(&body(request));
    let unknown: Vec<&String> = ids.iter().filter(|id| missing.contains(*id)).collect();
    if !unknown.is_empty() {
        return response(404, &json!({"message": "m", "missingFileIds": unknown}));
    }
    let (failed, done): (Vec<String>, Vec<String>) =
        ids.into_iter().partition(|id| id.parse::<u64>().unwrap() % 3 == 0);
    let errors: Vec<Value> = failed.iter().map(|id| json!({"fileId": id, "error": "e"})).collect();
    let status = if errors.is_empty() { 200 } else { 207 };
    let mut body = json!({ key: done });
    if !errors.is_empty() {
        body["errors"] = errors.into();
    }
    response(status, &body)
}

proptest! {
    #[test]
    fn a_listing_is_the_list_however_many_pages_are_requested_ahead(
        count in 0..60_u64,
        limit in 1..12_u32,
        ahead in 0..5_usize,
        wanted in proptest::option::of(0..70_u64),
        order in vec(any::<u8>(), 1..40),
    ) {
        let list = ListAndSearchAssets::below("/sale", [AssetType::File]).unwrap().limit(limit);
        let mut listing = Listing::new(list).concurrency(ahead);
        if let Some(wanted) = wanted {
            listing = listing.max_items(wanted);
        }
        let driven = drive(listing, &order, |request| page(request, count));
        let numbers: Vec<u64> = driven.items.iter().map(|asset| {
            asset.as_ref().unwrap().as_file().unwrap().file_id.parse().unwrap()
        }).collect();
        let expected = count.min(wanted.unwrap_or(u64::MAX));
        prop_assert_eq!(numbers, (0..expected).collect::<Vec<_>>());
        prop_assert!(driven.output.is_complete());
        prop_assert_eq!(driven.output.position.offset, expected);
        prop_assert!(driven.most <= ahead.max(1));
    }

    #[test]
    fn a_listing_in_two_halves_is_the_whole(
        count in 0..60_u64, limit in 1..12_u32, first in 0..60_u64, ahead in 0..3_usize,
        order in vec(any::<u8>(), 1..40),
    ) {
        let list = || ListAndSearchAssets::new().limit(limit);
        let one = Listing::new(list()).concurrency(ahead).max_items(first);
        let one = drive(one, &order, |request| page(request, count));
        let mut saved = one.output.position;
        saved.remaining = None;
        let other = Listing::new(list()).concurrency(ahead).resume(saved).pages();
        let other = drive(other, &order, |request| page(request, count));
        let pages = other.items.into_iter().flat_map(|page| page.unwrap().items);
        prop_assert_eq!(one.items.len() + pages.count(), count as usize);
    }

    #[test]
    fn a_missing_file_costs_no_other_of_its_request(
        files in 0..260_u64,
        missing in vec(0..260_u64, 0..12),
        concurrency in 0..5_usize,
        order in vec(any::<u8>(), 1..40),
    ) {
        let all: Vec<String> = (0..files).map(|id| id.to_string()).collect();
        let missing: BTreeSet<String> = missing.iter().map(u64::to_string).collect();
        let delete = Batch::new(DeleteMultipleFiles::new(all.clone())).concurrency(concurrency);
        let delete =
            drive(delete, &order, |request| change(request, &missing, "successfullyDeletedFileIds"));
        let tag = Batch::new(AddTagsBulk::new(all.clone(), ["t"])).concurrency(concurrency);
        let tag =
            drive(tag, &order, |request| change(request, &missing, "successfullyUpdatedFileIds"));
        for (outcome, most) in [(delete.output, delete.most), (tag.output, tag.most)] {
            let failed: Vec<String> = outcome.failed.iter().map(|file| file.id.clone()).collect();
            for (list, expected) in [
                (&outcome.succeeded, (false, false)),
                (&failed, (false, true)),
            ] {
                let list: BTreeSet<&String> = list.iter().collect();
                let expected: BTreeSet<&String> = all.iter().filter(|id| {
                    (missing.contains(*id), id.parse::<u64>().unwrap() % 3 == 0) == expected
                }).collect();
                prop_assert_eq!(list, expected);
            }
            let list: BTreeSet<&String> = outcome.missing.iter().collect();
            prop_assert_eq!(list, all.iter().filter(|id| missing.contains(*id)).collect());
            prop_assert!(outcome.unknown.is_empty() && outcome.not_sent.is_empty());
            prop_assert!(outcome.unexpected.is_empty() && outcome.failed_requests.is_empty());
            prop_assert!(most <= concurrency.max(1));
        }
    }

    #[test]
    fn all_outcomes_come_with_their_endpoint(
        count in 0..30_u64, concurrency in 0..5_usize, in_order in any::<bool>(),
        order in vec(any::<u8>(), 1..40),
    ) {
        let endpoints = (0..count).map(|id| GetFileDetails::new(id.to_string()));
        let all = SendAll::new(endpoints).concurrency(concurrency).in_order(in_order);
        let driven = drive(all, &order, |request| {
            let id = request.uri().path().split('/').nth(3).unwrap().parse().unwrap();
            if id % 4 == 1 { response(404, &json!({"message": "m"})) } else { response(200, &file(id)) }
        });
        let mut indexes = Vec::new();
        for sent in driven.items {
            indexes.push(sent.index);
            match sent.outcome {
                Ok(file) => prop_assert_eq!(file.file_id.clone(), sent.index.to_string()),
                Err(error) => prop_assert!(error.is_not_found() && sent.index % 4 == 1),
            }
        }
        if !in_order {
            indexes.sort_unstable();
        }
        prop_assert_eq!(indexes, (0..count as usize).collect::<Vec<_>>());
        prop_assert_eq!(driven.output.succeeded + driven.output.failed, count as usize);
        prop_assert!(driven.most <= concurrency.max(1));
    }
}

/// A server with one job, which is pending for the first `pending` status requests.
fn job(mut pending: u32, last: &'static str) -> impl FnMut(&Request<Body>) -> Response<Bytes> {
    move |request| {
        if request.method() == "POST" {
            return response(200, &json!({"jobId": "j", "requestId": "j"}));
        }
        assert!(request.uri().path().ends_with("/j"), "{}", request.uri());
        let status = if pending == 0 { last } else { "Pending" };
        pending = pending.saturating_sub(1);
        response(200, &json!({"jobId": "j", "status": status}))
    }
}

#[test]
fn each_kind_of_job_is_started_and_waited_for() {
    let policy = WaitPolicy::default();
    let copy = drive(JobRun::new(CopyFolder::new("/a", "/b"), policy), &[0], job(3, "Completed"));
    let end = copy.output.unwrap();
    assert_eq!(end.started.job_id, "j");
    assert!(end.outcome.is_complete());
    // Intervals of 1, 2 and 4 seconds, and 10 milliseconds for each of 5 requests.
    assert_eq!(copy.time, Duration::from_millis(7_050));

    let run = JobRun::new(MoveFolder::new("/a", "/b"), policy);
    assert!(drive(run, &[0], job(0, "Completed")).output.unwrap().outcome.is_complete());

    let run = JobRun::new(RenameFolder::new("/a", "b").purge_cache(true), policy);
    let end = drive(run, &[0], job(1, "Partial success")).output.unwrap();
    assert!(matches!(end.outcome, WaitOutcome::Partial(_)));

    let run = JobRun::new(PurgeCache::new("https://ik.imagekit.io/a/b.jpg"), policy);
    let end = drive(run, &[0], job(2, "Completed")).output.unwrap();
    assert!(end.started.request_id == "j" && end.outcome.is_complete());
}

#[test]
fn a_job_that_does_not_end_is_given_up_at_the_deadline() {
    let wait = Wait::new(BulkJobStatus::new("j"), WaitPolicy::default());
    let driven = drive(wait, &[0], job(u32::MAX, ""));
    let Err(WaitError::Timeout(timeout)) = driven.output else { panic!("it does not end") };
    assert_eq!(timeout.last.unwrap().job_id(), "j");
    assert!(driven.time >= Duration::from_secs(600) && driven.time < Duration::from_secs(601));
}
