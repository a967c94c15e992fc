use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::rc::Rc;

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
        match pacer.poll_permit(now, class) {
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
            u64::from(matches!(pacer.poll_permit(now, RateClass::Read), Permission::Granted(_)));
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
        assert!(matches!(pacer.poll_permit(START, RateClass::Upload), Permission::Granted(_)));
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
        match pacer.poll_permit(now, RateClass::Read) {
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

/// A server that allows 40 requests a second, by one of three ways to count them.
struct Limiter {
    kind: Kind,
    taken: VecDeque<Duration>,
    window: u64,
    count: u64,
    tokens: f64,
    at: Duration,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// A counter that starts anew each second.
    Fixed,
    /// The requests of the second before.
    Sliding,
    /// A bucket of 40 tokens, refilled evenly.
    Bucket,
}

const ALLOWED: u64 = 40;

/// How long a simulation lasts.
const LENGTH: Duration = Duration::from_secs(120);

impl Limiter {
    fn new(kind: Kind) -> Self {
        let at = Duration::ZERO;
        Self { kind, taken: VecDeque::new(), window: 0, count: 0, tokens: 40.0, at }
    }

    fn respond(&mut self, now: Duration) -> Meta {
        let (is_allowed, reset) = match self.kind {
            Kind::Fixed => {
                let window = now.as_secs();
                if window != self.window {
                    (self.window, self.count) = (window, 0);
                }
                self.count += 1;
                (self.count <= ALLOWED, SECOND.saturating_sub(now - Duration::from_secs(window)))
            }
            Kind::Sliding => {
                self.taken.retain(|taken| now - *taken < SECOND);
                let is_allowed = (self.taken.len() as u64) < ALLOWED;
                if is_allowed {
                    self.taken.push_back(now);
                }
                let first = *self.taken.front().unwrap();
                (is_allowed, (first + SECOND).saturating_sub(now))
            }
            Kind::Bucket => {
                let passed = (now - self.at).as_secs_f64();
                self.tokens = (self.tokens + passed * ALLOWED as f64).min(ALLOWED as f64);
                self.at = now;
                let is_allowed = self.tokens >= 1.0;
                if is_allowed {
                    self.tokens -= 1.0;
                }
                (is_allowed, 25 * MS)
            }
        };
        let reset = reset.as_millis().max(1) as u64;
        meta(if is_allowed { 200 } else { 429 }, ALLOWED, reset)
    }
}

/// A small generator of numbers that look random.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// The caller at the front of a process's queue asks for a permit.
    Ask,
    /// A request reaches the server.
    Arrive(u64),
    /// A response reaches its caller, who sends the next request.
    Return(u64),
}

/// Lets 64 callers send as fast as they are allowed to for two minutes. They are spread over as
/// many processes as there are pacers; in each, one at a time asks. Returns how many responses
/// were successes, and how many were 429s.
fn simulate(pacers: &mut [Box<dyn Pace>], kind: Kind, seed: u64) -> (u64, u64) {
    let mut random = Random(seed);
    let mut server = Limiter::new(kind);
    let mut events = BinaryHeap::new();
    let mut flying: BTreeMap<u64, (Permit, Option<Meta>)> = BTreeMap::new();
    let (mut ok, mut refused, mut next) = (0, 0, 0);
    let mut queues = vec![64 / pacers.len(); pacers.len()];
    for process in 0..pacers.len() {
        events.push(Reverse((START, Event::Ask, process)));
    }
    while let Some(Reverse((now, event, process))) = events.pop() {
        if now > START + LENGTH {
            break;
        }
        let mut travel = || (10 + random.below(40) as u32) * MS;
        match event {
            Event::Ask => match pacers[process].poll_permit(now, RateClass::Read) {
                Permission::Granted(permit) => {
                    flying.insert(next, (permit, None));
                    events.push(Reverse((now + travel(), Event::Arrive(next), process)));
                    next += 1;
                    queues[process] -= 1;
                    if queues[process] > 0 {
                        events.push(Reverse((now, Event::Ask, process)));
                    }
                }
                Permission::Sleep(wait) => {
                    // Timers fire a little late.
                    let late = random.below(2_000) as u32 * Duration::from_micros(1);
                    events.push(Reverse((now + wait + late, Event::Ask, process)));
                }
            },
            Event::Arrive(number) => {
                let meta = server.respond(now);
                if meta.status == 200 {
                    ok += 1
                } else {
                    refused += 1
                }
                flying.get_mut(&number).unwrap().1 = Some(meta);
                events.push(Reverse((now + travel(), Event::Return(number), process)));
            }
            Event::Return(number) => {
                let (permit, meta) = flying.remove(&number).unwrap();
                pacers[process].on_response(now, permit, &meta.unwrap());
                queues[process] += 1;
                if queues[process] == 1 {
                    events.push(Reverse((now, Event::Ask, process)));
                }
            }
        }
    }
    (ok, refused)
}

fn check(ok: u64, refused: u64, kind: Kind) {
    let percent = |part: u64, whole: u64| part as f64 * 100.0 / whole as f64;
    let (used, lost) = (percent(ok, 120 * ALLOWED), percent(refused, ok + refused));
    println!("{kind:?}: {used:.2}% of the limit used, {lost:.2}% of the requests refused");
    assert!(used >= 95.0 && lost <= 1.0, "{kind:?}: {used:.2}% used, {lost:.2}% refused");
}

#[test]
fn sixty_four_callers_use_the_limit_without_exceeding_it() {
    for kind in [Kind::Fixed, Kind::Sliding, Kind::Bucket] {
        for seed in 0..2 {
            let (ok, refused) = simulate(&mut [Box::new(Pacer::default())], kind, seed);
            check(ok, refused, kind);
        }
    }
}

/// Processes share this text.
#[derive(Clone)]
struct Shared(Rc<RefCell<String>>);

impl Shared {
    fn update<R>(&self, change: impl FnOnce(&mut PaceState, &PaceOptions) -> R) -> R {
        let mut state: PaceState = serde_json::from_str(&self.0.borrow()).unwrap();
        let result = change(&mut state, &PaceOptions::default());
        *self.0.borrow_mut() = serde_json::to_string(&state).unwrap();
        result
    }
}

impl Pace for Shared {
    fn poll_permit(&mut self, now: Duration, class: RateClass) -> Permission {
        self.update(|state, options| state.poll_permit(options, now, class))
    }

    fn on_response(&mut self, now: Duration, permit: Permit, meta: &Meta) {
        self.update(|state, options| state.on_response(options, now, permit, meta));
    }
}

#[test]
fn two_processes_that_share_a_state_use_the_limit_without_exceeding_it() {
    for kind in [Kind::Fixed, Kind::Sliding, Kind::Bucket] {
        let shared = Shared(Rc::new(RefCell::new("{}".to_owned())));
        let mut pacers: [Box<dyn Pace>; 2] = [Box::new(shared.clone()), Box::new(shared)];
        let (ok, refused) = simulate(&mut pacers, kind, 9);
        check(ok, refused, kind);
    }
}

#[test]
fn two_processes_that_share_nothing_adapt_to_each_other() {
    let mut pacers: [Box<dyn Pace>; 2] = [Box::new(Pacer::default()), Box::new(Pacer::default())];
    let (ok, refused) = simulate(&mut pacers, Kind::Fixed, 9);
    println!("{ok} {refused}");
    assert!(refused * 20 <= ok, "{refused} of {ok} were refused");
    assert!(ok >= 120 * ALLOWED * 8 / 10, "{ok} were sent");
}
