//! A call, driven in any order by a server that answers anything.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;

use super::input::Input;
use crate::call::{Attempt, Call, Outcome, Step};
use crate::config::Config;
use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::{ErrorKind, Failure, FailureKind, Misuse, ParseError};
use crate::parse;
use crate::retry::RetryPolicy;
use crate::wire::Body;

const KEY: &str = "private_fuzz_key";

/// Drives a call by operations made from `bytes`.
///
/// # Panics
///
/// Too many attempts, an attempt before its hint or after the deadline, a repetition of what may
/// have been applied, a wait beyond the deadline, an outcome that the last answer does not bear
/// out, or a key in print.
pub fn call_machine(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let endpoint = Probe(input.choose(&[Repeat::Safe, Repeat::OnlyIfUnsent], Repeat::Once));
    let endpoint = if input.byte() % 4 == 0 { Probe(Repeat::Once) } else { endpoint };
    let mut policy = RetryPolicy::default()
        .max_attempts(u32::from(input.byte() % 6))
        .base_delay(Duration::from_millis(input.number(2)))
        .max_delay(Duration::from_millis(input.number(2)));
    if input.byte() % 2 == 0 {
        policy = policy.attempt_timeout(Duration::from_millis(input.number(2)));
    }
    if input.byte() % 2 == 0 {
        policy = policy.deadline(Duration::from_millis(input.number(2)));
    }
    let once = input.byte() % 4 == 0;
    let (Ok(config), entropy) = (Config::new(KEY), input.entropy()) else {
        panic!("the key is fine")
    };
    let mut call = Call::new(&config, endpoint, policy.clone(), entropy);
    if once {
        call = call.payload_once();
    }
    let mut clock = Duration::from_millis(input.number(3));
    let mut watch = Watch::new(endpoint.0, policy, once);
    // A patient driver polls again after a wait; a hasty one does anything.
    let hasty = input.byte() % 2 == 0;
    while !input.is_empty() {
        let operation = Operation::read(&mut input, hasty, watch.in_flight);
        clock = match input.byte() {
            back @ 250.. => clock.saturating_sub(Duration::from_millis(u64::from(back))),
            forth => clock.saturating_add(Duration::from_millis(u64::from(forth) * 8)),
        };
        let now = watch.advance(clock);
        match operation {
            Operation::Poll => match call.poll(clock) {
                Step::Send(attempt) => watch.sent(now, &attempt),
                Step::Sleep(wait) => {
                    watch.slept(now, wait);
                    if !hasty {
                        clock = now.saturating_add(wait);
                    }
                }
                Step::Done(outcome) => watch.done(&outcome),
            },
            Operation::Respond(answer) => {
                watch.answered(now, answer);
                call.on_response(clock, answer.response());
            }
            Operation::Fail(kind) => {
                watch.failed(now, kind);
                call.on_failure(clock, Failure::new(kind, "failure"));
            }
        }
        assert_eq!(call.attempts(), watch.sends);
    }
}

/// An operation that may be repeated like this.
#[derive(Clone, Copy)]
struct Probe(Repeat);

impl Endpoint for Probe {
    type Output = Value;

    fn operation(&self) -> &'static str {
        "probe"
    }

    fn repeat(&self) -> Repeat {
        self.0
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::GET).path("/v1/probe").empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Value, ParseError> {
        parse::json(self.operation(), response)
    }
}

enum Operation {
    Poll,
    Respond(Answer),
    Fail(FailureKind),
}

impl Operation {
    fn read(input: &mut Input<'_>, hasty: bool, in_flight: bool) -> Self {
        let what = input.byte() % 3;
        // Most drivers answer what was sent, and nothing else.
        if !hasty && in_flight == (what == 0) {
            return if in_flight { Self::Respond(Answer::read(input)) } else { Self::Poll };
        }
        let kinds = [
            FailureKind::NotSent,
            FailureKind::Ambiguous,
            FailureKind::Payload,
            FailureKind::TooLarge,
            FailureKind::Cancelled,
        ];
        match what {
            0 => Self::Poll,
            1 => Self::Respond(Answer::read(input)),
            _ => Self::Fail(input.choose(&kinds, FailureKind::Ambiguous)),
        }
    }
}

/// What a server answers.
#[derive(Clone, Copy, Debug)]
struct Answer {
    status: u16,
    fine: bool,
    hint: Option<Hint>,
    stop: bool,
}

#[derive(Clone, Copy, Debug)]
enum Hint {
    Reset(u16),
    AfterMs(u16),
    After(u8),
    Garbled,
}

impl Answer {
    fn read(input: &mut Input<'_>) -> Self {
        let status = match input.choose(&[200, 204, 302, 404, 408, 409, 429, 500, 503, 1], 1) {
            1 => 100 + (input.number(2) % 900) as u16,
            status => status,
        };
        let (fine, stop) = (input.byte() % 4 > 0, input.byte() % 8 == 7);
        let hint = match input.byte() % 5 {
            0 => Some(Hint::Reset(input.number(2) as u16)),
            1 => Some(Hint::AfterMs(input.number(2) as u16)),
            2 => Some(Hint::After(input.byte() % 64)),
            3 => Some(Hint::Garbled),
            _ => None,
        };
        Self { status, fine, hint, stop }
    }

    fn response(self) -> Response<Bytes> {
        let body = if self.fine { "{}" } else { "<html>" };
        let mut response = Response::builder().status(self.status);
        response = match self.hint {
            Some(Hint::Reset(ms)) => response.header("X-RateLimit-Reset", ms),
            Some(Hint::AfterMs(ms)) => response.header("retry-after-ms", ms),
            Some(Hint::After(seconds)) => response.header("Retry-After", u16::from(seconds)),
            Some(Hint::Garbled) => response.header("Retry-After", "-1"),
            None => response,
        };
        if self.stop {
            response = response.header("x-should-retry", "false");
        }
        match response.body(Bytes::from_static(body.as_bytes())) {
            Ok(response) => response,
            Err(error) => panic!("{error}"),
        }
    }

    fn wait(self) -> Option<Duration> {
        match self.hint? {
            Hint::Reset(ms) => (self.status == 429).then(|| Duration::from_millis(ms.into())),
            Hint::AfterMs(ms) => Some(Duration::from_millis(ms.into())),
            Hint::After(seconds) => Some(Duration::from_secs(seconds.into())),
            Hint::Garbled => None,
        }
    }

    fn is_success(self) -> bool {
        (200..300).contains(&self.status)
    }

    fn is_ambiguous(self) -> bool {
        self.status == 408 || (500..600).contains(&self.status)
    }
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Answered(Answer),
    Failed(FailureKind),
}

/// What may happen, kept independently of the call.
struct Watch {
    repeat: Repeat,
    policy: RetryPolicy,
    once: bool,
    sends: u32,
    in_flight: bool,
    done: bool,
    /// The driver did what it must not.
    misused: bool,
    began: Option<Duration>,
    now: Duration,
    /// The fate of the last attempt, and when it was known.
    last: Option<(Duration, Fate)>,
    /// When the wait that was told ends.
    until: Option<Duration>,
}

impl Watch {
    fn new(repeat: Repeat, policy: RetryPolicy, once: bool) -> Self {
        Self {
            repeat,
            policy,
            once,
            sends: 0,
            in_flight: false,
            done: false,
            misused: false,
            began: None,
            now: Duration::ZERO,
            last: None,
            until: None,
        }
    }

    fn advance(&mut self, clock: Duration) -> Duration {
        self.now = self.now.max(clock);
        self.began.get_or_insert(self.now);
        self.now
    }

    /// When the deadline is.
    fn ends(&self) -> Option<Duration> {
        Some(self.began.unwrap_or_default().saturating_add(self.policy.deadline?))
    }

    fn answered(&mut self, now: Duration, answer: Answer) {
        self.fate(now, Fate::Answered(answer));
    }

    fn failed(&mut self, now: Duration, kind: FailureKind) {
        self.fate(now, Fate::Failed(kind));
    }

    fn fate(&mut self, now: Duration, fate: Fate) {
        if self.in_flight {
            self.last = Some((now, fate));
            self.in_flight = false;
        } else {
            self.misused = true;
        }
    }

    fn sent(&mut self, now: Duration, attempt: &Attempt) {
        assert!(!self.done && !self.in_flight, "sent out of turn");
        self.sends += 1;
        self.in_flight = true;
        assert!(self.sends <= self.policy.max_attempts.max(1), "{} attempts", self.sends);
        assert!(self.ends().is_none_or(|ends| now < ends), "sent after the deadline");
        let left = self.ends().map(|ends| ends.saturating_sub(now));
        let allowed = [left, self.policy.attempt_timeout].into_iter().flatten().min();
        assert_eq!(attempt.timeout, allowed);
        assert!(self.until.take().is_none_or(|until| until <= now), "sent before the wait is over");
        let Some((since, fate)) = self.last else {
            return assert_eq!(self.sends, 1);
        };
        assert!(!self.once, "a payload that is gone was sent again");
        let repeatable = match fate {
            Fate::Answered(answer) => {
                let wait = answer.wait().unwrap_or_default();
                assert!(wait <= self.policy.max_delay, "waited for a hint beyond the cap");
                assert!(now >= since.saturating_add(wait), "sent before the hint");
                !answer.stop
                    && match self.repeat {
                        Repeat::Safe => answer.status == 429 || answer.is_ambiguous(),
                        Repeat::OnlyIfUnsent => answer.status == 429,
                        Repeat::Once => false,
                    }
            }
            Fate::Failed(FailureKind::NotSent) => true,
            Fate::Failed(FailureKind::Ambiguous) => self.repeat == Repeat::Safe,
            Fate::Failed(_) => false,
        };
        assert!(repeatable, "{fate:?} was repeated although {:?}", self.repeat);
    }

    fn slept(&mut self, now: Duration, wait: Duration) {
        assert!(!self.done && !self.in_flight && wait > Duration::ZERO);
        let until = now.saturating_add(wait);
        assert!(self.ends().is_none_or(|ends| until < ends), "a wait beyond the deadline");
        if let Some(told) = self.until {
            assert_eq!(told, until, "the wait moved");
        }
        if let Some((since, _)) = self.last {
            assert!(until.saturating_sub(since) <= self.policy.max_delay, "too long a wait");
        }
        self.until = Some(until);
    }

    fn done(&mut self, outcome: &Outcome<Value, &str>) {
        let last = self.last.map(|(_, fate)| fate);
        let attempts = match outcome {
            Ok(reply) => reply.attempts,
            Err(error) => error.attempts(),
        };
        assert_eq!(attempts, self.sends);
        let text = format!("{outcome:?}");
        assert!(!text.contains(KEY) && !text.contains("cHJpdmF0ZV9mdXp6X2tleTo"), "{text}");
        let again = std::mem::replace(&mut self.done, true);
        let in_flight = std::mem::take(&mut self.in_flight);
        match outcome {
            Ok(_) => {
                let fine = matches!(last, Some(Fate::Answered(a)) if a.is_success() && a.fine);
                assert!(fine && !again, "{last:?} is no success");
            }
            Err(error) => self.failed_with(error.kind(), last, again, in_flight),
        }
    }

    fn failed_with(
        &self,
        kind: &ErrorKind<&str>,
        last: Option<Fate>,
        again: bool,
        in_flight: bool,
    ) {
        let ambiguous = match last {
            Some(Fate::Answered(answer)) => answer.is_ambiguous(),
            Some(Fate::Failed(kind)) => kind == FailureKind::Ambiguous,
            None => false,
        };
        match kind {
            ErrorKind::Misuse(Misuse::PolledAfterDone) => assert!(again),
            _ if again => panic!("{kind:?} although it was over"),
            ErrorKind::Misuse(Misuse::PolledInFlight) => assert!(in_flight),
            ErrorKind::Misuse(Misuse::UnexpectedAnswer) => assert!(self.misused),
            ErrorKind::MaybeApplied { .. } => {
                assert!(ambiguous && self.repeat != Repeat::Safe, "{last:?} is clear");
            }
            ErrorKind::Deadline { last: cause } => {
                assert!(self.policy.deadline.is_some());
                assert_eq!(cause.is_some(), last.is_some());
                assert!(!ambiguous || self.repeat == Repeat::Safe, "{last:?} may be applied");
            }
            ErrorKind::Api(_) => {
                let error = matches!(last, Some(Fate::Answered(a)) if !a.is_success());
                assert!(error, "{last:?} is no error of the API");
                assert!(!ambiguous || self.repeat == Repeat::Safe, "{last:?} may be applied");
            }
            ErrorKind::Decode(_) => {
                let broken = matches!(last, Some(Fate::Answered(a)) if a.is_success() && !a.fine);
                assert!(broken, "{last:?} can be read");
            }
            ErrorKind::Transport(_) => {
                assert!(matches!(last, Some(Fate::Failed(_))), "{last:?} is an answer");
                assert!(!ambiguous || self.repeat == Repeat::Safe, "{last:?} may be applied");
            }
            ErrorKind::Build(error) => panic!("{error}"),
        }
    }
}
