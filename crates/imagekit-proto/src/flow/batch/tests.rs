use std::time::Duration;

use super::*;
use crate::error::Misuse;
use crate::flow::testing::{Files, Results, TestError, api_error, not_sent, reply};

const NOW: Duration = Duration::ZERO;

type Tested = Batch<Files, &'static str>;

fn ids(range: std::ops::Range<u32>) -> Vec<String> {
    range.map(|number| number.to_string()).collect()
}

fn batch(count: u32) -> Tested {
    Batch::new(Files::new(ids(0..count)))
}

fn sent(batch: &mut Tested) -> (RequestKey, Vec<String>) {
    match batch.poll(NOW) {
        FlowStep::Send(key, request) => (key, request.request),
        step => panic!("{step:?}"),
    }
}

fn done(batch: &mut Tested) -> BatchOutcome<&'static str> {
    match batch.poll(NOW) {
        FlowStep::Done(outcome) => outcome,
        step => panic!("{step:?}"),
    }
}

fn results(succeeded: &[&str], failed: &[&str]) -> Reply<Results> {
    let [succeeded, failed] =
        [succeeded, failed].map(|ids| ids.iter().map(|id| (*id).to_owned()).collect());
    reply(Results { succeeded, failed })
}

fn missing(ids: &[&str], may_have_been_applied: bool) -> TestError {
    let body = serde_json::json!({ "missingFileIds": ids }).to_string();
    api_error(404, &body, may_have_been_applied)
}

fn failed_ids(outcome: &BatchOutcome<&str>) -> Vec<String> {
    outcome.failed.iter().map(|file| file.id.clone()).collect()
}

fn unknown_ids(outcome: &BatchOutcome<&str>) -> Vec<String> {
    outcome.unknown.iter().map(|file| file.id.clone()).collect()
}

#[test]
fn every_file_is_sent_once() {
    for (count, sizes) in
        [(0, vec![]), (1, vec![1]), (3, vec![3]), (4, vec![3, 1]), (7, vec![3, 3, 1])]
    {
        let mut batch = batch(count);
        let mut all = Vec::new();
        for size in sizes {
            let (key, files) = sent(&mut batch);
            assert_eq!(files.len(), size);
            all.extend(files.clone());
            batch.on_response(NOW, key, reply(Results { succeeded: files, failed: vec![] }));
        }
        assert_eq!(all, ids(0..count));
        let outcome = done(&mut batch);
        assert!(outcome.is_complete());
        assert_eq!(outcome.succeeded, ids(0..count));
    }
}

#[test]
fn an_id_given_twice_is_sent_once() {
    let mut batch: Tested = Batch::new(Files::new(["a", "b", "a"].map(str::to_owned).to_vec()));
    assert_eq!(sent(&mut batch).1, ["a", "b"]);
}

#[test]
fn the_size_stays_within_the_limit() {
    for (size, first) in [(0, 1), (2, 2), (3, 3), (4, 3)] {
        assert_eq!(sent(&mut batch(9).size(size)).1.len(), first);
    }
}

#[test]
fn so_many_requests_are_in_flight() {
    for (asked, limit, most) in [(0, 9, 1), (1, 9, 1), (2, 9, 2), (3, 2, 2), (9, 0, 1)] {
        let mut batch = batch(30).concurrency(asked);
        batch.limit_concurrency(limit);
        let keys: Vec<_> = (0..most).map(|_| sent(&mut batch).0).collect();
        assert!(matches!(batch.poll(NOW), FlowStep::Pending), "{asked} {limit}");
        batch.on_failure(NOW, keys[0], not_sent());
        sent(&mut batch);
        assert!(matches!(batch.poll(NOW), FlowStep::Pending), "{asked} {limit}");
    }
}

#[test]
fn each_file_ends_in_one_list() {
    let mut batch = batch(9);
    let (key, _) = sent(&mut batch);
    batch.on_response(NOW, key, results(&["0", "x"], &["1", "y"]));
    let (key, _) = sent(&mut batch);
    batch.on_failure(NOW, key, not_sent());
    let (key, _) = sent(&mut batch);
    batch.on_failure(NOW, key, api_error(503, "", true));
    let outcome = done(&mut batch);
    assert!(!outcome.is_complete());
    assert_eq!(outcome.succeeded, ["0"]);
    assert_eq!(failed_ids(&outcome), ["1", "3", "4", "5"]);
    assert_eq!(outcome.failed[0].to_string(), "1: broken");
    assert!(outcome.failed[1].to_string().starts_with("3: probe got no response: down"));
    assert_eq!(unknown_ids(&outcome), ["2", "6", "7", "8"]);
    assert_eq!(outcome.unknown[0].to_string(), "2: the response does not mention the file");
    assert!(outcome.unknown[1].to_string().starts_with("6: probe failed with 503"));
    assert_eq!(outcome.unexpected, ["x", "y"]);
    assert_eq!(outcome.failed_requests.len(), 2);
    assert_eq!(outcome.remaining(), ["1", "3", "4", "5"]);
}

#[test]
fn a_file_named_as_done_and_as_failed_has_failed() {
    let mut batch = batch(1);
    let (key, _) = sent(&mut batch);
    batch.on_response(NOW, key, results(&["0"], &["0"]));
    let outcome = done(&mut batch);
    assert_eq!((failed_ids(&outcome), outcome.succeeded.len()), (ids(0..1), 0));
    assert_eq!(outcome.unexpected.len(), 0);
}

#[test]
fn a_missing_file_costs_no_other() {
    let mut batch = batch(4);
    let (key, _) = sent(&mut batch);
    batch.on_failure(NOW, key, missing(&["1", "z"], false));
    let (key, files) = sent(&mut batch);
    assert_eq!(files, ["0", "2"]);
    batch.on_response(NOW, key, results(&["0", "2"], &[]));
    let (key, files) = sent(&mut batch);
    assert_eq!(files, ["3"]);
    batch.on_failure(NOW, key, missing(&["3"], false));
    let outcome = done(&mut batch);
    assert_eq!(outcome.succeeded, ["0", "2"]);
    assert_eq!(outcome.missing, ["1", "3"]);
    assert_eq!((outcome.failed.len(), outcome.failed_requests.len()), (0, 0));
    assert!(!outcome.is_complete());
}

#[test]
fn a_file_missing_after_an_attempt_of_unknown_fate_may_have_been_deleted() {
    let mut batch = batch(2);
    let (key, _) = sent(&mut batch);
    batch.on_failure(NOW, key, missing(&["0"], true));
    let (key, files) = sent(&mut batch);
    assert_eq!(files, ["1"]);
    batch.on_response(NOW, key, results(&["1"], &[]));
    let outcome = done(&mut batch);
    assert_eq!((unknown_ids(&outcome), outcome.missing.len()), (ids(0..1), 0));
}

#[test]
fn a_404_that_names_none_of_the_files_is_not_repeated() {
    for named in [&[][..], &["z"]] {
        let mut batch = batch(2);
        let (key, _) = sent(&mut batch);
        batch.on_failure(NOW, key, missing(named, false));
        assert_eq!(failed_ids(&done(&mut batch)), ["0", "1"]);
    }
}

#[test]
fn only_a_404_names_missing_files() {
    let mut batch = batch(2);
    let (key, _) = sent(&mut batch);
    batch.on_failure(NOW, key, api_error(400, r#"{"missingFileIds":["0"]}"#, false));
    assert_eq!(failed_ids(&done(&mut batch)), ["0", "1"]);
}

#[test]
fn missing_files_fail_the_request_if_they_are_not_to_be_skipped() {
    let mut batch = batch(3).skip_missing(false);
    let (key, _) = sent(&mut batch);
    batch.on_failure(NOW, key, missing(&["1"], false));
    let outcome = done(&mut batch);
    assert_eq!((failed_ids(&outcome), outcome.missing), (vec!["0".into(), "2".into()], ids(1..2)));
}

#[test]
fn stop_on_error_sends_nothing_after_an_error() {
    type Report = fn(&mut Tested, RequestKey);
    let reports: [(Report, bool); 5] = [
        (|batch, key| batch.on_failure(NOW, key, not_sent()), true),
        (|batch, key| batch.on_response(NOW, key, results(&["0", "1"], &["2"])), true),
        (|batch, key| batch.on_response(NOW, key, results(&["0", "1"], &[])), true),
        (|batch, key| batch.on_response(NOW, key, results(&["0", "1", "2"], &[])), false),
        (|batch, key| batch.on_failure(NOW, key, missing(&["1"], false)), false),
    ];
    for (report, stops) in reports {
        let mut batch = batch(9).concurrency(2).stop_on_error(true);
        let [first, second] = [sent(&mut batch), sent(&mut batch)];
        report(&mut batch, first.0);
        let step = batch.poll(NOW);
        assert_eq!(matches!(step, FlowStep::Pending), stops, "{step:?}");
        if stops {
            batch.on_failure(NOW, second.0, missing(&["4"], false));
            let outcome = done(&mut batch);
            assert_eq!(outcome.missing, ["4"]);
            assert_eq!(outcome.not_sent, ["3", "5", "6", "7", "8"]);
            assert_eq!(outcome.remaining()[..5], outcome.not_sent);
        }
    }
}

#[test]
fn what_is_in_flight_at_the_end_is_unknown() {
    let mut batch = batch(5);
    sent(&mut batch);
    let outcome = batch.finish();
    assert_eq!(unknown_ids(&outcome), ids(0..3));
    let told = outcome.unknown[0].to_string();
    assert_eq!(told, "0: the batch was ended while the request was in flight");
    assert_eq!(outcome.not_sent, ids(3..5));
    assert!(!outcome.is_complete());
    assert_eq!(batch.finish().misuse, Some(Misuse::PolledAfterDone));
    assert_eq!(done(&mut batch).misuse, Some(Misuse::PolledAfterDone));
}

#[test]
fn one_list_is_enough_to_be_incomplete() {
    let complete = BatchOutcome::<&str>::default;
    assert!(complete().is_complete());
    let id = || "a".to_owned();
    let unnamed = UnknownFile { id: id(), reason: UnknownReason::Unnamed };
    let request = FailureReason::Request(Arc::new(not_sent()));
    for outcome in [
        BatchOutcome { failed: vec![FailedFile { id: id(), reason: request }], ..complete() },
        BatchOutcome { missing: vec![id()], ..complete() },
        BatchOutcome { unknown: vec![unnamed], ..complete() },
        BatchOutcome { not_sent: vec![id()], ..complete() },
        BatchOutcome { unexpected: vec![id()], ..complete() },
        BatchOutcome { misuse: Some(Misuse::PolledAfterDone), ..complete() },
    ] {
        assert!(!outcome.is_complete(), "{outcome:?}");
    }
}

#[test]
fn outcomes_that_nothing_waits_for_are_told() {
    let mut batch = batch(2);
    let (key, _) = sent(&mut batch);
    batch.on_response(NOW, key, results(&["0", "1"], &[]));
    batch.on_response(NOW, key, results(&["0", "1"], &[]));
    batch.on_failure(NOW, key, not_sent());
    let outcome = done(&mut batch);
    assert_eq!(outcome.succeeded, ["0", "1"]);
    assert_eq!(outcome.misuse, Some(Misuse::UnexpectedResponse));
}
