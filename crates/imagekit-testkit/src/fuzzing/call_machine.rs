//! A call, driven in any order by a server that sends anything.
//!
//! Only guarantees are checked, of steps and of events; the retry table checks which status is retried.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;

use super::input::Input;
use imagekit_proto::CallOptions;
use imagekit_proto::Config;
use imagekit_proto::RetryPolicy;
use imagekit_proto::decode;
use imagekit_proto::error::{BuildError, DecodeError, ErrorKind, Failure, FailureKind};
use imagekit_proto::event::{CallEnd, CallEvent, EventKind, Observer};
use imagekit_proto::pace::PaceOptions;
use imagekit_proto::wire::Body;
use imagekit_proto::{Attempt, Call, Outcome, Step};
use imagekit_proto::{Endpoint, Idempotency, Operation, RequestContext};

const KEY: &str = "private_fuzz_key";

/// Drives a call by operations made from `bytes`.
///
/// # Panics
///
/// Too many attempts, an attempt or a wait beyond the deadline, a second request after one that may
/// have been applied, an error or event that hides that it may have been applied, a key in print, or
/// events that do not fit the steps.
pub fn call_machine(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let idempotency = input.choose(
        &[Idempotency::Idempotent, Idempotency::NonIdempotent, Idempotency::SingleUse],
        Idempotency::SingleUse,
    );
    let max_attempts = u32::from(input.byte() % 6);
    let deadline = (input.byte() % 2 == 0).then(|| Duration::from_millis(input.number(2)));
    let retry = RetryPolicy::default()
        .max_attempts(max_attempts)
        .base_delay(Duration::from_millis(input.number(2)))
        .max_delay(Duration::from_millis(input.number(2)));
    let options = CallOptions::default().retry(retry).deadline(deadline);
    let entropy = input.entropy();
    let Ok(config) = Config::new(KEY) else { panic!("the key is fine") };
    let events = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&events);
    let observer = Observer::new(move |event: &CallEvent| {
        seen.lock().unwrap_or_else(PoisonError::into_inner).push(event.clone());
    });
    let mut call = Call::new(&config, Probe(idempotency), options, entropy);
    if input.byte() % 2 == 0 {
        call = call.with_pace(&PaceOptions::default().into());
    }
    let mut call = call.with_observer(&observer);

    let mut clock = Duration::from_millis(input.number(3));
    let mut watch = Watch { idempotency, max_attempts, deadline, ..Watch::default() };
    while !input.is_empty() {
        let operation = input.byte();
        clock = match input.byte() {
            back @ 250.. => clock.saturating_sub(Duration::from_millis(back.into())),
            forth => clock.saturating_add(Duration::from_millis(u64::from(forth) * 8)),
        };
        watch.advance(clock);
        match operation % 3 {
            0 => match call.poll(clock) {
                Step::Send(attempt) => watch.sends(&attempt),
                Step::Sleep(wait) => watch.sleeps(wait),
                Step::Done(outcome) => watch.ends(&outcome),
            },
            1 => {
                let response = response(&mut input);
                watch.responds(&response);
                call.on_response(clock, response);
            }
            _ => {
                let kinds = [
                    FailureKind::NotSent,
                    FailureKind::Ambiguous,
                    FailureKind::Payload,
                    FailureKind::TooLarge,
                    FailureKind::Cancelled,
                ];
                let kind = input.choose(&kinds, FailureKind::Ambiguous);
                watch.fails(kind);
                watch.cancelled |= kind == FailureKind::Cancelled;
                call.on_failure(clock, Failure::new(kind, "failure"));
            }
        }
    }
    drop(call);
    check(&events.lock().unwrap_or_else(PoisonError::into_inner), &watch);
}

/// Checks that the events begin and end once, and tell what `watch` has seen.
fn check(events: &[CallEvent], watch: &Watch) {
    let Some((last, before)) = events.split_last() else {
        assert_eq!(watch.sends, 0);
        return;
    };
    let count =
        |fits: fn(&EventKind) -> bool| before.iter().filter(|event| fits(&event.kind)).count();
    assert!(matches!(before.first().map(|event| &event.kind), Some(EventKind::Began { .. })));
    assert_eq!(count(|kind| matches!(kind, EventKind::Began { .. })), 1);
    assert_eq!(count(|kind| matches!(kind, EventKind::Ended { .. })), 0);
    assert_eq!(count(|kind| matches!(kind, EventKind::Sending)), watch.sends as usize);
    assert!(events.is_sorted_by_key(|event| (event.attempt, event.elapsed)));
    let EventKind::Ended { end, may_have_been_applied, .. } = &last.kind else {
        panic!("the last event is {last:?}")
    };
    let is_success = *end == CallEnd::Success;
    // Dropped before it was done, or ended by a failure of that kind.
    let is_cancelled = *end == CallEnd::Cancelled;
    assert!(if is_cancelled { !watch.is_over || watch.cancelled } else { watch.is_over });
    let may_be_applied = watch.may_be_applied || watch.in_flight;
    assert!(is_success || *may_have_been_applied || !may_be_applied, "{last:?} hides it");
    assert!(!format!("{events:?}").contains(KEY));
}

/// A `POST` of any idempotency.
struct Probe(Idempotency);

impl Endpoint for Probe {
    type Output = Value;

    fn operation(&self) -> &'static Operation {
        const PROBE: &Operation =
            &Operation::new("probe", Method::POST, "/v1/probe", Idempotency::NonIdempotent, "");
        PROBE
    }

    fn idempotency(&self) -> Idempotency {
        self.0
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(self.operation()).empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Value, DecodeError> {
        decode::json(response)
    }
}

fn response(input: &mut Input<'_>) -> Response<Bytes> {
    let status = match input.choose(&[200, 204, 302, 404, 408, 409, 429, 500, 503, 1], 1) {
        1 => 100 + (input.number(2) % 900) as u16,
        status => status,
    };
    let mut response = Response::builder().status(status);
    response = match input.byte() % 6 {
        0 => response.header("X-RateLimit-Reset", input.number(2)),
        1 => response.header("retry-after-ms", input.number(2)),
        2 => response.header("Retry-After", input.number(1)),
        3 => response.header("Retry-After", "-1"),
        4 => response.header("x-should-retry", "false"),
        _ => response,
    };
    let body = if input.byte() % 4 > 0 { "{}" } else { "<html>" };
    match response.body(Bytes::from_static(body.as_bytes())) {
        Ok(response) => response,
        Err(error) => panic!("{error}"),
    }
}

/// The events so far, recorded independently of the call.
struct Watch {
    idempotency: Idempotency,
    max_attempts: u32,
    deadline: Option<Duration>,
    began: Option<Duration>,
    now: Duration,
    sends: u32,
    not_sent: u32,
    in_flight: bool,
    cancelled: bool,
    is_over: bool,
    may_be_applied: bool,
}

impl Default for Watch {
    fn default() -> Self {
        Self {
            idempotency: Idempotency::Idempotent,
            max_attempts: 0,
            deadline: None,
            began: None,
            now: Duration::ZERO,
            sends: 0,
            not_sent: 0,
            in_flight: false,
            cancelled: false,
            is_over: false,
            may_be_applied: false,
        }
    }
}

impl Watch {
    fn advance(&mut self, clock: Duration) {
        self.now = self.now.max(clock);
        self.began.get_or_insert(self.now);
    }

    fn is_within_deadline(&self, time: Duration) -> bool {
        let began = self.began.unwrap_or_default();
        self.deadline.is_none_or(|deadline| time < began.saturating_add(deadline))
    }

    fn sends(&mut self, attempt: &Attempt) {
        assert!(!self.is_over && !self.in_flight, "sent out of turn");
        let clear = !self.may_be_applied || self.idempotency == Idempotency::Idempotent;
        assert!(clear, "sent again although it may have been applied");
        self.sends += 1;
        self.in_flight = true;
        assert!(self.sends <= self.max_attempts.max(1), "{} attempts", self.sends);
        assert!(self.is_within_deadline(self.now), "sent after the deadline");
        let ends = self.now.saturating_add(attempt.timeout.unwrap_or_default());
        let began = self.began.unwrap_or_default();
        assert!(self.deadline.is_none_or(|deadline| ends <= began.saturating_add(deadline)));
    }

    fn sleeps(&self, wait: Duration) {
        assert!(!self.is_over && !self.in_flight && wait > Duration::ZERO);
        assert!(self.is_within_deadline(self.now.saturating_add(wait)), "too long a wait");
    }

    fn responds(&mut self, response: &Response<Bytes>) {
        if std::mem::take(&mut self.in_flight) {
            let status = response.status().as_u16();
            self.may_be_applied |= status == 408 || !(300..500).contains(&status);
        }
    }

    fn fails(&mut self, kind: FailureKind) {
        if std::mem::take(&mut self.in_flight) {
            self.not_sent += u32::from(kind == FailureKind::NotSent);
            self.may_be_applied |= !matches!(kind, FailureKind::NotSent | FailureKind::Payload);
        }
    }

    fn ends(&mut self, outcome: &Outcome<Value, &str>) {
        self.may_be_applied |= std::mem::take(&mut self.in_flight);
        let text = format!("{outcome:?}");
        assert!(!text.contains(KEY) && !text.contains("cHJpdmF0ZV9mdXp6X2tleTo"), "{text}");
        match outcome {
            Ok(reply) => {
                assert!(!self.is_over && reply.meta.status.is_success());
                assert!(reply.attempts <= self.sends - self.not_sent);
            }
            Err(error) => {
                assert!(error.attempts() <= self.sends - self.not_sent);
                let hidden = self.may_be_applied && !error.may_have_been_applied();
                assert!(!hidden, "an error hides that it may have been applied: {error}");
                assert!(!self.is_over || matches!(error.kind(), ErrorKind::Misuse(_)));
            }
        }
        self.is_over = true;
    }
}
