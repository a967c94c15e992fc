//! Many calls against servers of every mood: they end, and nothing is lost or invented.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use imagekit_proto::EndpointExt;
use imagekit_proto::api::assets::{Asset, ListAndSearchAssets};
use imagekit_proto::api::cache::PurgeStatus;
use imagekit_proto::api::files::DeleteMultipleFiles;
use imagekit_proto::flow::{Batch, BatchStep, PageStep, Pages, Wait, WaitPolicy, WaitStep};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

fn answer(status: u16, body: serde_json::Value) -> Response<Bytes> {
    Response::builder().status(status).body(body.to_string().into()).unwrap()
}

fn page(numbers: impl IntoIterator<Item = u64>) -> Vec<Asset> {
    let rows: Vec<_> = numbers
        .into_iter()
        .map(|number| json!({"fileId": number.to_string(), "name": "n", "filePath": "/n", "url": "u"}))
        .collect();
    ListAndSearchAssets::new().parse(&answer(200, rows.into())).unwrap()
}

fn number(asset: &Asset) -> u64 {
    asset.as_file().unwrap().file_id.parse().unwrap()
}

proptest! {
    #[test]
    fn a_walk_gives_the_list_and_no_more(
        library in 0..60u64, limit in 1..12u32, skip in 0..70u64, at_most in proptest::option::of(0..70u64),
    ) {
        let mut pages = Pages::new(ListAndSearchAssets::new().limit(limit).skip(skip));
        if let Some(at_most) = at_most {
            pages = pages.at_most(at_most);
        }
        let wanted: Vec<u64> = (skip..library).take(at_most.unwrap_or(u64::MAX) as usize).collect();
        let (mut given, mut requests) = (Vec::new(), 0);
        loop {
            match pages.step() {
                PageStep::Item(asset) => given.push(number(&asset)),
                PageStep::Fetch(request) => {
                    requests += 1;
                    let from = request.skip.unwrap();
                    let to = library.min(from + u64::from(request.limit.unwrap()));
                    pages.on_page(page(from..to));
                }
                PageStep::Done => break,
                PageStep::Stalled => prop_assert!(false, "the server does get on"),
            }
            prop_assert_eq!(pages.position(), skip + given.len() as u64);
        }
        prop_assert!(requests <= wanted.len() / limit as usize + 1);
        prop_assert_eq!(given, wanted);
    }

    #[test]
    fn a_walk_of_pages_of_any_size_gives_each_page_once(
        sizes in vec(0..6u64, 0..20), limit in 1..5u32,
    ) {
        let mut pages = Pages::new(ListAndSearchAssets::new().limit(limit));
        let mut left = sizes.into_iter();
        let (mut sent, mut given) = (0, 0);
        loop {
            match pages.step() {
                PageStep::Item(asset) => {
                    prop_assert_eq!(number(&asset), given);
                    given += 1;
                }
                PageStep::Fetch(request) => {
                    prop_assert_eq!(request.skip, Some(sent));
                    let size = left.next().unwrap_or(0);
                    pages.on_page(page(sent..sent + size));
                    sent += size;
                }
                PageStep::Done => break,
                PageStep::Stalled => prop_assert!(false, "no page begins as the one before it"),
            }
        }
        prop_assert_eq!(given, sent);
    }

    #[test]
    fn each_file_of_a_batch_ends_in_one_list(
        files in 0..40usize,
        size in 0..12usize,
        fates in vec(0..4u8, 40),
        requests in vec(any::<bool>(), 41),
        stop in 0..60usize,
    ) {
        let ids: Vec<String> = (0..files).map(|number| number.to_string()).collect();
        let fate = |id: &String| fates[id.parse::<usize>().unwrap()];
        let mut batch = Batch::new(DeleteMultipleFiles::new(ids.clone())).size(size);
        let mut steps = 0;
        let report = loop {
            if steps == stop {
                break batch.finish();
            }
            match batch.step() {
                BatchStep::Send(request) if requests[steps] => {
                    let of = |wanted| request.file_ids.iter().filter(move |id| fate(id) == wanted);
                    let errors: Vec<_> = of(1).map(|id| json!({"fileId": id, "error": "e"})).collect();
                    let done: Vec<_> = of(0).chain(of(3)).collect();
                    let body = json!({"successfullyDeletedFileIds": done, "errors": errors});
                    let status = if errors.is_empty() { 200 } else { 207 };
                    // A response that names no file is a decode error.
                    match request.parse(&answer(status, body.clone())) {
                        Ok(outcome) => batch.on_answer(outcome),
                        Err(_) => {
                            prop_assert!(done.is_empty() && errors.is_empty());
                            batch.on_failure("down");
                        }
                    }
                }
                BatchStep::Send(_) => batch.on_failure("down"),
                BatchStep::Done(report) => break report,
            }
            steps += 1;
        };
        let failed: Vec<_> = report.failed.iter().map(|error| error.file_id.clone()).collect();
        let refused: Vec<_> = report.refused.iter().flat_map(|request| request.ids.clone()).collect();
        prop_assert!(report.succeeded.iter().all(|id| matches!(fate(id), 0 | 3)));
        prop_assert!(failed.iter().all(|id| fate(id) == 1));
        prop_assert!(report.unmentioned.iter().all(|id| fate(id) == 2));
        prop_assert_eq!(report.is_complete(), report.succeeded.len() == files);
        let lists = [report.succeeded, failed, report.unmentioned, refused, report.unanswered];
        let all: Vec<String> = lists.concat();
        prop_assert_eq!(all.len(), files);
        prop_assert_eq!(all.iter().collect::<BTreeSet<_>>(), ids.iter().collect());
    }

    #[test]
    fn a_wait_ends_by_its_limit_and_keeps_its_pauses(
        first in 1..4_000u64, longest in 1..4_000u64, limit in 0..20_000u64,
        states in vec(0..12u8, 64), times in vec(-50..400i64, 64),
    ) {
        let ms = Duration::from_millis;
        let policy = WaitPolicy::default().first(ms(first)).longest(ms(longest)).limit(ms(limit));
        let mut wait = Wait::new(PurgeStatus::new("r"), policy);
        let (mut now, mut polls, mut last) = (ms(1_000), 0_usize, None::<Duration>);
        let outcome = loop {
            match wait.poll(now) {
                WaitStep::Fetch(request) => {
                    let pause = last.map_or(Duration::MAX, |last| now - last);
                    let due = now >= ms(1_000 + limit);
                    prop_assert!(pause >= ms(first.min(longest)) || due);
                    prop_assert!(last.is_none_or(|last| last < ms(1_000 + limit)));
                    let time = times[polls % times.len()];
                    let answered = now + ms(time.max(0) as u64);
                    let state = match states[polls % states.len()] { 0 => "Completed", 1 => "New", _ => "Pending" };
                    if state != "New" || time >= 0 {
                        let body = answer(200, json!({"status": state}));
                        wait.on_answer(answered, request.parse(&body).unwrap());
                    }
                    now = answered;
                    last = Some(answered);
                    polls += 1;
                }
                WaitStep::Sleep(time) => {
                    prop_assert!(time > Duration::ZERO && time <= ms(longest));
                    now += time;
                }
                WaitStep::Done(outcome) => break outcome,
            }
        };
        match outcome {
            Ok(progress) => prop_assert!(progress.is_complete()),
            Err(out_of_time) => {
                prop_assert!(now >= ms(1_000 + limit));
                prop_assert!(out_of_time.last.is_none_or(|progress| !progress.is_complete()));
            }
        }
    }
}
