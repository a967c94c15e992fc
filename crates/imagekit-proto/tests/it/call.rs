//! A call, driven from outside by lists of operations.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};
use imagekit_proto::error::{ErrorKind, Failure, FailureKind};
use imagekit_proto::wire::Body;
use imagekit_proto::{
    BuildError, Call, Config, Endpoint, ParseError, Prepare, Repeat, RetryPolicy, Step, parse,
};
use proptest::collection::vec;
use proptest::prelude::*;

#[derive(Clone, Copy, Debug)]
struct Probe(Repeat);

impl Endpoint for Probe {
    type Output = ();

    fn operation(&self) -> &'static str {
        "probe"
    }

    fn repeat(&self) -> Repeat {
        self.0
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::GET).path("/v1/probe").empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<(), ParseError> {
        parse::empty(self.operation(), response)
    }
}

fn call(repeat: Repeat, policy: RetryPolicy) -> Call<Probe, &'static str> {
    Call::new(&Config::new("private_key").unwrap(), Probe(repeat), policy, 1)
}

fn answer(status: u16, headers: &[(&str, &str)]) -> Response<Bytes> {
    let response = Response::builder().status(status);
    let response = headers.iter().fold(response, |all, (name, value)| all.header(*name, *value));
    response.body(Bytes::new()).unwrap()
}

const MS: fn(u64) -> Duration = Duration::from_millis;

/// What happens to an attempt, and how long it takes.
#[derive(Clone, Debug)]
struct Event {
    took: u64,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Status(u16),
    /// 429 and how many milliseconds to wait.
    Busy(u64),
    Failure(FailureKind),
}

fn event() -> impl Strategy<Value = Event> {
    use FailureKind::{Ambiguous, Cancelled, NotSent, Payload, TooLarge};
    let kinds = [NotSent, Ambiguous, Payload, TooLarge, Cancelled];
    let what = prop_oneof![
        prop::sample::select(vec![200, 204, 302, 404, 408, 409, 429, 500, 503])
            .prop_map(What::Status),
        (0..3000_u64).prop_map(What::Busy),
        prop::sample::select(kinds.to_vec()).prop_map(What::Failure),
    ];
    (0..400_u64, what).prop_map(|(took, what)| Event { took, what })
}

proptest! {
    #![proptest_config(
        ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() }
    )]

    /// A well-behaved driver against any server.
    #[test]
    fn attempts_and_waits_keep_to_the_policy(
        events in vec(event(), 10),
        repeat in prop::sample::select(vec![Repeat::Safe, Repeat::OnlyIfUnsent, Repeat::Once]),
        max_attempts in 0..8_u32,
        deadline in prop::option::of(0..5000_u64),
        entropy in any::<u128>(),
    ) {
        let policy = RetryPolicy::default().max_attempts(max_attempts).max_delay(MS(2000));
        let policy = policy.deadline(deadline.map(MS));
        let config = Config::new("private_key").unwrap();
        let mut call = Call::<_, &str>::new(&config, Probe(repeat), policy, entropy);
        let began = MS(1_000_000);
        let (mut now, mut slept, mut sends) = (began, Duration::ZERO, 0);
        let mut earliest = began;
        let mut may_send = true;
        let mut events = events.into_iter();
        let outcome = loop {
            match call.poll(now) {
                Step::Send(_) => {
                    prop_assert!(may_send && now >= earliest);
                    sends += 1;
                    let event = events.next().expect("attempts are limited");
                    now += MS(event.took);
                    let hint = match event.what {
                        What::Status(status) => {
                            call.on_response(now, answer(status, &[]));
                            may_send = status == 429 && repeat != Repeat::Once
                                || (status == 408 || status >= 500) && repeat == Repeat::Safe;
                            0
                        }
                        What::Busy(wait) => {
                            let text = wait.to_string();
                            call.on_response(now, answer(429, &[("x-ratelimit-reset", &text)]));
                            may_send = repeat != Repeat::Once && wait <= 2000;
                            wait
                        }
                        What::Failure(kind) => {
                            call.on_failure(now, Failure::new(kind, "failure"));
                            may_send = kind == FailureKind::NotSent
                                || kind == FailureKind::Ambiguous && repeat == Repeat::Safe;
                            0
                        }
                    };
                    earliest = now + MS(hint);
                }
                Step::Sleep(wait) => {
                    prop_assert!(may_send && wait <= MS(2000));
                    slept += wait;
                    now += wait;
                }
                Step::Done(outcome) => break outcome,
            }
        };
        prop_assert!(sends <= max_attempts.max(1));
        prop_assert_eq!(call.attempts(), sends);
        prop_assert!(deadline.is_none_or(|deadline| slept <= MS(deadline)));
        if let Err(error) = outcome {
            prop_assert_eq!(error.attempts(), sends);
            let ambiguous = error.failure().is_some_and(|f| f.kind == FailureKind::Ambiguous);
            prop_assert!(!ambiguous || repeat == Repeat::Safe || error.is_maybe_applied());
        }
    }
}

#[test]
fn an_early_poll_returns_what_is_left() {
    let mut call = call(Repeat::Safe, RetryPolicy::default());
    assert!(matches!(call.poll(MS(0)), Step::Send(_)));
    call.on_response(MS(10), answer(429, &[("x-ratelimit-reset", "200")]));
    assert!(matches!(call.poll(MS(10)), Step::Sleep(wait) if wait == MS(200)));
    assert!(matches!(call.poll(MS(150)), Step::Sleep(wait) if wait == MS(60)));
    // A clock that goes back stands still.
    assert!(matches!(call.poll(MS(20)), Step::Sleep(wait) if wait == MS(60)));
    assert!(matches!(call.poll(MS(210)), Step::Send(_)));
}

#[test]
fn a_hint_that_reaches_the_cap_is_kept_and_one_beyond_ends_the_call() {
    for (hint, sleeps) in [("2000", true), ("2000.001", false), ("2001", false)] {
        let mut call = call(Repeat::Safe, RetryPolicy::default().max_delay(MS(2000)));
        assert!(matches!(call.poll(MS(0)), Step::Send(_)));
        call.on_response(MS(0), answer(503, &[("retry-after-ms", hint)]));
        match call.poll(MS(0)) {
            Step::Sleep(wait) => assert!(sleeps && wait == MS(2000), "{hint}"),
            Step::Done(Err(error)) => assert!(!sleeps && error.attempts() == 1, "{hint}"),
            step => panic!("{step:?}"),
        }
    }
}

#[test]
fn at_the_deadline_an_open_outcome_stays_open() {
    let policy = || RetryPolicy::default().deadline(MS(100));
    let end = |repeat| {
        let mut call = call(repeat, policy());
        assert!(matches!(call.poll(MS(0)), Step::Send(a) if a.timeout == Some(MS(100))));
        call.on_failure(MS(100), Failure::new(FailureKind::Ambiguous, "timeout"));
        let Step::Done(Err(error)) = call.poll(MS(100)) else { panic!("it is over") };
        error
    };
    assert!(matches!(end(Repeat::Safe).kind(), ErrorKind::Deadline { last: Some(_), .. }));
    assert!(end(Repeat::OnlyIfUnsent).is_maybe_applied());
    assert!(end(Repeat::Once).is_maybe_applied());
}

/// A wait that would end at the deadline is not begun: nothing could be sent after it.
#[test]
fn a_hint_that_reaches_the_deadline_ends_the_call() {
    for (hint, sleeps) in [("89", true), ("90", false), ("91", false)] {
        let mut call = call(Repeat::Safe, RetryPolicy::default().deadline(MS(100)));
        assert!(matches!(call.poll(MS(0)), Step::Send(_)));
        call.on_response(MS(10), answer(429, &[("x-ratelimit-reset", hint)]));
        match call.poll(MS(10)) {
            Step::Sleep(_) => assert!(sleeps, "{hint}"),
            Step::Done(Err(error)) => {
                assert!(!sleeps && matches!(error.kind(), ErrorKind::Api(_)), "{hint}");
            }
            step => panic!("{step:?}"),
        }
    }
}

/// Timers count in milliseconds: what they leave of the deadline is no time for another attempt.
#[test]
fn a_timer_that_rings_a_moment_early_meets_the_deadline() {
    let policy = RetryPolicy::default().base_delay(Duration::ZERO).deadline(Duration::from_secs(1));
    let mut call = call(Repeat::Safe, policy);
    assert!(matches!(call.poll(Duration::ZERO), Step::Send(_)));
    let early = Duration::from_micros(999_400);
    call.on_failure(early, Failure::new(FailureKind::NotSent, "timed out"));
    let Step::Done(Err(error)) = call.poll(early) else { panic!() };
    assert!(matches!(error.kind(), ErrorKind::Deadline { last: Some(_), .. }), "{error}");
    assert_eq!(error.attempts(), 1);
}

/// A driver that oversleeps finds the deadline passed, and what was known before it.
#[test]
fn oversleeping_meets_the_deadline() {
    let mut call = call(Repeat::OnlyIfUnsent, RetryPolicy::default().deadline(MS(100)));
    assert!(matches!(call.poll(MS(0)), Step::Send(_)));
    call.on_response(MS(10), answer(429, &[("x-ratelimit-reset", "50")]));
    assert!(matches!(call.poll(MS(10)), Step::Sleep(_)));
    let Step::Done(Err(error)) = call.poll(MS(100)) else { panic!("it is over") };
    assert!(matches!(error.kind(), ErrorKind::Deadline { .. }) && error.is_rate_limited());
}

/// What a wait hides is not lost when the driver makes a mistake.
#[test]
fn mistakes_of_a_driver_are_told() {
    let mut call = call(Repeat::Safe, RetryPolicy::default());
    call.on_response(MS(0), answer(200, &[]));
    let Step::Done(Err(error)) = call.poll(MS(0)) else { panic!("it is over") };
    assert!(matches!(error.kind(), ErrorKind::Misuse(_)));
    assert_eq!(error.attempts(), 0);
    assert!(matches!(call.poll(MS(0)), Step::Done(Err(_))));
}
