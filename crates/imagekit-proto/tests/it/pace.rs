//! Paced calls, in virtual time.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use imagekit_proto::api::files::{DeleteFile, GetFileDetails};
use imagekit_proto::api::upload::{UploadFileV2, UploadJwt};
use imagekit_proto::pace::{
    Pace, PaceOptions, PaceState, Permission, Permit, Rate, RateClass, SharedPace,
};
use imagekit_proto::{
    Call, CallOptions, Config, Endpoint, ErrorKind, Meta, RetryPolicy, Step, operation,
};

const SECOND: Duration = Duration::from_secs(1);
const MS: Duration = Duration::from_millis(1);
const START: Duration = Duration::from_secs(100);
/// The file of the sample response.
const ID: &str = "598821f949c0a938d57563bd";

type Details = Call<GetFileDetails, &'static str>;

fn details(pace: &SharedPace, options: CallOptions) -> Details {
    call(GetFileDetails::new(ID), pace, options)
}

fn call<E: Endpoint>(
    endpoint: E,
    pace: &SharedPace,
    options: CallOptions,
) -> Call<E, &'static str> {
    Call::new(&Config::new("private_key").unwrap(), endpoint, options, 7).with_pace(pace)
}

/// One read each second, without bursts.
fn slow() -> SharedPace {
    let rate = Rate::per_second(1).burst(1);
    let options = PaceOptions::default().headroom(0);
    options.start(RateClass::Read, rate).limit(RateClass::Upload, rate).into()
}

fn file() -> Response<Bytes> {
    operation::find("get-file-details").unwrap().sample_response()
}

fn busy(reset: u64) -> Response<Bytes> {
    let response = Response::builder().status(429).header("X-RateLimit-Reset", reset);
    response.body(Bytes::new()).unwrap()
}

fn sleep<E: Endpoint>(call: &mut Call<E, &'static str>, now: Duration) -> Duration {
    match call.poll(now) {
        Step::Sleep(wait) => wait,
        _ => panic!("it need not wait"),
    }
}

fn is_sent<E: Endpoint>(call: &mut Call<E, &'static str>, now: Duration) -> bool {
    matches!(call.poll(now), Step::Send(_))
}

/// Polls the calls when they want it. Returns when each was sent, in this order, and how often they
/// were polled.
fn run(calls: &mut [Details], start: Duration) -> (Vec<(Duration, usize)>, usize) {
    let mut due: BinaryHeap<_> = (0..calls.len()).map(|number| Reverse((start, number))).collect();
    let (mut sent, mut polls) = (Vec::new(), 0);
    while let Some(Reverse((now, number))) = due.pop() {
        polls += 1;
        match calls[number].poll(now) {
            Step::Send(_) => sent.push((now, number)),
            Step::Sleep(wait) => due.push(Reverse((now + wait, number))),
            Step::Done(_) => panic!("{number} ended"),
        }
    }
    (sent, polls)
}

#[test]
fn calls_are_sent_in_the_order_in_which_they_asked() {
    let pace = slow();
    let mut calls: Vec<_> = (0..4).map(|_| details(&pace, CallOptions::default())).collect();
    assert!(is_sent(&mut calls[0], START));
    assert_eq!(sleep(&mut calls[1], START), SECOND);
    // Those behind look more often: those before them may give up.
    assert_eq!(sleep(&mut calls[2], START), SECOND);
    assert_eq!(sleep(&mut calls[3], START), 3 * SECOND / 2);
    // The second's turn has come, so it is not the third's.
    assert_eq!(sleep(&mut calls[2], START + SECOND), SECOND / 2);
    assert!(is_sent(&mut calls[1], START + SECOND));
    assert_eq!(sleep(&mut calls[2], START + 3 * SECOND / 2), SECOND / 2);
    assert_eq!(sleep(&mut calls[3], START + 3 * SECOND / 2), 3 * SECOND / 4);
    assert!(is_sent(&mut calls[2], START + 2 * SECOND));
    assert_eq!(sleep(&mut calls[3], START + 9 * SECOND / 4), 3 * SECOND / 4);
    assert!(is_sent(&mut calls[3], START + 3 * SECOND));
}

#[test]
fn a_dropped_call_gives_its_turn_to_the_next() {
    let pace = slow();
    let mut calls: VecDeque<_> = (0..4).map(|_| details(&pace, CallOptions::default())).collect();
    assert!(is_sent(&mut calls[0], START));
    for call in calls.iter_mut().skip(1) {
        sleep(call, START);
    }
    drop(calls.remove(1));
    drop(calls.remove(1));
    assert!(is_sent(&mut calls[1], START + SECOND));
}

#[test]
fn a_call_that_is_not_polled_is_passed_over_and_first_when_it_is() {
    let pace = slow();
    let [mut sent, mut kept, mut next, mut last] =
        [(); 4].map(|()| details(&pace, CallOptions::default()));
    assert!(is_sent(&mut sent, START));
    sleep(&mut kept, START);
    sleep(&mut next, START);
    sleep(&mut last, START);
    let late = START + SECOND + 21 * MS;
    assert!(is_sent(&mut next, late));
    assert_eq!(sleep(&mut kept, late), SECOND);
    assert_eq!(sleep(&mut last, late), SECOND);
    assert!(is_sent(&mut kept, late + SECOND));
}

#[test]
fn a_turn_after_the_deadline_ends_the_call_at_once() {
    let pace = slow();
    let quick = || CallOptions::default().deadline(SECOND);
    assert!(is_sent(&mut details(&pace, quick()), START));
    let mut late = details(&pace, quick());
    let Step::Done(Err(error)) = late.poll(START) else { panic!("it waits") };
    assert!(matches!(error.kind(), ErrorKind::PermitTooLate { wait: SECOND, last: None, .. }));
    assert!(error.is_timeout() && !error.may_have_been_applied() && error.attempts() == 0);
    assert_eq!(
        error.to_string(),
        "get-file-details was not sent: the rate limit allows it in 1s only, after its deadline"
    );
    // It took no turn, and it waits for none though it is not dropped.
    let mut next = details(&pace, CallOptions::default());
    assert_eq!(sleep(&mut next, START), SECOND);
    assert!(is_sent(&mut next, START + SECOND));
    drop(late);
}

#[test]
fn what_happened_before_the_wait_is_not_hidden() {
    let rate = Rate::per_second(1).burst(1);
    let pace = PaceOptions::default().headroom(0).start(RateClass::Write, rate).into();
    let options = CallOptions::default()
        .retry(RetryPolicy::default().base_delay(Duration::ZERO))
        .deadline(SECOND);
    let mut delete = call(DeleteFile::new(ID), &pace, options);
    assert!(is_sent(&mut delete, START));
    delete.on_response(START, Response::builder().status(503).body(Bytes::new()).unwrap());
    let Step::Done(Err(error)) = delete.poll(START) else { panic!("it waits") };
    assert!(matches!(error.kind(), ErrorKind::PermitTooLate { last: Some(_), .. }), "{error:?}");
    assert!(error.may_have_been_applied());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert!(error.to_string().contains("503"), "{error}");
}

#[test]
fn a_deadline_that_passes_in_the_queue_ends_the_call() {
    let pace = slow();
    assert!(is_sent(&mut details(&pace, CallOptions::default()), START));
    let mut late = details(&pace, CallOptions::default().deadline(2 * SECOND));
    sleep(&mut late, START);
    let Step::Done(Err(error)) = late.poll(START + 3 * SECOND) else { panic!("it goes on") };
    assert!(matches!(error.kind(), ErrorKind::Deadline { last: None, .. }), "{error:?}");
    assert!(is_sent(&mut details(&pace, CallOptions::default()), START + SECOND));
}

#[test]
fn a_request_that_cannot_be_built_takes_no_turn() {
    let pace = slow();
    let mut broken = call(GetFileDetails::new(""), &pace, CallOptions::default());
    assert!(matches!(broken.poll(START), Step::Done(Err(_))));
    assert!(is_sent(&mut details(&pace, CallOptions::default()), START));
}

#[test]
fn each_attempt_waits_for_a_turn() {
    let pace = slow();
    let mut calls: Vec<_> = (0..2).map(|_| details(&pace, CallOptions::default())).collect();
    assert!(is_sent(&mut calls[0], START));
    calls[0].on_response(START, busy(10));
    let (sent, polls) = run(&mut calls, START);
    assert_eq!(sent.iter().map(|sent| sent.1).collect::<Vec<_>>(), [1, 0]);
    assert!(sent[1].0 - sent[0].0 >= SECOND, "{sent:?}");
    assert!(polls < 16, "{polls}");
}

#[test]
fn a_429_of_a_single_use_call_teaches_too() {
    let pace = slow();
    let upload = UploadFileV2::new("a").file(b"a".to_vec()).credentials(UploadJwt::new("a.b.c"));
    let mut upload = call(upload, &pace, CallOptions::default());
    assert!(is_sent(&mut upload, START));
    upload.on_response(START, busy(5_000));
    let Step::Done(Err(error)) = upload.poll(START) else { panic!("it is sent twice") };
    assert!(error.is_rate_limited());
    let mut next = call(UploadFileV2::new("a").file(b"b".to_vec()), &pace, CallOptions::default());
    assert!(sleep(&mut next, START) >= 5 * SECOND);
}

#[test]
fn a_clock_that_is_set_back_blocks_nobody() {
    let pace = slow();
    let mut kept = details(&pace, CallOptions::default());
    assert!(is_sent(&mut details(&pace, CallOptions::default()), 10 * START));
    sleep(&mut kept, 10 * START);
    let mut now = START;
    for _ in 0..20 {
        let mut next = details(&pace, CallOptions::default());
        let wait = match next.poll(now) {
            Step::Send(_) => continue,
            Step::Sleep(wait) => wait,
            Step::Done(_) => panic!("it has no deadline"),
        };
        assert!(wait <= SECOND, "{wait:?}");
        now += wait;
        assert!(is_sent(&mut next, now));
    }
}

#[test]
fn what_calls_share_prints_itself_without_its_content() {
    assert_eq!(format!("{:?}", slow()), "SharedPace { .. }");
    let observer = imagekit_proto::event::Observer::new(|_| {});
    assert_eq!(format!("{observer:?}"), "Observer { .. }");
    let mut call = details(&slow(), CallOptions::default());
    assert!(format!("{call:?}").contains("ready"));
    let pace = SharedPace::new(Stubborn(false));
    call = call.with_pace(&pace);
    sleep(&mut call, START);
    assert!(format!("{call:?}").contains("waiting for its turn"));
}

/// A pace that grants nothing, and panics when asked to.
struct Stubborn(bool);

impl Pace for Stubborn {
    fn poll_permit(&mut self, _: Duration, _: RateClass, _: usize) -> Permission {
        assert!(!std::mem::take(&mut self.0), "a pace of the user's own");
        Permission::Sleep(Duration::ZERO)
    }

    fn on_response(&mut self, _: Duration, _: Permit, _: &Meta) {}
}

#[test]
fn a_pace_that_asks_for_no_wait_makes_nobody_spin() {
    let pace = SharedPace::new(Stubborn(false));
    let mut calls: Vec<_> = (0..2).map(|_| details(&pace, CallOptions::default())).collect();
    for call in &mut calls {
        assert!(sleep(call, START) >= MS);
    }
}

#[test]
fn a_pace_that_panics_leaves_the_others_alone() {
    let pace = SharedPace::new(Stubborn(true));
    let mut call = details(&pace, CallOptions::default());
    let poll = std::panic::AssertUnwindSafe(|| drop(call.poll(START)));
    assert!(std::panic::catch_unwind(poll).is_err());
    sleep(&mut details(&pace, CallOptions::default()), START);
}

#[test]
fn thousands_of_calls_wait_in_order() {
    let rate = Rate::per_second(100).burst(1);
    let pace = PaceOptions::default().headroom(0).start(RateClass::Read, rate).into();
    let mut calls: Vec<_> = (0..2_000).map(|_| details(&pace, CallOptions::default())).collect();
    let (sent, polls) = run(&mut calls, START);
    let expected: Vec<_> =
        (0..2_000).map(|number| (START + number as u32 * 10 * MS, number)).collect();
    assert_eq!(sent, expected);
    assert!(polls < 2_000 * 16, "{polls} polls");
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

    fn respond(&mut self, now: Duration) -> Response<Bytes> {
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
        let mut response = if is_allowed { file() } else { busy(reset) };
        for (name, value) in [("Limit", ALLOWED), ("Interval", 1_000), ("Reset", reset)] {
            let name = http::HeaderName::try_from(format!("X-RateLimit-{name}")).unwrap();
            response.headers_mut().insert(name, value.into());
        }
        response
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
    /// A caller polls its call.
    Poll,
    /// A request reaches the server.
    Arrive,
    /// A response reaches its caller.
    Return,
}

/// Lets 64 callers, spread over as many processes as there are paces, make calls one after the other
/// for two minutes. Returns how many responses were successes, and how many were 429s.
fn simulate(paces: &[SharedPace], kind: Kind, seed: u64) -> (u64, u64) {
    let mut random = Random(seed);
    let mut server = Limiter::new(kind);
    let mut events = BinaryHeap::new();
    let mut responses: BTreeMap<usize, Response<Bytes>> = BTreeMap::new();
    let (mut ok, mut refused) = (0, 0);
    let begin = |caller: usize| details(&paces[caller % paces.len()], CallOptions::default());
    let mut calls: Vec<_> = (0..64).map(begin).collect();
    events.extend((0..64).map(|caller| Reverse((START, Event::Poll, caller))));
    while let Some(Reverse((now, event, caller))) = events.pop() {
        if now > START + LENGTH {
            break;
        }
        let travel = (10 + random.below(40) as u32) * MS;
        let call = &mut calls[caller];
        match event {
            Event::Poll => match call.poll(now) {
                Step::Send(_) => events.push(Reverse((now + travel, Event::Arrive, caller))),
                Step::Sleep(wait) => {
                    // Timers fire a little late.
                    let late = random.below(2_000) as u32 * Duration::from_micros(1);
                    events.push(Reverse((now + wait + late, Event::Poll, caller)));
                }
                Step::Done(_) => {
                    *call = begin(caller);
                    events.push(Reverse((now, Event::Poll, caller)));
                }
            },
            Event::Arrive => {
                let response = server.respond(now);
                if response.status() == 200 {
                    ok += 1
                } else {
                    refused += 1
                }
                responses.insert(caller, response);
                events.push(Reverse((now + travel, Event::Return, caller)));
            }
            Event::Return => {
                call.on_response(now, responses.remove(&caller).unwrap());
                events.push(Reverse((now, Event::Poll, caller)));
            }
        }
    }
    (ok, refused)
}

fn check(ok: u64, refused: u64, kind: Kind) {
    let percent = |part: u64, whole: u64| part as f64 * 100.0 / whole as f64;
    let (used, lost) = (percent(ok, 120 * ALLOWED), percent(refused, ok + refused));
    assert!(used >= 95.0 && lost <= 1.0, "{kind:?}: {used:.2}% used, {lost:.2}% refused");
}

#[test]
fn sixty_four_callers_use_the_limit_without_exceeding_it() {
    for kind in [Kind::Fixed, Kind::Sliding, Kind::Bucket] {
        for seed in 0..2 {
            let (ok, refused) = simulate(&[PaceOptions::default().into()], kind, seed);
            check(ok, refused, kind);
        }
    }
}

/// What processes share.
#[derive(Clone, Default)]
struct Common(Arc<Mutex<PaceState>>);

impl Common {
    fn update<R>(&self, change: impl FnOnce(&mut PaceState, &PaceOptions) -> R) -> R {
        change(&mut self.0.lock().unwrap(), &PaceOptions::default())
    }
}

impl Pace for Common {
    fn poll_permit(&mut self, now: Duration, class: RateClass, ahead: usize) -> Permission {
        self.update(|state, options| state.poll_permit(options, now, class, ahead))
    }

    fn on_response(&mut self, now: Duration, permit: Permit, meta: &Meta) {
        self.update(|state, options| state.on_response(options, now, permit, meta));
    }
}

#[test]
fn two_processes_that_share_a_state_use_the_limit_without_exceeding_it() {
    for kind in [Kind::Fixed, Kind::Sliding, Kind::Bucket] {
        let common = Common::default();
        let paces = [SharedPace::new(common.clone()), SharedPace::new(common)];
        let (ok, refused) = simulate(&paces, kind, 9);
        check(ok, refused, kind);
    }
}

#[test]
fn two_processes_that_share_nothing_adapt_to_each_other() {
    let paces = [PaceOptions::default().into(), PaceOptions::default().into()];
    let (ok, refused) = simulate(&paces, Kind::Fixed, 9);
    assert!(refused * 20 <= ok, "{refused} of {ok} were refused");
    assert!(ok >= 120 * ALLOWED * 8 / 10, "{ok} were sent");
}
