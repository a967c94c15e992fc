use super::*;
use crate::flow::testing::{Probe, not_sent, reply};

const NOW: Duration = Duration::ZERO;

type Number = Probe<u64, u64>;

fn all(count: u64) -> SendAll<impl Iterator<Item = Number>, &'static str> {
    SendAll::new((0..count).map(Number::new))
}

fn sent<I: Iterator<Item = Number>>(all: &mut SendAll<I, &'static str>) -> RequestKey {
    match all.poll(NOW) {
        FlowStep::Send(key, _) => key,
        step => panic!("{step:?}"),
    }
}

fn item<I: Iterator<Item = Number>>(all: &mut SendAll<I, &'static str>) -> (usize, Option<u64>) {
    match all.poll(NOW) {
        FlowStep::Item(Sent { index, outcome }) => (index, outcome.ok().map(Reply::into_value)),
        step => panic!("{step:?}"),
    }
}

fn end<I: Iterator<Item = Number>>(all: &mut SendAll<I, &'static str>) -> SendAllEnd {
    match all.poll(NOW) {
        FlowStep::Done(end) => end,
        step => panic!("{step:?}"),
    }
}

#[test]
fn so_many_are_in_flight() {
    for (asked, limit, most) in [(0, 9, 1), (1, 9, 1), (3, 9, 3), (3, 2, 2), (9, 0, 1)] {
        let mut all = all(20).concurrency(asked);
        all.limit_concurrency(limit);
        let keys: Vec<_> = (0..most).map(|_| sent(&mut all)).collect();
        assert!(matches!(all.poll(NOW), FlowStep::Pending));
        all.on_response(NOW, keys[0], reply(0));
        if most > 1 {
            sent(&mut all);
        }
        assert_eq!(item(&mut all), (0, Some(0)));
    }
    let mut default = all(9);
    for _ in 0..4 {
        sent(&mut default);
    }
    assert!(matches!(default.poll(NOW), FlowStep::Pending));
}

#[test]
fn outcomes_come_in_order_or_as_they_arrive() {
    for (in_order, expected) in [(true, [0, 1, 2]), (false, [2, 0, 1])] {
        let mut all = all(3).concurrency(3).in_order(in_order);
        let keys = [sent(&mut all), sent(&mut all), sent(&mut all)];
        for index in [2, 0, 1] {
            all.on_response(NOW, keys[index], reply(index as u64 * 10));
        }
        for index in expected {
            assert_eq!(item(&mut all), (index, Some(index as u64 * 10)));
        }
        let end = end(&mut all);
        assert_eq!((end.succeeded, end.failed, end.is_stopped), (3, 0, false));
    }
}

#[test]
fn twice_as_many_outcomes_are_held_at_most() {
    let mut all = all(20).concurrency(2);
    let first = sent(&mut all);
    for _ in 0..3 {
        let key = sent(&mut all);
        all.on_response(NOW, key, reply(1));
    }
    assert!(matches!(all.poll(NOW), FlowStep::Pending));
    all.on_response(NOW, first, reply(1));
    assert_eq!(item(&mut all).0, 0);
    sent(&mut all);
    assert_eq!(item(&mut all).0, 1);
}

#[test]
fn stop_on_error_sends_nothing_after_an_error() {
    for stop in [false, true] {
        let mut all = all(5).concurrency(2).stop_on_error(stop);
        let [first, second] = [sent(&mut all), sent(&mut all)];
        all.on_failure(NOW, first, not_sent());
        if !stop {
            assert!(matches!(all.poll(NOW), FlowStep::Send(..)));
            continue;
        }
        assert_eq!(item(&mut all), (0, None));
        assert!(matches!(all.poll(NOW), FlowStep::Pending));
        all.on_response(NOW, second, reply(1));
        assert_eq!(item(&mut all), (1, Some(1)));
        let end = end(&mut all);
        assert_eq!((end.succeeded, end.failed, end.is_stopped), (1, 1, true));
        let left: Vec<_> = all.into_remaining().map(|number| number.request).collect();
        assert_eq!(left, [2, 3, 4]);
    }
}

#[test]
fn what_is_not_handed_out_at_the_end_is_unknown() {
    let mut all = all(9).concurrency(3);
    let keys = [sent(&mut all), sent(&mut all), sent(&mut all)];
    all.on_response(NOW, keys[1], reply(1));
    let finished = all.finish();
    assert_eq!((finished.unknown.as_slice(), finished.is_stopped), (&[0, 1, 2][..], true));
    assert_eq!((finished.succeeded, finished.failed, finished.misuse), (0, 0, None));
    assert_eq!(all.finish(), finished);
    assert_eq!(end(&mut all).misuse, Some(Misuse::PolledAfterDone));
}

#[test]
fn misuse_is_told_at_the_end() {
    let mut all = all(1);
    let key = sent(&mut all);
    all.on_response(NOW, key, reply(1));
    all.on_response(NOW, key, reply(2));
    all.on_failure(NOW, key, not_sent());
    assert_eq!(item(&mut all), (0, Some(1)));
    let told = end(&mut all);
    assert_eq!(told.misuse, Some(Misuse::UnexpectedResponse));
    assert_eq!((told.succeeded, told.failed), (1, 0));
}
