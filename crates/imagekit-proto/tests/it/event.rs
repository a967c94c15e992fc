//! What calls report.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Response, StatusCode};
use imagekit_proto::api::files::{DeleteFile, GetFileDetails};
use imagekit_proto::error::{Failure, FailureKind};
use imagekit_proto::event::{CallEnd, CallEvent, EventKind, Observer, WaitReason};
use imagekit_proto::pace::{PaceOptions, Rate, RateClass};
use imagekit_proto::{Call, CallOptions, Config, Endpoint, RetryPolicy, Step, operation};

const MS: Duration = Duration::from_millis(1);
const START: Duration = Duration::from_secs(100);
/// The file of the sample response.
const ID: &str = "598821f949c0a938d57563bd";

/// The events of all calls with the same observer.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<CallEvent>>>);

impl Events {
    fn observer(&self) -> Observer {
        let events = Arc::clone(&self.0);
        Observer::new(move |event| events.lock().unwrap().push(event.clone()))
    }

    fn take(&self) -> Vec<CallEvent> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    /// The events in short: attempt, milliseconds since the call began, what.
    fn short(&self) -> Vec<(u32, u128, String)> {
        self.take().iter().map(short).collect()
    }
}

fn short(event: &CallEvent) -> (u32, u128, String) {
    let code = |status: Option<StatusCode>| status.map_or(0, |status| status.as_u16());
    let id = |id: &Option<String>| id.clone().unwrap_or_default();
    let kind = match &event.kind {
        EventKind::Began { method, .. } => format!("began {method}"),
        EventKind::Waiting { wait, reason, .. } => format!("waits {wait:?} {reason}"),
        EventKind::Sending => "sends".to_owned(),
        EventKind::Response { status, request_id, took, .. } => {
            format!("{} {} {took:?}", status.as_u16(), id(request_id))
        }
        EventKind::Failure { failure, is_timeout, took, .. } => {
            format!("{failure:?} {is_timeout} {took:?}")
        }
        EventKind::Ended { end, attempts, status, request_id, may_have_been_applied, .. } => {
            let (status, id) = (code(*status), id(request_id));
            format!("{end} {attempts} {status} {id} {may_have_been_applied}")
        }
        other => format!("{other:?}"),
    };
    (event.attempt, event.elapsed.as_millis(), kind)
}

fn own(expected: &[(u32, u128, &str)]) -> Vec<(u32, u128, String)> {
    expected.iter().map(|(attempt, ms, what)| (*attempt, *ms, (*what).to_owned())).collect()
}

fn call<E: Endpoint>(endpoint: E, events: &Events) -> Call<E, &'static str> {
    let retry = RetryPolicy::default().base_delay(Duration::ZERO);
    let options = CallOptions::default().retry(retry);
    Call::new(&Config::new("private_key").unwrap(), endpoint, options, 7)
        .with_observer(&events.observer())
}

fn details(events: &Events) -> Call<GetFileDetails, &'static str> {
    call(GetFileDetails::new(ID), events)
}

fn response(status: u16, header: (&'static str, &str)) -> Response<Bytes> {
    let response = Response::builder().status(status).header(header.0, header.1);
    response.body(Bytes::new()).unwrap()
}

fn sends<E: Endpoint>(call: &mut Call<E, &'static str>, now: Duration) {
    assert!(matches!(call.poll(now), Step::Send(_)));
}

#[test]
fn a_call_tells_what_it_does() {
    let events = Events::default();
    let mut call = details(&events);
    assert_eq!(events.take(), []);
    sends(&mut call, START);
    call.on_response(START + 10 * MS, response(429, ("X-RateLimit-Reset", "200")));
    assert!(matches!(call.poll(START + 10 * MS), Step::Sleep(_)));
    assert!(matches!(call.poll(START + 110 * MS), Step::Sleep(_)));
    sends(&mut call, START + 210 * MS);
    let failure = Failure::new(FailureKind::Ambiguous, "reset").timeout(true);
    call.on_failure(START + 240 * MS, failure);
    assert!(matches!(call.poll(START + 240 * MS), Step::Send(_)));
    let mut found = operation::find("get-file-details").unwrap().sample_response();
    found.headers_mut().insert("x-ik-requestid", "r3".parse().unwrap());
    call.on_response(START + 300 * MS, found);
    assert!(matches!(call.poll(START + 300 * MS), Step::Done(Ok(_))));
    // Nothing follows.
    assert!(matches!(call.poll(START + 300 * MS), Step::Done(Err(_))));
    drop(call);
    let expected = [
        (0, 0, "began GET"),
        (1, 0, "sends"),
        (1, 10, "429  10ms"),
        (1, 10, "waits 200ms server-hint"),
        (2, 210, "sends"),
        (2, 240, "Ambiguous true 30ms"),
        (2, 240, "waits 0ns backoff"),
        (3, 240, "sends"),
        (3, 300, "200 r3 60ms"),
        (3, 300, "success 3 200 r3 false"),
    ];
    assert_eq!(events.short(), own(&expected));
}

#[test]
fn events_name_operation_and_rate_limit_and_calls_are_numbered() {
    let events = Events::default();
    let observer = events.observer();
    let config = Config::new("private_key").unwrap();
    for number in 1..=2 {
        let delete = DeleteFile::new(ID);
        let call = Call::<_, &str>::new(&config, delete, CallOptions::default(), 7);
        let mut call = call.with_observer(&observer);
        sends(&mut call, START);
        call.on_response(START, response(403, ("X-RateLimit-Limit", "40")));
        assert!(matches!(call.poll(START), Step::Done(Err(_))));
        let events = events.take();
        assert!(events.iter().all(|event| event.operation == "delete-file"));
        assert!(events.iter().all(|event| event.call == number), "{events:?}");
        assert!(matches!(&events[0].kind, EventKind::Began { method: Method::DELETE, .. }));
        let EventKind::Response { rate_limit: Some(limit), .. } = &events[2].kind else {
            panic!("{events:?}")
        };
        assert_eq!(limit.limit, Some(40));
        assert_eq!(short(&events[3]), (1, 0, "api 1 403  false".to_owned()));
    }
}

#[test]
fn a_wait_for_the_pace_is_one_event() {
    let events = Events::default();
    let rate = Rate::per_second(1).burst(1);
    let pace = PaceOptions::default().headroom(0).start(RateClass::Read, rate).into();
    sends(&mut details(&Events::default()).with_pace(&pace), START);
    let mut paced = details(&events).with_pace(&pace);
    for now in [0, 100, 600] {
        assert!(matches!(paced.poll(START + now * MS), Step::Sleep(_)));
    }
    sends(&mut paced, START + 1_000 * MS);
    let expected = [(0, 0, "began GET"), (0, 0, "waits 1s pace"), (1, 1_000, "sends")];
    assert_eq!(events.short(), own(&expected));
    // It is told again when the next attempt waits.
    paced.on_failure(START + 1_000 * MS, Failure::new(FailureKind::NotSent, "down"));
    assert!(matches!(paced.poll(START + 1_100 * MS), Step::Sleep(_)));
    drop(paced);
    let expected = [
        (1, 1_000, "NotSent false 0ns"),
        (1, 1_000, "waits 0ns backoff"),
        (1, 1_100, "waits 900ms pace"),
        (1, 1_100, "cancelled 0 0  false"),
    ];
    assert_eq!(events.short(), own(&expected));
}

#[test]
fn a_turn_that_comes_too_late_is_an_end() {
    let events = Events::default();
    let rate = Rate::per_second(1).burst(1);
    let pace = PaceOptions::default().start(RateClass::Read, rate).into();
    sends(&mut details(&Events::default()).with_pace(&pace), START);
    let options = CallOptions::default().deadline(MS * 500);
    let endpoint = GetFileDetails::new(ID);
    let call = Call::<_, &str>::new(&Config::new("k").unwrap(), endpoint, options, 7);
    let mut call = call.with_pace(&pace).with_observer(&events.observer());
    assert!(matches!(call.poll(START), Step::Done(Err(_))));
    assert_eq!(events.short(), own(&[(0, 0, "began GET"), (0, 0, "permit-too-late 0 0  false")]));
}

#[test]
fn a_call_that_never_sends_ends_too() {
    let events = Events::default();
    let mut broken = call(GetFileDetails::new(""), &events);
    assert!(matches!(broken.poll(START), Step::Done(Err(_))));
    assert_eq!(events.short(), own(&[(0, 0, "began GET"), (0, 0, "build 0 0  false")]));
    let failure = Failure::new(FailureKind::Payload, "no such file");
    let mut lost = details(&events).not_begun(failure);
    let Step::Done(Err(error)) = lost.poll(START) else { panic!("it begins") };
    assert_eq!((error.attempts(), error.failure().unwrap().source), (0, "no such file"));
    assert_eq!(events.short(), own(&[(0, 0, "began GET"), (0, 0, "transport 0 0  false")]));
    // The first reason counts, and a call that has begun goes on.
    let failure = |text| Failure::new(FailureKind::Payload, text);
    let Step::Done(Err(error)) =
        details(&events).not_begun(failure("first")).not_begun(failure("second")).poll(START)
    else {
        panic!("it begins")
    };
    assert_eq!(error.failure().unwrap().source, "first");
    let mut call = details(&events);
    sends(&mut call, START);
    let mut call = call.not_begun(failure("late"));
    call.on_response(START, response(403, ("x", "y")));
    let Step::Done(Err(error)) = call.poll(START) else { panic!("it goes on") };
    assert!(error.is_auth_failure());
}

#[test]
fn a_dropped_call_says_what_may_have_happened() {
    let events = Events::default();
    drop(details(&events));
    assert_eq!(events.take(), []);
    for (method, applied) in [("GET", false), ("DELETE", true)] {
        let cancelled = |attempts, applied| format!("cancelled {attempts} 0  {applied}");
        let last = |events: &Events| events.short().pop().unwrap().2;
        let endpoint: Box<dyn Endpoint<Output = ()>> = match method {
            "GET" => Box::new(Discard(GetFileDetails::new(ID))),
            _ => Box::new(Discard(DeleteFile::new(ID))),
        };
        // In flight.
        let mut dropped = call(&endpoint, &events);
        sends(&mut dropped, START);
        drop(dropped);
        assert_eq!(last(&events), cancelled(1, applied));
        // Between two attempts.
        let mut dropped = call(&endpoint, &events);
        sends(&mut dropped, START);
        dropped.on_response(START, response(503, ("retry-after", "1")));
        drop(dropped);
        assert_eq!(last(&events), cancelled(1, applied));
        let mut dropped = call(&endpoint, &events);
        sends(&mut dropped, START);
        dropped.on_failure(START, Failure::new(FailureKind::NotSent, "down"));
        drop(dropped);
        assert_eq!(last(&events), cancelled(0, false));
    }
}

/// An endpoint whose result is of no interest.
struct Discard<E>(E);

impl<E: Endpoint> Endpoint for Discard<E> {
    type Output = ();

    fn operation(&self) -> &'static imagekit_proto::Operation {
        self.0.operation()
    }

    fn build(
        &self,
        cx: &imagekit_proto::RequestContext<'_>,
    ) -> Result<http::Request<imagekit_proto::wire::Body>, imagekit_proto::BuildError> {
        self.0.build(cx)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<(), imagekit_proto::DecodeError> {
        self.0.decode(response).map(drop)
    }
}

#[test]
fn a_function_that_panics_ends_its_call_alone() {
    let observer = Observer::new(|event| {
        assert!(!matches!(event.kind, EventKind::Sending), "a function of the user's own");
    });
    let begin = || {
        let call = Call::<_, &str>::new(
            &Config::new("k").unwrap(),
            GetFileDetails::new(ID),
            CallOptions::default(),
            7,
        );
        call.with_observer(&observer)
    };
    // It is dropped while the panic goes on, without a second one.
    let panics = catch_unwind(AssertUnwindSafe(|| drop(begin().poll(START))));
    assert!(panics.is_err());
    let mut kept = begin();
    assert!(catch_unwind(AssertUnwindSafe(|| drop(kept.poll(START)))).is_err());
    assert!(matches!(kept.poll(START), Step::Done(Err(_))));
}

#[test]
fn ends_and_reasons_have_labels() {
    for (end, label) in [
        (CallEnd::Success, "success"),
        (CallEnd::Build, "build"),
        (CallEnd::Api, "api"),
        (CallEnd::Decode, "decode"),
        (CallEnd::MaybeApplied, "maybe-applied"),
        (CallEnd::Transport, "transport"),
        (CallEnd::Deadline, "deadline"),
        (CallEnd::PermitTooLate, "permit-too-late"),
        (CallEnd::Misuse, "misuse"),
        (CallEnd::Cancelled, "cancelled"),
    ] {
        assert_eq!(end.to_string(), label);
    }
    for (reason, label) in [
        (WaitReason::Backoff, "backoff"),
        (WaitReason::ServerHint, "server-hint"),
        (WaitReason::Pace, "pace"),
    ] {
        assert_eq!(reason.to_string(), label);
    }
}
