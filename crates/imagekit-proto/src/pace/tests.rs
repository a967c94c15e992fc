use http::{Method, Response};

use super::*;
use crate::config::Server;
use crate::endpoint::{Idempotency, Operation};

const SECOND: Duration = Duration::from_secs(1);
const MS: Duration = Duration::from_millis(1);
const START: Duration = Duration::from_secs(100);

/// A response with `limit` requests a second, of which the interval ends in `reset` milliseconds.
fn meta(status: u16, limit: u64, reset: u64) -> Meta {
    let response = Response::builder()
        .status(status)
        .header("X-RateLimit-Limit", limit)
        .header("X-RateLimit-Interval", "1000")
        .header("X-RateLimit-Reset", reset);
    Meta::of(&response.body(()).unwrap())
}

fn bare(status: u16) -> Meta {
    Meta::of(&Response::builder().status(status).body(()).unwrap())
}

/// How many requests are granted at once, and how long the next has to wait.
fn burst(pacer: &mut Pacer, now: Duration, class: RateClass) -> (u64, Duration) {
    let mut granted = 0;
    loop {
        match pacer.poll_permit(now, class, 0) {
            Permission::Granted(permit) => {
                assert_eq!(permit, Permit { class, at: now });
                granted += 1;
                assert!(granted < 1_000);
            }
            Permission::Sleep(wait) => return (granted, wait),
        }
    }
}

/// How many requests are granted in `time` when one is asked for every millisecond.
fn granted_in(pacer: &mut Pacer, start: Duration, time: Duration) -> u64 {
    let mut granted = 0;
    let mut now = start;
    while now < start + time {
        granted +=
            u64::from(matches!(pacer.poll_permit(now, RateClass::Read, 0), Permission::Granted(_)));
        now += MS;
    }
    granted
}

fn permit(at: Duration) -> Permit {
    Permit { class: RateClass::Read, at }
}

#[test]
fn operations_have_classes() {
    const READ: Operation = Operation::new("r", Method::GET, "/", Idempotency::Idempotent, "");
    const WRITE: Operation = Operation::new("w", Method::POST, "/", Idempotency::Idempotent, "");
    const UPLOAD: Operation = WRITE.server(Server::Upload);
    assert_eq!(RateClass::of(&READ), RateClass::Read);
    assert_eq!(RateClass::of(&WRITE), RateClass::Write);
    assert_eq!(RateClass::of(&UPLOAD), RateClass::Upload);
}

#[test]
fn classes_are_paced_apart_and_uploads_are_not() {
    let mut pacer = Pacer::default();
    assert_eq!(burst(&mut pacer, START, RateClass::Read).0, 4);
    assert_eq!(burst(&mut pacer, START, RateClass::Write).0, 2);
    for _ in 0..500 {
        assert!(matches!(pacer.poll_permit(START, RateClass::Upload, 0), Permission::Granted(_)));
    }
}

#[test]
fn requests_are_spaced_evenly_after_a_burst() {
    let options =
        PaceOptions::default().headroom(0).start(RateClass::Read, Rate::per_second(10).burst(3));
    let mut pacer = Pacer::new(options);
    assert_eq!(burst(&mut pacer, START, RateClass::Read), (3, 100 * MS));
    assert_eq!(burst(&mut pacer, START + 99 * MS, RateClass::Read), (0, MS));
    assert_eq!(burst(&mut pacer, START + 100 * MS, RateClass::Read), (1, 100 * MS));
    // After a rest of any length there is one burst again.
    assert_eq!(burst(&mut pacer, START + 60 * SECOND, RateClass::Read).0, 3);
}

#[test]
fn a_late_caller_does_not_slow_the_others_down() {
    let options =
        PaceOptions::default().headroom(0).start(RateClass::Read, Rate::per_second(100).burst(2));
    let mut pacer = Pacer::new(options);
    let (mut now, mut granted) = (START, 0);
    while now < START + 10 * SECOND {
        match pacer.poll_permit(now, RateClass::Read, 0) {
            Permission::Granted(_) => granted += 1,
            Permission::Sleep(wait) => now += wait + 2 * MS,
        }
    }
    assert!((1_000..=1_002).contains(&granted), "{granted}");
}

#[test]
fn headroom_stays_unused() {
    for (percent, expected) in [(0, 100), (3, 97), (50, 50), (255, 10)] {
        let options = PaceOptions::default()
            .headroom(percent)
            .start(RateClass::Read, Rate::per_second(100).burst(1));
        let granted = granted_in(&mut Pacer::new(options), START, 10 * SECOND);
        assert!(granted.abs_diff(expected * 10) <= expected, "{percent}: {granted}");
    }
}

#[test]
fn rates_of_nothing_count_as_the_least() {
    let rate = Rate::new(0, Duration::ZERO).burst(0);
    let mut pacer = Pacer::new(PaceOptions::default().headroom(0).start(RateClass::Read, rate));
    assert_eq!(burst(&mut pacer, START, RateClass::Read), (1, MS));
    assert_eq!(
        [1, 20, 50, 99, 100, 5_000].map(|requests| Rate::per_second(requests).burst),
        [2, 2, 5, 9, 10, 10]
    );
}

#[test]
fn the_limit_that_the_server_tells_replaces_the_start() {
    let mut pacer = Pacer::new(PaceOptions::default().start(RateClass::Read, None));
    assert_eq!(granted_in(&mut pacer, START, SECOND), 1_000);
    pacer.on_response(START, permit(START), &meta(200, 100, 500));
    let granted = granted_in(&mut pacer, START, 10 * SECOND);
    assert!(granted.abs_diff(970) < 15, "{granted}");
}

#[test]
fn the_tightest_limit_of_the_last_minute_holds() {
    let mut pacer = Pacer::default();
    let rate = |pacer: &mut Pacer, now| {
        let mut copy = pacer.clone();
        burst(&mut copy, now + SECOND, RateClass::Read).0
    };
    pacer.on_response(START, permit(START), &meta(200, 50, 500));
    pacer.on_response(START, permit(START), &meta(200, 100, 500));
    assert_eq!(rate(&mut pacer, START), 5);
    pacer.on_response(START + 60 * SECOND, permit(START), &meta(200, 100, 500));
    assert_eq!(rate(&mut pacer, START + 60 * SECOND), 5);
    // The tight one is announced again: another minute.
    pacer.on_response(START + 60 * SECOND, permit(START), &meta(200, 50, 500));
    pacer.on_response(START + 61 * SECOND, permit(START), &meta(200, 100, 500));
    assert_eq!(rate(&mut pacer, START + 61 * SECOND), 5);
    pacer.on_response(START + 121 * SECOND, permit(START), &meta(200, 100, 500));
    assert_eq!(rate(&mut pacer, START + 121 * SECOND), 10);
    pacer.on_response(START + 121 * SECOND, permit(START), &meta(200, 20, 500));
    assert_eq!(rate(&mut pacer, START + 121 * SECOND), 2);
}

#[test]
fn half_a_limit_teaches_nothing() {
    for (name, value) in [
        ("X-RateLimit-Limit", "1"),
        ("X-RateLimit-Interval", "60000"),
        ("X-RateLimit-Reset", "60000"),
    ] {
        let mut pacer = Pacer::default();
        let response = Response::builder().header(name, value).body(()).unwrap();
        pacer.on_response(START, permit(START), &Meta::of(&response));
        assert_eq!(pacer, Pacer::default());
    }
    let mut pacer = Pacer::default();
    pacer.on_response(START, permit(START), &meta(200, 0, 1));
    let zero = Response::builder()
        .header("X-RateLimit-Limit", "1")
        .header("X-RateLimit-Interval", "0")
        .body(())
        .unwrap();
    pacer.on_response(START, permit(START), &Meta::of(&zero));
    assert_eq!(pacer, Pacer::default());
}

#[test]
fn a_limit_of_the_user_is_never_exceeded() {
    let options = PaceOptions::default().limit(RateClass::Read, Rate::per_second(10));
    let mut pacer = Pacer::new(options);
    pacer.on_response(START, permit(START), &meta(200, 100, 500));
    let granted = granted_in(&mut pacer, START, 10 * SECOND);
    assert!(granted.abs_diff(98) <= 3, "{granted}");
    let mut pacer =
        Pacer::new(PaceOptions::default().limit(RateClass::Upload, Rate::per_second(1)));
    assert_eq!(burst(&mut pacer, START, RateClass::Upload).0, 2);
}

#[test]
fn a_slower_pace_grants_no_second_burst() {
    let limit = Rate::per_second(10).burst(3);
    let mut pacer = Pacer::new(PaceOptions::default().limit(RateClass::Read, limit));
    assert_eq!(burst(&mut pacer, START, RateClass::Read).0, 3);
    pacer.on_response(START, permit(START), &meta(200, 1, 500));
    assert_eq!(burst(&mut pacer, START, RateClass::Read).0, 0);
}

#[test]
fn a_burst_that_shrinks_and_grows_is_granted_once() {
    let limit = Rate::new(4, 60 * SECOND).burst(4);
    let mut pacer = Pacer::new(PaceOptions::default().limit(RateClass::Read, limit));
    assert_eq!(burst(&mut pacer, START, RateClass::Read).0, 4);
    // Both are faster than the user's limit; the first one comes with a burst of two.
    for (requests, interval) in [(8, 1), (100, 1_000)] {
        let response = Response::builder()
            .header("X-RateLimit-Limit", requests)
            .header("X-RateLimit-Interval", interval);
        let meta = Meta::of(&response.body(()).unwrap());
        pacer.on_response(START, permit(START), &meta);
        assert_eq!(burst(&mut pacer, START, RateClass::Read).0, 0);
    }
    let later = START + 300 * SECOND;
    assert_eq!(burst(&mut pacer, later, RateClass::Read).0, 4);
    // A clock that is set back makes nobody wait for more than the next turn.
    assert!(burst(&mut pacer, START, RateClass::Read).1 <= 16 * SECOND);
}

#[test]
fn after_a_429_nothing_is_granted_before_the_server_wants_it() {
    for (meta, wait) in [(meta(429, 40, 300), 300 * MS), (bare(429), SECOND)] {
        let mut pacer = Pacer::default();
        pacer.on_response(START, permit(START), &meta);
        assert_eq!(burst(&mut pacer, START, RateClass::Read), (0, wait));
        assert_eq!(burst(&mut pacer, START + wait - MS, RateClass::Read), (0, MS));
        assert!(burst(&mut pacer, START + wait, RateClass::Read).0 > 0);
        assert!(burst(&mut pacer, START, RateClass::Write).0 > 0);
    }
    // A longer pause replaces a shorter one, and not the other way round.
    let mut pacer = Pacer::default();
    for (reset, left) in [(300, 300), (200, 300), (500, 500)] {
        pacer.on_response(START, permit(START), &meta(429, 40, reset));
        assert_eq!(burst(&mut pacer, START, RateClass::Read).1, left * MS);
    }
    // An upload pauses too, though it has no rate.
    let upload = Permit { class: RateClass::Upload, at: START };
    pacer.on_response(START, upload, &meta(429, 40, 200));
    assert_eq!(burst(&mut pacer, START, RateClass::Upload).1, 200 * MS);
}

#[test]
fn a_429_lowers_the_limit_once_and_it_recovers() {
    // The limit was used up in the middle of the interval: a quarter is given up.
    let mut pacer = Pacer::new(PaceOptions::default().headroom(0));
    for _ in 0..9 {
        pacer.on_response(START, permit(START - MS), &meta(429, 100, 500));
    }
    let after = START + 500 * MS;
    let granted = granted_in(&mut pacer.clone(), after, SECOND);
    assert!(granted.abs_diff(75 + 9) <= 4, "{granted}");
    let granted = granted_in(&mut pacer.clone(), after + 20 * SECOND, SECOND);
    assert!(granted.abs_diff(85 + 9) <= 4, "{granted}");
    let granted = granted_in(&mut pacer, after + 60 * SECOND, SECOND);
    assert!(granted.abs_diff(100 + 9) <= 4, "{granted}");
    // A request that was sent after the pause gives up another part.
    pacer.on_response(after, permit(after), &meta(429, 100, 1_000));
    pacer.on_response(after, permit(after), &meta(429, 100, 1_000));
    let granted = granted_in(&mut pacer, after + SECOND, SECOND);
    assert!(granted < 60, "{granted}");
}

#[test]
fn a_429_that_asks_for_no_wait_gives_up_a_fifth() {
    let mut pacer = Pacer::new(PaceOptions::default().headroom(0));
    pacer.on_response(START, permit(START), &meta(200, 100, 500));
    pacer.on_response(START, permit(START), &bare(429));
    let granted = granted_in(&mut pacer, START + SECOND, SECOND);
    assert!(granted.abs_diff(80 + 9) <= 4, "{granted}");
}

#[test]
fn a_part_of_the_limit_is_always_used() {
    let mut pacer = Pacer::new(PaceOptions::default().headroom(0));
    let mut now = START;
    for _ in 0..100 {
        now += SECOND;
        pacer.on_response(now, permit(now), &meta(429, 100, 1_000));
    }
    let granted = granted_in(&mut pacer, now + SECOND, 10 * SECOND);
    assert!(granted > 20, "{granted}");
}

#[test]
fn a_clock_that_is_set_back_makes_no_wait_longer() {
    let mut pacer = Pacer::default();
    burst(&mut pacer, 10 * START, RateClass::Read);
    assert!(burst(&mut pacer, START, RateClass::Read).1 <= SECOND);
    pacer.on_response(10 * START, permit(10 * START), &meta(429, 40, 300));
    assert_eq!(burst(&mut pacer, START, RateClass::Read), (0, 300 * MS));
    assert!(burst(&mut pacer, START + 300 * MS, RateClass::Read).1 <= 60 * MS);
    assert!(granted_in(&mut pacer, START + SECOND, 10 * SECOND) > 100);
}

#[test]
fn a_state_can_be_saved() {
    let mut pacer = Pacer::default();
    burst(&mut pacer, START, RateClass::Read);
    pacer.on_response(START, permit(START), &meta(429, 60, 300));
    let saved = serde_json::to_string(&pacer.state).unwrap();
    assert_eq!(serde_json::from_str::<PaceState>(&saved).unwrap(), pacer.state);
    assert_eq!(serde_json::from_str::<PaceState>("{}").unwrap(), PaceState::default());
}

#[test]
fn a_turn_comes_behind_those_ahead() {
    let options =
        PaceOptions::default().headroom(0).start(RateClass::Read, Rate::per_second(10).burst(2));
    let mut pacer = Pacer::new(options);
    let turns = |pacer: &mut Pacer| {
        [0, 1, 2, 3].map(|ahead| match pacer.clone().poll_permit(START, RateClass::Read, ahead) {
            Permission::Granted(_) => Duration::ZERO,
            Permission::Sleep(wait) => wait,
        })
    };
    assert_eq!(turns(&mut pacer), [0, 0, 100, 200].map(|ms| ms * MS));
    assert_eq!(burst(&mut pacer, START, RateClass::Read).0, 2);
    assert_eq!(turns(&mut pacer), [100, 200, 300, 400].map(|ms| ms * MS));
    // After a pause there is one burst, for all that wait.
    pacer.on_response(START, permit(START), &meta(429, 10, 1_000));
    let after = turns(&mut pacer);
    assert_eq!(after[..2], [SECOND, SECOND]);
    assert!(SECOND < after[2] && after[2] < after[3], "{after:?}");
}

#[test]
fn no_header_stops_a_class_for_longer_than_the_longest_pause() {
    let limited = |limit: &str, interval: &str, reset: &str| {
        let response = Response::builder()
            .status(429)
            .header("X-RateLimit-Limit", limit)
            .header("X-RateLimit-Interval", interval)
            .header("X-RateLimit-Reset", reset);
        Meta::of(&response.body(()).unwrap())
    };
    let huge = "99999999999999999999";
    for (limit, interval, reset) in
        [("40", "1000", huge), ("1", huge, "0"), ("1", huge, huge), (huge, huge, huge)]
    {
        let mut pacer = Pacer::new(PaceOptions::default().headroom(0).max_pause(2 * SECOND));
        pacer.on_response(START, permit(START), &limited(limit, interval, reset));
        assert!(burst(&mut pacer, START, RateClass::Read).1 <= 2 * SECOND);
        assert!(burst(&mut pacer, START + 2 * SECOND, RateClass::Read).0 > 0, "{limit} {interval}");
    }
    let mut pacer = Pacer::new(PaceOptions::default().headroom(0).max_pause(2 * SECOND));
    pacer.on_response(START, permit(START), &limited("5", huge, "0"));
    let after = START + 60 * SECOND;
    assert_eq!(burst(&mut pacer, after, RateClass::Read), (2, 2 * SECOND));
    let mut pacer = Pacer::default();
    pacer.on_response(START, permit(START), &meta(429, 40, 31_000));
    assert_eq!(burst(&mut pacer, START, RateClass::Read), (0, 30 * SECOND));
}
