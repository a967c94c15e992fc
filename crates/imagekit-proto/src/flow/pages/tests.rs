use std::time::Duration;

use super::*;
use crate::flow::testing::{Numbers, Span, TestError, api_error, busy, not_sent, reply};

const NOW: Duration = Duration::from_secs(100);

type Listed = Listing<Numbers, &'static str>;

fn list(limit: Option<u32>) -> Listed {
    Listing::new(Numbers::new(Span { skip: 0, limit }))
}

/// The requests, the items and the end of a listing that is driven one request at a time.
fn drive(
    mut listing: Listed,
    server: impl Fn(u64, u64) -> Vec<u64>,
) -> (Vec<(u64, u32)>, Vec<u64>, ListingEnd) {
    let (mut requests, mut items) = (Vec::new(), Vec::new());
    listing.limit_concurrency(1);
    loop {
        match listing.poll(NOW) {
            FlowStep::Item(Ok(item)) => items.push(item),
            FlowStep::Item(Err(PageError::Repeated { .. })) => {}
            FlowStep::Send(key, Numbers { request: Span { skip, limit }, .. }) => {
                requests.push((skip, limit.unwrap()));
                listing.on_response(NOW, key, reply(server(skip, limit.unwrap().into())));
            }
            FlowStep::Done(end) => return (requests, items, end),
            step => panic!("{step:?}"),
        }
    }
}

fn numbers(count: u64) -> impl Fn(u64, u64) -> Vec<u64> {
    move |skip, limit| (0..count).skip(skip as usize).take(limit as usize).collect()
}

fn sent(listing: &mut Listed) -> (RequestKey, u64, u32) {
    match listing.poll(NOW) {
        FlowStep::Send(key, request) => (key, request.request.skip, request.request.limit.unwrap()),
        step => panic!("{step:?}"),
    }
}

fn item(listing: &mut Listed) -> u64 {
    match listing.poll(NOW) {
        FlowStep::Item(Ok(item)) => item,
        step => panic!("{step:?}"),
    }
}

fn error(listing: &mut Listed) -> TestError {
    match listing.poll(NOW) {
        FlowStep::Item(Err(PageError::Request { error, .. })) => *error,
        step => panic!("{step:?}"),
    }
}

fn pending(listing: &mut Listed) {
    let step = listing.poll(NOW);
    assert!(matches!(step, FlowStep::Pending), "{step:?}");
}

fn end(listing: &mut Listed) -> ListingEnd {
    match listing.poll(NOW) {
        FlowStep::Done(end) => end,
        step => panic!("{step:?}"),
    }
}

#[test]
fn a_short_page_is_the_last() {
    let (requests, items, end) = drive(list(Some(3)), numbers(7));
    assert_eq!(requests, [(0, 3), (3, 3), (6, 3)]);
    assert_eq!(items, (0..7).collect::<Vec<_>>());
    assert_eq!((end.reason, end.position), (StopReason::Complete, Position::new(7)));
    assert!(end.is_complete());
}

#[test]
fn an_empty_page_is_the_last() {
    assert_eq!(drive(list(Some(3)), numbers(6)).0, [(0, 3), (3, 3), (6, 3)]);
    let (requests, items, end) = drive(list(Some(3)), numbers(0));
    assert_eq!((requests, items, end.reason), (vec![(0, 3)], vec![], StopReason::Complete));
    assert_eq!(drive(list(Some(0)), numbers(6)).0, [(0, 0)]);
}

#[test]
fn without_a_size_the_largest_page_is_requested() {
    assert_eq!(drive(list(None), numbers(12)).0, [(0, 10), (10, 10)]);
}

#[test]
fn at_most_as_many_items_are_requested_as_are_wanted() {
    let start = Numbers::new(Span { skip: 2, limit: Some(3) });
    let (requests, items, end) = drive(Listing::new(start).max_items(4), numbers(100));
    assert_eq!(requests, [(2, 3), (5, 1)]);
    assert_eq!(items, [2, 3, 4, 5]);
    assert_eq!(end.reason, StopReason::MaxItems);
    assert_eq!(end.position, Position { offset: 6, remaining: Some(0) });
    assert!(end.is_complete());
    assert_eq!(drive(list(None).max_items(0), numbers(9)).0, []);
    assert_eq!(drive(list(Some(5)).max_items(9).concurrency(1), numbers(9)).1.len(), 9);
}

#[test]
fn a_listing_goes_on_from_a_saved_position() {
    let mut first = list(Some(3)).max_items(5);
    let (key, _, _) = sent(&mut first);
    first.on_response(NOW, key, reply(vec![0, 1, 2]));
    assert_eq!((item(&mut first), item(&mut first)), (0, 1));
    let saved = first.position();
    assert_eq!(saved, Position { offset: 2, remaining: Some(3) });
    assert_eq!(first.finish().position, saved);
    let (requests, items, _) = drive(list(Some(3)).resume(saved), numbers(100));
    assert_eq!((requests, items), (vec![(2, 3)], vec![2, 3, 4]));
}

#[test]
fn a_position_without_a_number_of_items_keeps_the_limit() {
    let limited = list(Some(3)).max_items(4);
    let (requests, items, end) = drive(limited.resume(Position::new(100)), numbers(200));
    assert_eq!(requests, [(100, 3), (103, 1)]);
    assert_eq!(items, [100, 101, 102, 103]);
    assert_eq!(end.reason, StopReason::MaxItems);
    let resumed = list(None).resume(Position::new(100)).max_items(1);
    assert_eq!(drive(resumed, numbers(200)).1, [100]);
    let saved = Position { offset: 100, remaining: Some(2) };
    let with_its_own = list(None).max_items(5).resume(saved);
    assert_eq!(drive(with_its_own, numbers(200)).1, [100, 101]);
}

/// A listing, three items a page, after one item and with the second page received.
fn under_way(listing: Listed) -> Listed {
    let mut listing = listing.concurrency(1);
    for items in [vec![0, 1, 2], vec![3, 4, 5]] {
        let (key, _, _) = sent(&mut listing);
        listing.on_response(NOW, key, reply(items));
    }
    assert_eq!(item(&mut listing), 0);
    listing
}

#[test]
fn a_listing_under_way_goes_on_from_another_position() {
    let resumed = under_way(list(Some(3))).resume(Position::new(0));
    let (requests, items, end) = drive(resumed, numbers(8));
    assert_eq!(requests, [(0, 3), (3, 3), (6, 3)]);
    assert_eq!(items, (0..8).collect::<Vec<_>>());
    assert_eq!((end.reason, end.repeated), (StopReason::Complete, 0));
    let limited = under_way(list(Some(3)).max_items(9)).resume(Position::new(100));
    assert_eq!(drive(limited, numbers(200)).1, (100..108).collect::<Vec<_>>());
    let limited = under_way(list(Some(3))).max_items(4);
    assert_eq!(drive(limited, numbers(200)).1, [1, 2, 3, 4]);
}

#[test]
fn what_was_requested_before_another_position_no_longer_matters() {
    let mut listing = list(Some(3));
    let first = sent(&mut listing);
    let mut listing = listing.resume(Position::new(10));
    pending(&mut listing);
    listing.on_response(NOW, first.0, reply(vec![0, 1, 2]));
    let second = sent(&mut listing);
    assert_eq!(second.1, 10);
    listing.on_response(NOW, second.0, reply(vec![10]));
    assert_eq!(item(&mut listing), 10);
    assert_eq!(end(&mut listing).misuse, None);
}

#[test]
fn an_ended_listing_stays_ended() {
    let mut listing = list(None);
    listing.finish();
    let (requests, _, end) = drive(listing.resume(Position::new(5)), numbers(8));
    assert_eq!((requests, end.reason), (vec![], StopReason::Finished));
}

#[test]
fn the_pages_after_an_item_begin_with_the_next_one() {
    let mut pages = under_way(list(Some(3)).max_items(6)).pages();
    assert_eq!(pages.position(), Position { offset: 1, remaining: Some(5) });
    let mut found = Vec::new();
    loop {
        match pages.poll(NOW) {
            FlowStep::Send(key, Numbers { request: Span { skip, limit }, .. }) => {
                let items = numbers(100)(skip, limit.unwrap().into());
                pages.on_response(NOW, key, reply(items));
            }
            FlowStep::Item(page) => found.push(page.unwrap().items),
            step => {
                assert!(matches!(&step, FlowStep::Done(end) if end.is_complete()), "{step:?}");
                break;
            }
        }
    }
    assert_eq!(found, [vec![1, 2, 3], vec![4, 5]]);
}

#[test]
fn a_server_that_repeats_itself_ends_the_listing() {
    let (requests, items, end) = drive(list(Some(3)), |_, _| vec![1, 2, 3]);
    assert_eq!(requests, [(0, 3), (3, 3)]);
    assert_eq!((items, end.reason), (vec![1, 2, 3], StopReason::Repeated));
    assert!(!end.is_complete());
    assert_eq!(end.position, Position::new(3));
    let at_the_end = Listing::new(Numbers::new(Span { skip: u64::MAX - 1, limit: Some(2) }));
    assert_eq!(drive(at_the_end, |_, _| vec![1, 2]).2.reason, StopReason::Complete);
}

#[test]
fn an_item_on_two_neighbouring_pages_is_handed_out_once() {
    // One item is added in front after the first page, and one page repeats itself inside.
    let server = |skip: u64, _: u64| match skip {
        0 => vec![1, 2, 3],
        3 => vec![3, 4, 5],
        6 => vec![6, 6, 7],
        _ => vec![7],
    };
    let (_, items, end) = drive(list(Some(3)), server);
    assert_eq!(items, [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!((end.repeated, end.reason), (3, StopReason::Complete));
    assert_eq!(end.position, Position::new(10));
}

#[test]
fn repeated_items_do_not_count_as_wanted_ones() {
    let server = |skip: u64, limit: u64| {
        let all = [1, 2, 3, 3, 4, 5, 6, 7];
        all.into_iter().skip(skip as usize).take(limit as usize).collect()
    };
    let (requests, items, end) = drive(list(Some(3)).max_items(5), server);
    assert_eq!(requests, [(0, 3), (3, 2), (5, 1)]);
    assert_eq!(items, [1, 2, 3, 4, 5]);
    assert_eq!((end.repeated, end.reason), (1, StopReason::MaxItems));
}

#[test]
fn a_short_last_page_that_only_repeats_items_does_not_end_the_listing() {
    // Newest first, and two are added after the first page.
    let server = |skip: u64, limit: u64| {
        let added = if skip > 0 { 2 } else { 0 };
        (1_000 - added..2_000).skip(skip as usize).take(limit as usize).collect()
    };
    let (requests, items, end) = drive(list(None).max_items(12), server);
    assert_eq!(requests, [(0, 10), (10, 2), (12, 10)]);
    assert_eq!(items, (1_000..1_012).collect::<Vec<_>>());
    assert_eq!((end.repeated, end.reason), (2, StopReason::MaxItems));
    assert_eq!(end.position, Position { offset: 14, remaining: Some(0) });
}

#[test]
fn a_server_that_ignores_the_offset_ends_a_listing_whose_last_page_is_short() {
    let (requests, items, end) = drive(list(Some(3)).max_items(4), |_, limit| (0..limit).collect());
    assert_eq!(requests, [(0, 3), (3, 1), (4, 3)]);
    assert_eq!((items, end.reason), (vec![0, 1, 2], StopReason::Repeated));
}

#[test]
fn an_item_on_a_full_page_is_not_handed_out_on_a_later_short_one() {
    let server = |skip: u64, _: u64| match skip {
        0 => vec![1, 2, 3],
        3 => vec![3, 4],
        5 => vec![2],
        _ => vec![2, 5, 6],
    };
    let (requests, items, _) = drive(list(Some(3)).max_items(5), server);
    assert_eq!(requests, [(0, 3), (3, 2), (5, 1), (6, 3)]);
    assert_eq!(items, [1, 2, 3, 4, 5]);
}

#[test]
fn a_page_larger_than_requested_is_counted_as_it_is() {
    let server = |skip: u64, _: u64| (0..9).skip(skip as usize).take(5).collect();
    let (requests, items, _) = drive(list(Some(3)), server);
    assert_eq!(requests, [(0, 3), (5, 3), (9, 3)]);
    assert_eq!(items, (0..9).collect::<Vec<_>>());
    let (_, items, end) = drive(list(Some(3)).max_items(4), server);
    assert_eq!((items, end.position.offset), (vec![0, 1, 2, 3], 4));
}

#[test]
fn so_many_pages_are_requested_ahead() {
    let mut listing = list(Some(2)).concurrency(2);
    let first = sent(&mut listing);
    let second = sent(&mut listing);
    assert_eq!((first.1, second.1), (0, 2));
    pending(&mut listing);
    listing.on_response(NOW, second.0, reply(vec![2, 3]));
    // Two are in flight or held behind the first page, which is still missing.
    let third = sent(&mut listing);
    assert_eq!(third.1, 4);
    pending(&mut listing);
    listing.on_response(NOW, first.0, reply(vec![0, 1]));
    assert_eq!((item(&mut listing), item(&mut listing)), (0, 1));
    // The second page is handed out when the third and fourth are requested.
    assert_eq!(sent(&mut listing).1, 6);
    assert_eq!((item(&mut listing), item(&mut listing)), (2, 3));
    listing.on_response(NOW, third.0, reply(vec![4]));
    assert_eq!(item(&mut listing), 4);
    assert!(end(&mut listing).is_complete());
}

#[test]
fn nothing_is_requested_ahead_that_is_not_wanted() {
    let mut listing = list(Some(2)).concurrency(2).max_items(2);
    let (key, skip, size) = sent(&mut listing);
    assert_eq!((skip, size), (0, 2));
    pending(&mut listing);
    listing.on_response(NOW, key, reply(vec![0, 1]));
    assert_eq!([item(&mut listing), item(&mut listing)], [0, 1]);
    assert_eq!(end(&mut listing).reason, StopReason::MaxItems);
}

#[test]
fn a_listing_can_be_driven_by_reference() {
    let mut listing = list(Some(1)).concurrency(2);
    {
        let mut by_reference = &mut listing;
        Machine::limit_concurrency(&mut by_reference, 1);
        let FlowStep::Send(key, _) = Machine::poll(&mut by_reference, NOW) else {
            panic!("nothing was sent")
        };
        assert!(matches!(Machine::poll(&mut by_reference, NOW), FlowStep::Pending));
        Machine::on_failure(&mut by_reference, NOW, key, not_sent());
        assert!(matches!(Machine::poll(&mut by_reference, NOW), FlowStep::Item(Err(_))));
        let FlowStep::Send(key, _) = Machine::poll(&mut by_reference, NOW) else {
            panic!("nothing was sent")
        };
        Machine::on_response(&mut by_reference, NOW, key, reply(vec![5]));
        assert!(matches!(Machine::poll(&mut by_reference, NOW), FlowStep::Item(Ok(5))));
        assert_eq!(Machine::finish(&mut by_reference).reason, StopReason::Finished);
    }
    assert_eq!(listing.position(), Position::new(1));
}

#[test]
fn requests_ahead_of_a_page_of_another_length_no_longer_matter() {
    let mut listing = list(Some(2)).concurrency(2);
    let [first, second] = [sent(&mut listing), sent(&mut listing)];
    listing.on_response(NOW, first.0, reply(vec![0, 1, 2]));
    // The first page reached further than expected, so the third page begins elsewhere.
    let third = sent(&mut listing);
    assert_eq!(third.1, 3);
    assert_eq!([item(&mut listing), item(&mut listing), item(&mut listing)], [0, 1, 2]);
    pending(&mut listing);
    listing.on_response(NOW, second.0, reply(vec![2, 3]));
    assert_eq!(sent(&mut listing).1, 5);
    listing.on_response(NOW, third.0, reply(vec![3, 4]));
    assert_eq!(sent(&mut listing).1, 7);
    assert_eq!([item(&mut listing), item(&mut listing)], [3, 4]);
}

#[test]
fn a_listing_held_up_by_requests_that_no_longer_matter_is_not_over() {
    let mut listing = list(Some(2)).concurrency(2);
    let [first, second] = [sent(&mut listing), sent(&mut listing)];
    listing.on_response(NOW, first.0, reply(vec![0, 1, 2]));
    listing.limit_concurrency(1);
    assert_eq!([item(&mut listing), item(&mut listing), item(&mut listing)], [0, 1, 2]);
    pending(&mut listing);
    listing.on_response(NOW, second.0, reply(vec![2, 3]));
    let third = sent(&mut listing);
    assert_eq!(third.1, 3);
    listing.on_response(NOW, third.0, reply(vec![]));
    assert!(end(&mut listing).is_complete());
}

#[test]
fn a_page_that_fails_is_an_error_and_is_requested_again() {
    let mut listing = list(Some(2)).concurrency(1);
    let first = sent(&mut listing);
    listing.on_response(NOW, first.0, reply(vec![0, 1]));
    let second = sent(&mut listing);
    assert_eq!([item(&mut listing), item(&mut listing)], [0, 1]);
    listing.on_failure(NOW, second.0, api_error(500, "", false));
    let third = sent(&mut listing);
    assert_eq!(third.1, 4);
    let FlowStep::Item(Err(failed)) = listing.poll(NOW) else { panic!("it failed") };
    assert_eq!(failed.position(), Position::new(2));
    assert_eq!(failed.request_error().and_then(Error::status).unwrap(), 500);
    assert!(failed.to_string().starts_with("no page at offset 2, probe failed with 500"));
    listing.on_response(NOW, third.0, reply(vec![4]));
    let again = sent(&mut listing);
    assert_eq!(again.1, 2);
    listing.on_response(NOW, again.0, reply(vec![2, 3]));
    assert_eq!([item(&mut listing), item(&mut listing), item(&mut listing)], [2, 3, 4]);
    assert!(end(&mut listing).is_complete());
}

#[test]
fn a_page_that_fails_too_often_ends_the_listing() {
    for (most, times) in [(0, 1), (1, 1), (2, 2)] {
        let mut listing = list(None).max_failures(most);
        for _ in 0..times {
            let (key, _, _) = sent(&mut listing);
            listing.on_failure(NOW, key, not_sent());
            assert_eq!(error(&mut listing).attempts(), 0);
        }
        let end = end(&mut listing);
        assert_eq!((end.reason, end.position), (StopReason::Failed, Position::new(0)));
        assert!(!end.is_complete());
    }
}

#[test]
fn failures_count_for_one_page_in_a_row() {
    let mut listing = list(Some(1)).max_failures(2);
    for page in 0..5 {
        let (key, _, _) = sent(&mut listing);
        listing.on_failure(NOW, key, not_sent());
        error(&mut listing);
        let (key, skip, _) = sent(&mut listing);
        assert_eq!(skip, page);
        listing.on_response(NOW, key, reply(vec![page]));
        assert_eq!(item(&mut listing), page);
    }
}

#[test]
fn an_error_that_no_repetition_mends_ends_the_listing() {
    for (status, is_final) in [
        (400, true),
        (401, true),
        (404, true),
        (408, false),
        (423, false),
        (429, false),
        (500, false),
    ] {
        let mut listing = list(None);
        let (key, _, _) = sent(&mut listing);
        listing.on_failure(NOW, key, api_error(status, "", false));
        error(&mut listing);
        let step = listing.poll(NOW);
        assert_eq!(matches!(step, FlowStep::Done(_)), is_final, "{status} {step:?}");
    }
}

#[test]
fn a_page_is_not_requested_before_the_server_wants_it() {
    let mut listing = list(None);
    let (key, _, _) = sent(&mut listing);
    listing.on_failure(NOW, key, busy(200));
    error(&mut listing);
    let wait = Duration::from_millis(200);
    assert!(matches!(listing.poll(NOW), FlowStep::Sleep(left) if left == wait));
    let half = wait / 2;
    assert!(matches!(listing.poll(NOW + half), FlowStep::Sleep(left) if left == half));
    assert!(matches!(listing.poll(NOW + wait), FlowStep::Send(..)));
}

#[test]
fn a_listing_ends_when_the_server_wants_too_long_a_wait() {
    for (millis, is_final) in [(30_000, false), (30_001, true), (u64::MAX, true)] {
        let mut listing = list(None);
        let (key, _, _) = sent(&mut listing);
        listing.on_failure(NOW, key, busy(millis));
        assert_eq!(error(&mut listing).retry_after(), Some(Duration::from_millis(millis)));
        if is_final {
            let end = end(&mut listing);
            assert_eq!((end.reason, end.position), (StopReason::Failed, Position::new(0)));
        } else {
            let step = listing.poll(NOW);
            let wait = Duration::from_millis(millis);
            assert!(matches!(step, FlowStep::Sleep(left) if left == wait), "{step:?}");
        }
    }
}

#[test]
fn whole_pages_carry_the_position_behind_them() {
    let mut pages = list(Some(2)).max_items(3).pages();
    let mut found = Vec::new();
    let end = loop {
        match pages.poll(NOW) {
            FlowStep::Send(key, request) => {
                let skip = request.request.skip;
                pages.on_response(NOW, key, reply(vec![skip, skip + 1]));
            }
            FlowStep::Item(Ok(page)) => {
                assert_eq!(page.next, pages.position());
                found.push((page.next.offset, page.next.remaining, page.into_iter().count()));
            }
            FlowStep::Done(end) => break end,
            step => panic!("{step:?}"),
        }
    };
    assert_eq!(found, [(2, Some(1), 2), (3, Some(0), 1)]);
    assert!(end.is_complete());
}

#[test]
fn misuse_is_told_at_the_end() {
    let mut listing = list(None);
    let (key, _, _) = sent(&mut listing);
    listing.on_response(NOW, key, reply(vec![1]));
    listing.on_response(NOW, key, reply(vec![2]));
    listing.on_failure(NOW, key, not_sent());
    assert_eq!(item(&mut listing), 1);
    let told = end(&mut listing);
    assert_eq!(told.misuse, Some(Misuse::UnexpectedResponse));
    assert!(!told.is_complete());

    let mut again = list(None).max_items(0);
    assert_eq!(end(&mut again).misuse, None);
    assert_eq!(end(&mut again).misuse, Some(Misuse::PolledAfterDone));
}

#[test]
fn a_finished_listing_sends_nothing_more() {
    let mut listing = list(Some(2)).concurrency(3);
    let (key, _, _) = sent(&mut listing);
    listing.on_response(NOW, key, reply(vec![0, 1]));
    sent(&mut listing);
    let finished = listing.finish();
    assert_eq!((finished.reason, finished.misuse), (StopReason::Finished, None));
    assert_eq!(end(&mut listing).reason, StopReason::Finished);
}
