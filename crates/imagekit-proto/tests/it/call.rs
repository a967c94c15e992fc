//! A call, driven from outside by lists of operations.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};
use imagekit_proto::error::{ErrorKind, Failure, FailureKind};
use imagekit_proto::wire::Body;
use imagekit_proto::{
    BuildError, Call, CallOptions, Config, DecodeError, Endpoint, Idempotency, Operation, Outcome,
    RequestContext, RetryPolicy, Step, decode,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// A request of any method and idempotency.
#[derive(Clone, Copy, Debug)]
struct Probe(&'static Operation);

impl Endpoint for Probe {
    type Output = ();

    fn operation(&self) -> &'static Operation {
        self.0
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        let request = cx.request(self.0);
        if self.0.path.contains('{') { request.param("id", "a")?.empty() } else { request.empty() }
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<(), DecodeError> {
        decode::empty(response)
    }
}

const fn probe(method: Method, idempotency: Idempotency) -> Operation {
    Operation::new("probe", method, "/v1/probe", idempotency, "")
}

static GET: Operation = probe(Method::GET, Idempotency::Idempotent);
static PUT: Operation = probe(Method::PUT, Idempotency::Idempotent);
static POST: Operation = probe(Method::POST, Idempotency::NonIdempotent);
static SIGNED: Operation = probe(Method::POST, Idempotency::SingleUse);
static DELETE: Operation =
    Operation::new("probe", Method::DELETE, "/v1/probe/{id}", Idempotency::Idempotent, "");
static DELETE_BY_BODY: Operation = probe(Method::DELETE, Idempotency::Idempotent);

fn call(operation: &'static Operation, options: CallOptions) -> Call<Probe, &'static str> {
    Call::new(&Config::new("private_key").unwrap(), Probe(operation), options, 1)
}

fn options() -> CallOptions {
    CallOptions::default()
}

fn cap(max_delay: Duration) -> CallOptions {
    options().retry(RetryPolicy::default().max_delay(max_delay))
}

/// Sends until the call ends: each event is a status, or the kind of a failure.
fn run(
    operation: &'static Operation,
    options: CallOptions,
    events: &[Result<u16, FailureKind>],
) -> Outcome<(), &'static str> {
    let mut call = call(operation, options);
    let (mut events, mut now) = (events.iter(), Duration::ZERO);
    loop {
        match call.poll(now) {
            Step::Send(_) => match *events.next().expect("another attempt") {
                Ok(status) => call.on_response(now, response(status, &[])),
                Err(kind) => call.on_failure(now, Failure::new(kind, "failure")),
            },
            Step::Sleep(wait) => now += wait,
            Step::Done(outcome) => {
                assert_eq!(events.next(), None, "fewer attempts");
                return outcome;
            }
        }
    }
}

fn response(status: u16, headers: &[(&str, &str)]) -> Response<Bytes> {
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
        operation in prop::sample::select(vec![&GET, &PUT, &POST, &SIGNED]),
        max_attempts in 0..8_u32,
        deadline in prop::option::of(0..5000_u64),
        entropy in any::<u128>(),
    ) {
        let repeat = operation.idempotency;
        let retry = RetryPolicy::default().max_attempts(max_attempts).max_delay(MS(2000));
        let options = options().retry(retry).deadline(deadline.map(MS));
        let config = Config::new("private_key").unwrap();
        let mut call = Call::<_, &str>::new(&config, Probe(operation), options, entropy);
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
                            call.on_response(now, response(status, &[]));
                            may_send = status == 429 && repeat != Idempotency::SingleUse
                                || (status == 408 || status >= 500) && repeat == Idempotency::Idempotent;
                            0
                        }
                        What::Busy(wait) => {
                            let text = wait.to_string();
                            call.on_response(now, response(429, &[("x-ratelimit-reset", &text)]));
                            may_send = repeat != Idempotency::SingleUse && wait <= 2000;
                            wait
                        }
                        What::Failure(kind) => {
                            call.on_failure(now, Failure::new(kind, "failure"));
                            may_send = kind == FailureKind::NotSent
                                || kind == FailureKind::Ambiguous && repeat == Idempotency::Idempotent;
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
        prop_assert!(call.attempts() <= sends);
        prop_assert!(deadline.is_none_or(|deadline| slept <= MS(deadline)));
        if let Err(error) = outcome {
            prop_assert_eq!(error.attempts(), call.attempts());
            let ambiguous = error.failure().is_some_and(|f| f.kind == FailureKind::Ambiguous);
            prop_assert!(!ambiguous || repeat == Idempotency::Idempotent || error.may_have_been_applied());
        }
    }
}

#[test]
fn an_early_poll_returns_what_is_left() {
    let mut call = call(&GET, options());
    assert!(matches!(call.poll(MS(0)), Step::Send(_)));
    call.on_response(MS(10), response(429, &[("x-ratelimit-reset", "200")]));
    assert!(matches!(call.poll(MS(10)), Step::Sleep(wait) if wait == MS(200)));
    assert!(matches!(call.poll(MS(150)), Step::Sleep(wait) if wait == MS(60)));
    // A clock that goes backwards counts as standing still.
    assert!(matches!(call.poll(MS(20)), Step::Sleep(wait) if wait == MS(60)));
    assert!(matches!(call.poll(MS(210)), Step::Send(_)));
}

#[test]
fn a_hint_that_reaches_the_cap_is_kept_and_one_beyond_ends_the_call() {
    for (hint, sleeps) in [("2000", true), ("2000.001", false), ("2001", false)] {
        let mut call = call(&GET, cap(MS(2000)));
        assert!(matches!(call.poll(MS(0)), Step::Send(_)));
        call.on_response(MS(0), response(503, &[("retry-after-ms", hint)]));
        match call.poll(MS(0)) {
            Step::Sleep(wait) => assert!(sleeps && wait == MS(2000), "{hint}"),
            Step::Done(Err(error)) => assert!(!sleeps && error.attempts() == 1, "{hint}"),
            step => panic!("{step:?}"),
        }
    }
}

#[test]
fn at_the_deadline_an_open_outcome_stays_open() {
    let end = |operation| {
        let mut call = call(operation, options().deadline(MS(100)));
        assert!(matches!(call.poll(MS(0)), Step::Send(a) if a.timeout == Some(MS(100))));
        call.on_failure(MS(100), Failure::new(FailureKind::Ambiguous, "timeout"));
        let Step::Done(Err(error)) = call.poll(MS(100)) else { panic!("it is over") };
        error
    };
    assert!(matches!(end(&GET).kind(), ErrorKind::Deadline { last: Some(_), .. }));
    assert!(end(&POST).may_have_been_applied());
    assert!(end(&SIGNED).may_have_been_applied());
}

/// A wait that would end at the deadline is not begun: nothing could be sent after it.
#[test]
fn a_hint_that_reaches_the_deadline_ends_the_call() {
    for (hint, sleeps) in [("89", true), ("90", false), ("91", false)] {
        let mut call = call(&GET, options().deadline(MS(100)));
        assert!(matches!(call.poll(MS(0)), Step::Send(_)));
        call.on_response(MS(10), response(429, &[("x-ratelimit-reset", hint)]));
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
fn a_timer_that_fires_a_moment_early_meets_the_deadline() {
    let at_once = RetryPolicy::default().base_delay(Duration::ZERO);
    let mut call = call(&GET, options().retry(at_once).deadline(Duration::from_secs(1)));
    assert!(matches!(call.poll(Duration::ZERO), Step::Send(_)));
    let early = Duration::from_micros(999_400);
    call.on_failure(early, Failure::new(FailureKind::NotSent, "timed out"));
    let Step::Done(Err(error)) = call.poll(early) else { panic!() };
    assert!(matches!(error.kind(), ErrorKind::Deadline { last: Some(_), .. }), "{error}");
    assert_eq!(error.attempts(), 0);
}

/// A driver that oversleeps finds the deadline passed, and what was known before it.
#[test]
fn oversleeping_meets_the_deadline() {
    let mut call = call(&POST, options().deadline(MS(100)));
    assert!(matches!(call.poll(MS(0)), Step::Send(_)));
    call.on_response(MS(10), response(429, &[("x-ratelimit-reset", "50")]));
    assert!(matches!(call.poll(MS(10)), Step::Sleep(_)));
    let Step::Done(Err(error)) = call.poll(MS(100)) else { panic!("it is over") };
    assert!(matches!(error.kind(), ErrorKind::Deadline { .. }) && error.is_rate_limited());
}

/// What a wait hides is not lost when the driver makes a mistake.
#[test]
fn mistakes_of_a_driver_are_told() {
    let mut call = call(&GET, options());
    call.on_response(MS(0), response(200, &[]));
    let Step::Done(Err(error)) = call.poll(MS(0)) else { panic!("it is over") };
    assert!(matches!(error.kind(), ErrorKind::Misuse(_)));
    assert_eq!(error.attempts(), 0);
    assert!(matches!(call.poll(MS(0)), Step::Done(Err(_))));
}

#[test]
fn attempts_without_a_connection_do_not_count() {
    use FailureKind::NotSent;
    let error = run(&GET, options(), &[Err(NotSent), Ok(503), Err(NotSent)]).unwrap_err();
    assert_eq!(error.attempts(), 1);
    let reply = run(&GET, options(), &[Err(NotSent), Err(NotSent), Ok(200)]).unwrap();
    assert_eq!(reply.attempts, 1);
}

/// Once the fate of an attempt is unknown, no later attempt hides it.
#[test]
fn may_have_been_applied_stays_true_in_later_attempts() {
    use FailureKind::{Ambiguous, Cancelled, NotSent, Payload, TooLarge};
    for (operation, events, expected) in [
        (&PUT, &[Err(Ambiguous), Err(NotSent), Err(NotSent)][..], true),
        (&PUT, &[Ok(503), Ok(404)], true),
        (&PUT, &[Ok(408), Err(Payload)], true),
        (&PUT, &[Ok(429), Err(NotSent), Ok(404)], false),
        (&PUT, &[Err(TooLarge)], true),
        (&PUT, &[Err(Cancelled)], true),
        (&PUT, &[Err(Payload)], false),
        (&PUT, &[Ok(400)], false),
        (&GET, &[Err(Ambiguous), Ok(503), Ok(404)], false),
        (&GET, &[Err(TooLarge)], false),
        (&POST, &[Err(TooLarge)], true),
        (&POST, &[Ok(100)], true),
        (&POST, &[Ok(600)], true),
        (&POST, &[Ok(999)], true),
        (&POST, &[Ok(501)], true),
        (&POST, &[Ok(302)], false),
        (&POST, &[Ok(409)], false),
        (&SIGNED, &[Ok(429)], false),
        (&SIGNED, &[Err(Ambiguous)], true),
    ] {
        let error = run(operation, options(), events).unwrap_err();
        assert_eq!(error.may_have_been_applied(), expected, "{operation:?} {events:?}: {error}");
        assert_eq!(error.to_string().contains("may have been applied"), expected, "{error}");
    }
}

#[test]
fn a_cancelled_call_sends_nothing_more() {
    // Before its first attempt, with a request that was not sent, and between two attempts.
    for (operation, polls, response, expected) in [
        (&POST, 0, None, false),
        (&POST, 1, None, false),
        (&POST, 1, Some(429), false),
        (&PUT, 1, Some(503), true),
    ] {
        let mut call = call(operation, options());
        for _ in 0..polls {
            assert!(matches!(call.poll(MS(0)), Step::Send(_)));
        }
        if let Some(status) = response {
            let response = Response::builder().status(status).body(Bytes::new()).unwrap();
            call.on_response(MS(0), response);
        }
        call.cancel(MS(1), "cancelled");
        let Step::Done(Err(error)) = call.poll(MS(1)) else { panic!("it goes on") };
        assert!(error.is_cancelled(), "{error:?}");
        assert_eq!(error.may_have_been_applied(), expected, "{error}");
        assert_eq!(error.attempts(), u32::from(response.is_some()));
    }
}

#[test]
fn a_call_that_is_decided_is_not_cancelled() {
    let mut call = call(&POST, options());
    assert!(matches!(call.poll(MS(0)), Step::Send(_)));
    call.on_response(MS(0), Response::builder().status(400).body(Bytes::new()).unwrap());
    call.cancel(MS(0), "cancelled");
    let Step::Done(Err(error)) = call.poll(MS(0)) else { panic!("it failed") };
    assert!(!error.is_cancelled() && error.status().unwrap() == 400);
    call.cancel(MS(0), "cancelled");
    let Step::Done(Err(error)) = call.poll(MS(0)) else { panic!("it is over") };
    assert!(matches!(error.kind(), ErrorKind::Misuse(_)));
}

#[test]
fn a_success_that_cannot_be_decoded_may_have_been_applied() {
    for (operation, expected) in [(&GET, false), (&PUT, true), (&POST, true)] {
        let mut call = call(operation, options());
        assert!(matches!(call.poll(MS(0)), Step::Send(_)));
        call.on_response(MS(0), Response::new(Bytes::from("<html>")));
        let Step::Done(Err(error)) = call.poll(MS(0)) else { panic!("it is no result") };
        assert!(matches!(error.kind(), ErrorKind::Decode(_)));
        assert_eq!(error.may_have_been_applied(), expected, "{operation:?}");
    }
}

/// The first attempt has deleted it, and only its response was lost.
#[test]
fn a_repeated_delete_that_finds_nothing_is_a_success() {
    use FailureKind::{Ambiguous, NotSent};
    let reply = run(&DELETE, options(), &[Err(Ambiguous), Ok(404)]).unwrap();
    assert_eq!((reply.meta.status.as_u16(), reply.attempts), (404, 2));
    assert!(run(&DELETE, options(), &[Ok(503), Ok(404)]).is_ok());
    assert!(run(&DELETE, options(), &[Ok(404)]).unwrap_err().is_not_found());
    assert!(run(&DELETE, options(), &[Err(NotSent), Ok(404)]).unwrap_err().is_not_found());
    assert!(run(&DELETE, options(), &[Ok(429), Ok(404)]).unwrap_err().is_not_found());
    assert!(run(&DELETE_BY_BODY, options(), &[Ok(503), Ok(404)]).is_err());
    assert!(run(&PUT, options(), &[Ok(503), Ok(404)]).is_err());
}

#[test]
fn what_is_assumed_idempotent_is_retried_and_a_token_is_not() {
    let assumed = || options().assume_idempotent(true);
    assert!(run(&POST, options(), &[Ok(503)]).is_err());
    assert!(run(&POST, assumed(), &[Ok(503), Err(FailureKind::Ambiguous), Ok(200)]).is_ok());
    assert!(run(&SIGNED, assumed(), &[Ok(503)]).unwrap_err().may_have_been_applied());
    assert!(run(&SIGNED, assumed(), &[Ok(429)]).unwrap_err().is_rate_limited());
}

#[test]
fn a_payload_that_cannot_be_read_again_is_sent_once() {
    use imagekit_proto::api::upload::UploadFile;
    let config = Config::new("private_key").unwrap();
    let upload = || Call::<_, &str>::new(&config, UploadFile::new("a"), options(), 1);
    let mut call = upload().with_payload_once(3);
    assert!(
        matches!(call.poll(MS(0)), Step::Send(a) if a.request.body().external_len() == Some(3))
    );
    call.on_failure(MS(0), Failure::new(FailureKind::NotSent, "refused"));
    assert!(matches!(call.poll(MS(0)), Step::Done(Err(_))));

    let mut call = upload().with_payload(3);
    assert!(matches!(call.poll(MS(0)), Step::Send(_)));
    call.on_failure(MS(0), Failure::new(FailureKind::NotSent, "refused"));
    assert!(matches!(call.poll(MS(600)), Step::Sleep(_) | Step::Send(_)));
}

#[test]
fn a_payload_and_a_request_that_do_not_fit_are_refused() {
    use imagekit_proto::api::upload::{FileSource, UploadFile};
    let config = Config::new("private_key").unwrap();
    let refused = |mut call: Call<UploadFile, &'static str>| {
        let Step::Done(Err(error)) = call.poll(MS(0)) else { panic!("it was sent") };
        error.into_kind()
    };
    let upload = |upload| Call::new(&config, upload, options(), 1);
    let missing = refused(upload(UploadFile::new("a")));
    assert!(matches!(missing, ErrorKind::Build(BuildError::PayloadMissing)), "{missing:?}");
    let url = UploadFile::new("a").file(FileSource::url("https://example.com/a"));
    let two = refused(upload(url).with_payload(3));
    assert!(matches!(two, ErrorKind::Build(BuildError::PayloadUnused)), "{two:?}");
    let mut call = call(&PUT, options()).with_payload(3);
    let Step::Done(Err(error)) = call.poll(MS(0)) else { panic!("it was sent") };
    assert!(matches!(error.kind(), ErrorKind::Build(BuildError::PayloadUnused)));
}

#[test]
fn uploads_have_an_idle_timeout_and_other_calls_a_timeout() {
    use imagekit_proto::api::upload::{FileSource, UploadFile};
    let config = Config::new("private_key").unwrap();
    let minute = Some(Duration::from_secs(60));
    let timeouts = |options| {
        let url = UploadFile::new("a").file(FileSource::url("https://example.com/a"));
        let mut upload = Call::<_, &str>::new(&config, url, options, 1);
        let Step::Send(attempt) = upload.poll(MS(0)) else { panic!("it is due") };
        (attempt.timeout, attempt.idle_timeout)
    };
    assert_eq!(timeouts(options()), (None, minute));
    assert_eq!(timeouts(options().deadline(MS(100))), (Some(MS(100)), minute));
    assert_eq!(timeouts(options().attempt_timeout(MS(5)).idle_timeout(None)), (Some(MS(5)), None));
    let Step::Send(attempt) = call(&GET, options()).poll(MS(0)) else { panic!("it is due") };
    assert_eq!((attempt.timeout, attempt.idle_timeout), (minute, None));
}

#[test]
fn attempts_are_counted_when_they_have_ended() {
    let mut call = call(&GET, options());
    assert_eq!(call.attempts(), 0);
    for sent in 1..3 {
        let Step::Send(_) = call.poll(MS(10_000 * sent)) else { panic!("{call:?}") };
        call.on_response(MS(10_000 * sent), response(503, &[]));
        assert_eq!(u64::from(call.attempts()), sent);
    }
}

#[test]
fn debug_prints_the_state() {
    let mut call = call(&GET, options());
    let printed = |call: &Call<Probe, _>| format!("{call:?}");
    assert_eq!(printed(&call), r#"Call { operation: "probe", attempts: 0, state: "ready", .. }"#);
    drop(call.poll(MS(0)));
    assert!(printed(&call).contains("in flight"));
    call.on_response(MS(0), response(503, &[("retry-after-ms", "5")]));
    assert!(printed(&call).contains("waiting"));
    drop(call.poll(MS(5)));
    call.on_response(MS(5), response(404, &[]));
    assert!(printed(&call).contains("decided"));
    drop(call.poll(MS(5)));
    assert!(printed(&call).contains("over"));
}

/// An upload whose payload nobody announced, or the other way round.
#[test]
fn a_payload_and_its_announcement_belong_together() {
    struct External(bool);

    impl Endpoint for External {
        type Output = ();

        fn operation(&self) -> &'static Operation {
            &POST
        }

        fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
            let mut request = cx.request(&POST).empty()?;
            if self.0 {
                *request.body_mut() = Body::external(Bytes::new(), 3, Bytes::new());
            }
            Ok(request)
        }

        fn decode(&self, response: &Response<Bytes>) -> Result<(), DecodeError> {
            decode::empty(response)
        }
    }

    let config = Config::new("private_key").unwrap();
    let call = |external| Call::<_, &str>::new(&config, External(external), options(), 1);
    let error = |mut call: Call<External, &str>| match call.poll(MS(0)) {
        Step::Done(Err(error)) => match error.into_kind() {
            ErrorKind::Build(error) => Some(error),
            kind => panic!("{kind:?}"),
        },
        _ => None,
    };
    assert_eq!(error(call(true)), Some(BuildError::PayloadMissing));
    assert_eq!(error(call(false).with_payload(3)), Some(BuildError::PayloadUnused));
    assert_eq!(error(call(true).with_payload(3)), None);
    assert_eq!(error(call(false)), None);
}

#[test]
fn a_forbidden_retry_is_not_made() {
    for stop in ["false", "FALSE"] {
        let mut call = call(&GET, options());
        drop(call.poll(MS(0)));
        call.on_response(MS(0), response(503, &[("x-should-retry", stop)]));
        let Step::Done(Err(error)) = call.poll(MS(0)) else { panic!("it goes on") };
        assert!(matches!(error.kind(), ErrorKind::Api(_)), "{error:?}");
    }
}

#[test]
fn a_deadline_that_has_passed_is_named_although_no_attempt_is_left() {
    let one = options().retry(RetryPolicy::never()).deadline(MS(10));
    let mut call = call(&GET, one);
    drop(call.poll(MS(0)));
    call.on_failure(MS(10), Failure::new(FailureKind::Ambiguous, "late"));
    let Step::Done(Err(error)) = call.poll(MS(10)) else { panic!("it goes on") };
    assert!(matches!(error.kind(), ErrorKind::Deadline { last: Some(_), .. }), "{error:?}");
}

#[test]
fn a_millisecond_is_enough_for_an_attempt() {
    for (waited, is_sent) in [(9_000, true), (9_001, false)] {
        let mut call = call(&GET, options().deadline(MS(10)));
        let Step::Send(_) = call.poll(MS(0)) else { panic!("{call:?}") };
        call.on_response(MS(0), response(503, &[("retry-after-ms", "8")]));
        let step = call.poll(Duration::from_micros(waited));
        match step {
            Step::Send(attempt) => assert!(is_sent && attempt.timeout == Some(MS(1))),
            Step::Done(Err(error)) => {
                assert!(
                    !is_sent && matches!(error.kind(), ErrorKind::Deadline { .. }),
                    "{error:?}"
                );
            }
            _ => panic!("{waited}"),
        }
    }
}

/// Without a length of zero a transport may fall back to chunks, or leave the server waiting.
#[test]
fn a_request_without_a_body_says_so_where_one_is_expected() {
    for (operation, length) in
        [(&GET, None), (&DELETE, None), (&POST, Some("0")), (&PUT, Some("0"))]
    {
        let Step::Send(attempt) = call(operation, options()).poll(MS(0)) else { panic!("unsent") };
        let sent = attempt.request.headers().get("content-length");
        assert_eq!(sent.map(|value| value.to_str().unwrap()), length, "{}", operation.method);
    }
}
