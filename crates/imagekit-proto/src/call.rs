//! One operation carried to its outcome: attempts, waits, deadline.
//!
//! ```text
//!            poll                     on_response / on_failure
//!  Ready ───────────► Step::Send, InFlight ───────────┬──► Decided ──poll──► Step::Done, Over
//!    ▲                                                │
//!    └──── poll, wait over ──── Waiting ◄─────────────┘
//!                                 └─ poll, too early ──► Step::Sleep (what is left)
//! ```

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::config::Config;
use crate::endpoint::{Endpoint, Prepare};
use crate::error::{Cause, Error, ErrorKind, Failure, Misuse, ParseError};
use crate::reply::Reply;
use crate::retry::{Advice, RetryPolicy, Verdict, judge_failure, judge_status, mix};
use crate::wire::{Body, Meta};

/// One operation carried to its outcome.
///
/// Drive it with a loop: [`poll`](Self::poll) says what to do next, and the answer of what was
/// sent goes back in through [`on_response`](Self::on_response) or
/// [`on_failure`](Self::on_failure). `now` is a time on any monotonic clock of the caller's.
/// Nothing in here panics, whatever the order of the calls. `T` is the transport's own error.
///
/// ```
/// use std::time::Duration;
/// use bytes::Bytes;
/// use imagekit_proto::api::files::GetFileDetails;
/// use imagekit_proto::{Call, Config, RetryPolicy, Step};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetFileDetails::new("598821f949c0a938d57563bd");
/// let mut call = Call::<_, std::io::Error>::new(&config, endpoint, RetryPolicy::default(), 7);
///
/// let Step::Send(attempt) = call.poll(Duration::ZERO) else { unreachable!() };
/// assert_eq!(attempt.request.uri().path(), "/v1/files/598821f949c0a938d57563bd/details");
///
/// // The server asks for a break of 200 milliseconds.
/// let busy = http::Response::builder().status(429).header("X-RateLimit-Reset", "200");
/// call.on_response(Duration::from_millis(10), busy.body(Bytes::new())?);
/// let Step::Sleep(wait) = call.poll(Duration::from_millis(10)) else { unreachable!() };
/// assert_eq!(wait, Duration::from_millis(200));
/// assert!(matches!(call.poll(Duration::from_millis(210)), Step::Send(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "a call does nothing until it is polled"]
pub struct Call<E: Endpoint, T> {
    config: Config,
    endpoint: E,
    policy: RetryPolicy,
    entropy: u128,
    payload_once: bool,
    attempts: u32,
    /// When the call began: the deadline counts from here.
    began: Option<Duration>,
    /// The latest time seen; earlier ones are taken for this.
    now: Duration,
    /// How the last attempt failed.
    last: Option<Cause<T>>,
    state: State<E::Output, T>,
}

enum State<O, T> {
    Ready,
    InFlight,
    Waiting { until: Duration },
    Decided(Box<Outcome<O, T>>),
    Over,
}

/// How a call ends.
pub type Outcome<O, T> = Result<Reply<O>, Error<T>>;

/// What to do next.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "a transport has to handle every case")]
#[expect(clippy::large_enum_variant, reason = "made and taken apart at once, once per attempt")]
#[must_use = "what it says has to be done"]
pub enum Step<O> {
    /// Send this request and report its response or failure.
    Send(Attempt),
    /// Wait this long, then poll again.
    Sleep(Duration),
    /// The call is over.
    Done(O),
}

/// One request to send.
#[derive(Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// The request. Its headers are complete.
    pub request: Request<Body>,
    /// How long the exchange may take, connecting and reading the body included. Running out
    /// of it is [`FailureKind::Ambiguous`](crate::error::FailureKind::Ambiguous), or `NotSent`
    /// if no connection was had.
    pub timeout: Option<Duration>,
    /// The longest response body to read, in bytes; a longer one is
    /// [`FailureKind::TooLarge`](crate::error::FailureKind::TooLarge).
    pub max_response: u64,
}

impl<E: Endpoint, T> Call<E, T> {
    /// A call of `endpoint`. `entropy` must be unpredictable and fresh for every call: form
    /// boundaries and the jitter of the waits are made from it.
    pub fn new(config: &Config, endpoint: E, policy: RetryPolicy, entropy: u128) -> Self {
        Self {
            config: config.clone(),
            endpoint,
            policy,
            entropy,
            payload_once: false,
            attempts: 0,
            began: None,
            now: Duration::ZERO,
            last: None,
            state: State::Ready,
        }
    }

    /// The payload cannot be opened again, so one attempt is all there is.
    pub fn payload_once(mut self) -> Self {
        self.payload_once = true;
        self
    }

    /// What to do next.
    ///
    /// `Send` is returned when an attempt is due, `Sleep` with what is left of a wait (as often
    /// as it is polled too early), `Done` once. Polling while a request is in flight ends the
    /// call with [`Misuse::PolledInFlight`]; polling after `Done` gives
    /// [`Misuse::PolledAfterDone`].
    pub fn poll(&mut self, now: Duration) -> Step<Outcome<E::Output, T>> {
        let now = self.advance(now);
        match std::mem::replace(&mut self.state, State::Over) {
            State::Waiting { until } if now < until => {
                self.state = State::Waiting { until };
                Step::Sleep(until - now)
            }
            State::Ready | State::Waiting { .. } => self.send(now),
            State::InFlight => {
                Step::Done(Err(self.error(ErrorKind::Misuse(Misuse::PolledInFlight))))
            }
            State::Decided(outcome) => Step::Done(*outcome),
            State::Over => Step::Done(Err(self.error(ErrorKind::Misuse(Misuse::PolledAfterDone)))),
        }
    }

    /// The response to what [`poll`](Self::poll) told to send.
    ///
    /// A response nobody asked for ends the call with [`Misuse::UnexpectedAnswer`], unless its
    /// outcome is decided already.
    pub fn on_response(&mut self, now: Duration, response: Response<Bytes>) {
        if !self.answered(now) {
            return;
        }
        match self.endpoint.parse(&response) {
            Ok(value) => {
                let meta = Meta::of(&response);
                let reply =
                    Reply { value, meta, body: response.into_body(), attempts: self.attempts };
                self.state = State::Decided(Box::new(Ok(reply)));
            }
            Err(ParseError::Decode(error)) => self.fail(ErrorKind::Decode(error)),
            Err(ParseError::Api(error)) => {
                let advice = Advice::of(error.status, response.headers());
                let verdict = judge_status(error.status, self.endpoint.repeat());
                self.conclude(verdict, advice, Cause::Api(error));
            }
        }
    }

    /// The failure of what [`poll`](Self::poll) told to send.
    ///
    /// A failure nobody asked for is treated as by [`on_response`](Self::on_response).
    pub fn on_failure(&mut self, now: Duration, failure: Failure<T>) {
        if !self.answered(now) {
            return;
        }
        let verdict = judge_failure(failure.kind, self.endpoint.repeat());
        self.conclude(verdict, Advice { stop: false, wait: None }, Cause::Transport(failure));
    }

    /// How many requests were sent so far.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    fn send(&mut self, now: Duration) -> Step<Outcome<E::Output, T>> {
        let timeout = match self.time_left(now) {
            Some(Duration::ZERO) => {
                let last = self.last.take();
                return Step::Done(Err(self.error(ErrorKind::Deadline { last })));
            }
            Some(left) => Some(self.policy.attempt_timeout.map_or(left, |limit| limit.min(left))),
            None => self.policy.attempt_timeout,
        };
        let entropy = mix(self.entropy, self.attempts);
        match self.endpoint.build(&Prepare::new(&self.config, entropy)) {
            Ok(request) => {
                self.attempts = self.attempts.saturating_add(1);
                self.state = State::InFlight;
                Step::Send(Attempt { request, timeout, max_response: self.policy.max_response })
            }
            Err(error) => Step::Done(Err(self.error(ErrorKind::Build(error)))),
        }
    }

    /// Whether an answer was asked for; if not, that is the end of the call.
    fn answered(&mut self, now: Duration) -> bool {
        self.advance(now);
        match self.state {
            State::InFlight => true,
            State::Ready | State::Waiting { .. } => {
                self.fail(ErrorKind::Misuse(Misuse::UnexpectedAnswer));
                false
            }
            State::Decided(_) | State::Over => false,
        }
    }

    /// Turns the verdict on a failed attempt into the next state.
    fn conclude(&mut self, verdict: Verdict, advice: Advice, cause: Cause<T>) {
        let left = self.time_left(self.now);
        match verdict {
            Verdict::Final => self.fail(cause.into()),
            Verdict::MaybeApplied => {
                let status = cause.status();
                self.fail(ErrorKind::MaybeApplied { status, cause });
            }
            Verdict::Again if left == Some(Duration::ZERO) => {
                self.fail(ErrorKind::Deadline { last: Some(cause) });
            }
            Verdict::Again
                if advice.stop
                    || self.payload_once
                    || self.attempts >= self.policy.max_attempts =>
            {
                self.fail(cause.into());
            }
            Verdict::Again => self.wait(advice, left, cause),
        }
    }

    /// Waits for the next attempt, or ends the call because it would wait too long.
    fn wait(&mut self, advice: Advice, left: Option<Duration>, cause: Cause<T>) {
        let too_long = |wait| left.is_some_and(|left| wait >= left);
        let wait = match advice.wait {
            Some(hint) if hint > self.policy.max_delay || too_long(hint) => {
                return self.fail(cause.into());
            }
            Some(hint) => hint,
            None => {
                let backoff = self.policy.backoff(self.attempts, mix(!self.entropy, self.attempts));
                if too_long(backoff) {
                    return self.fail(ErrorKind::Deadline { last: Some(cause) });
                }
                backoff
            }
        };
        self.last = Some(cause);
        self.state = State::Waiting { until: self.now.saturating_add(wait) };
    }

    fn fail(&mut self, kind: ErrorKind<T>) {
        self.state = State::Decided(Box::new(Err(self.error(kind))));
    }

    fn error(&self, kind: ErrorKind<T>) -> Error<T> {
        Error::new(self.endpoint.operation(), self.attempts, kind)
    }

    /// The later of `now` and every time seen before: a clock that goes back stands still.
    fn advance(&mut self, now: Duration) -> Duration {
        self.now = self.now.max(now);
        self.began.get_or_insert(self.now);
        self.now
    }

    /// What the deadline leaves. Timers count in milliseconds and may ring a fraction of one early:
    /// what is left then is no time to begin anything in.
    fn time_left(&self, now: Duration) -> Option<Duration> {
        const TICK: Duration = Duration::from_millis(1);
        let ends = self.began.unwrap_or(now).saturating_add(self.policy.deadline?);
        let left = ends.saturating_sub(now);
        Some(if left < TICK { Duration::ZERO } else { left })
    }
}

impl<E: Endpoint, T> fmt::Debug for Call<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Ready => "ready",
            State::InFlight => "in flight",
            State::Waiting { .. } => "waiting",
            State::Decided(_) => "decided",
            State::Over => "over",
        };
        f.debug_struct("Call")
            .field("operation", &self.endpoint.operation())
            .field("attempts", &self.attempts)
            .field("state", &state)
            .finish_non_exhaustive()
    }
}
