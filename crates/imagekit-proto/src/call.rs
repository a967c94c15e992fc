//! Sans-I/O state machine for one call: retries, backoff, deadline.
//!
//! ```text
//!            poll                      on_response / on_failure
//!  Ready ───────────► Step::Send, InFlight ───────────┬──► Decided ──poll──► Step::Done, Over
//!    ▲                                                │
//!    └──── poll, wait over ──── Waiting ◄─────────────┘
//!                                 └─ poll, too early ──► Step::Sleep (what is left)
//! ```
//!
//! A paced call is `Pacing` between `Ready` and `InFlight`, with its request, until it has a permit.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

use crate::config::{Config, Server};
use crate::endpoint::{Endpoint, Idempotency, RequestContext};
use crate::error::{ApiError, BuildError, Cause, Error, ErrorKind, Failure, FailureKind, Misuse};
use crate::event::{Observed, Observer, WaitReason};
use crate::meta::Meta;
use crate::options::CallOptions;
use crate::pace::{Asked, RateClass, SharedPace, Turn};
use crate::reply::Reply;
use crate::retry::{Verdict, judge_failure, judge_status, leaves_fate_unknown};
use crate::wire::Body;

/// Sans-I/O state machine for one call: retries, backoff, deadline.
///
/// Drive it with a loop: [`poll`](Self::poll) returns what to do next, and the response or failure of
/// what was sent is reported with [`on_response`](Self::on_response) or
/// [`on_failure`](Self::on_failure). `now` is the time on any monotonic clock of the caller. Nothing
/// in here panics, in whatever order the methods are called. `T` is the transport's own error.
///
/// ```
/// use std::time::Duration;
/// use bytes::Bytes;
/// use imagekit_proto::api::files::GetFileDetails;
/// use imagekit_proto::{Call, CallOptions, Config, Step};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetFileDetails::new("598821f949c0a938d57563bd");
/// let mut call = Call::<_, std::io::Error>::new(&config, endpoint, CallOptions::default(), 7);
///
/// let Step::Send(attempt) = call.poll(Duration::ZERO) else { unreachable!() };
/// assert_eq!(attempt.request.uri().path(), "/v1/files/598821f949c0a938d57563bd/details");
///
/// // The server asks for a wait of 200 milliseconds.
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
    options: CallOptions,
    entropy: u128,
    payload_len: Option<u64>,
    payload_once: bool,
    /// Attempts begun.
    begun: u32,
    /// Attempts that found a connection.
    sent: u32,
    /// Whether any attempt may have taken effect on the server.
    fate_unknown: bool,
    /// When the call began: the deadline counts from here.
    began: Option<Duration>,
    /// The latest time seen; earlier ones are taken for this.
    now: Duration,
    /// How the last attempt failed.
    last: Option<Cause<T>>,
    state: State<E::Output, T>,
    /// Boxed, as `observed` is, to keep calls small that have none.
    turn: Option<Box<Turn>>,
    observed: Option<Box<Observed>>,
}

enum State<O, T> {
    Ready,
    Pacing(Box<Request<Body>>),
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
#[must_use = "the transport has to do what the step says"]
pub enum Step<O> {
    /// Send this request and report its response or failure.
    Send(Attempt),
    /// Wait this long, then poll again.
    Sleep(Duration),
    /// The call is over.
    Done(O),
}

/// One request to send, with a body of type `B`.
#[derive(Debug)]
#[non_exhaustive]
pub struct Attempt<B = Body> {
    /// The request. Its headers are complete.
    pub request: Request<B>,
    /// How long the attempt may take, connecting and both bodies included. When it runs out, report
    /// [`FailureKind::Ambiguous`](crate::error::FailureKind::Ambiguous), or `NotSent` if there was
    /// no connection yet.
    pub timeout: Option<Duration>,
    /// How long the attempt may go without progress: without a byte of the request taken or a byte
    /// of the response delivered. Report it like `timeout`.
    pub idle_timeout: Option<Duration>,
    /// The longest response body to read, in bytes. For a longer one, report
    /// [`FailureKind::TooLarge`](crate::error::FailureKind::TooLarge).
    pub max_response: u64,
}

impl<B> Attempt<B> {
    /// Takes the body out.
    pub(crate) fn take_body(self) -> (Attempt<()>, B) {
        let Self { request, timeout, idle_timeout, max_response } = self;
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts, ());
        (Attempt { request, timeout, idle_timeout, max_response }, body)
    }

    /// Replaces the body.
    pub(crate) fn with_body<C>(self, body: C) -> Attempt<C> {
        let Self { request, timeout, idle_timeout, max_response } = self;
        Attempt { request: request.map(|_| body), timeout, idle_timeout, max_response }
    }
}

impl<E: Endpoint, T> Call<E, T> {
    /// Creates a call of `endpoint`. `entropy` must be unpredictable and fresh for every call: form
    /// boundaries and the jitter of the backoff are made from it.
    pub fn new(config: &Config, endpoint: E, options: CallOptions, entropy: u128) -> Self {
        Self {
            config: config.clone(),
            endpoint,
            options,
            entropy,
            payload_len: None,
            payload_once: false,
            begun: 0,
            sent: 0,
            fate_unknown: false,
            began: None,
            now: Duration::ZERO,
            last: None,
            state: State::Ready,
            turn: None,
            observed: None,
        }
    }

    /// Lets each attempt wait for its turn under the rate limit.
    pub fn with_pace(mut self, pace: &SharedPace) -> Self {
        let class = RateClass::of(self.endpoint.operation());
        self.turn = Some(Box::new(Turn::new(pace.clone(), class)));
        self
    }

    /// Reports what the call does.
    pub fn with_observer(mut self, observer: &Observer) -> Self {
        self.observed().report_to(observer.clone());
        self
    }

    /// Records what the call does in its span: see [`call_span`](crate::event::call_span). A span that
    /// nobody subscribes to costs nothing.
    #[cfg(feature = "tracing")]
    pub fn with_span(mut self, span: &tracing::Span) -> Self {
        if !span.is_disabled() {
            self.observed().record_in(span.clone());
        }
        self
    }

    fn observed(&mut self) -> &mut Observed {
        let operation = self.endpoint.operation();
        self.observed.get_or_insert_with(|| Box::new(Observed::new(operation)))
    }

    /// Ends the call before its first attempt, because the transport cannot begin (without a runtime,
    /// without its payload): the next [`poll`](Self::poll) returns the failure.
    pub fn not_begun(mut self, failure: Failure<T>) -> Self {
        if let State::Ready = self.state {
            self.fail(ErrorKind::Transport(failure));
        }
        self
    }

    /// Announces a payload of exactly `len` bytes, which the transport supplies in every attempt.
    pub fn with_payload(mut self, len: u64) -> Self {
        self.payload_len = Some(len);
        self
    }

    /// Announces a payload of exactly `len` bytes, which the transport can supply only once: nothing
    /// is retried.
    pub fn with_payload_once(mut self, len: u64) -> Self {
        self.payload_once = true;
        self.with_payload(len)
    }

    /// Returns what to do next.
    ///
    /// `Send` when an attempt is due, `Sleep` with what is left of a wait (each time it is polled
    /// too early), `Done` once. Polling while a request is in flight ends the call with
    /// [`Misuse::PolledInFlight`]; polling after `Done` gives [`Misuse::PolledAfterDone`].
    pub fn poll(&mut self, now: Duration) -> Step<Outcome<E::Output, T>> {
        let now = self.advance(now);
        match std::mem::replace(&mut self.state, State::Over) {
            State::Waiting { until } if now < until => {
                self.state = State::Waiting { until };
                Step::Sleep(until - now)
            }
            State::Ready | State::Waiting { .. } => self.prepare(now),
            State::Pacing(request) => self.take_turn(now, request),
            State::InFlight => {
                self.note_fate(true);
                self.end(ErrorKind::Misuse(Misuse::PolledInFlight))
            }
            State::Decided(outcome) => {
                self.note_end(&outcome);
                Step::Done(*outcome)
            }
            State::Over => self.end(ErrorKind::Misuse(Misuse::PolledAfterDone)),
        }
    }

    fn end(&mut self, kind: ErrorKind<T>) -> Step<Outcome<E::Output, T>> {
        let outcome = Err(self.error(kind));
        self.note_end(&outcome);
        Step::Done(outcome)
    }

    fn note_end(&mut self, outcome: &Outcome<E::Output, T>) {
        // Gives up its place, if it waits for its turn.
        self.turn = None;
        if let Some(observed) = &mut self.observed {
            observed.ended(outcome);
        }
    }

    /// Reports the response to the request that [`poll`](Self::poll) returned.
    ///
    /// A response without a request in flight ends the call with [`Misuse::UnexpectedResponse`],
    /// unless the call has ended already.
    pub fn on_response(&mut self, now: Duration, response: Response<Bytes>) {
        if !self.is_expected(now) {
            return;
        }
        self.sent = self.sent.saturating_add(1);
        if self.turn.is_some() || self.observed.is_some() {
            self.report(&Meta::of(&response));
        }
        let status = response.status();
        let decoded = if status.is_success() {
            self.endpoint.decode(&response)
        } else if self.is_done_before(status) {
            let mut no_content = Response::new(Bytes::new());
            *no_content.status_mut() = StatusCode::NO_CONTENT;
            self.endpoint.decode(&no_content)
        } else {
            let error = ApiError::of(self.endpoint.operation().id, &response);
            return self.on_error_status(error);
        };
        self.note_fate(true);
        match decoded {
            Ok(value) => {
                let meta = Meta::of(&response);
                let reply = Reply { value, meta, body: response.into_body(), attempts: self.sent };
                self.state = State::Decided(Box::new(Ok(reply)));
            }
            Err(error) => {
                let error = error.for_operation(self.endpoint.operation().id);
                self.fail(ErrorKind::Decode(Box::new(error)));
            }
        }
    }

    /// Reports that the request that [`poll`](Self::poll) returned got no response.
    ///
    /// Without a request in flight it is treated like an unexpected response.
    pub fn on_failure(&mut self, now: Duration, failure: Failure<T>) {
        if !self.is_expected(now) {
            return;
        }
        if failure.kind != FailureKind::NotSent {
            self.sent = self.sent.saturating_add(1);
        }
        if let Some(observed) = &mut self.observed {
            observed.failure(&failure);
        }
        self.note_fate(failure.kind.leaves_fate_unknown());
        let verdict = judge_failure(failure.kind, self.idempotency());
        self.conclude(verdict, Cause::Transport(failure));
    }

    /// Ends the call because the caller cancelled it: it sends nothing more, and its error is of kind
    /// [`Cancelled`](FailureKind::Cancelled). A call whose outcome is decided has that outcome.
    ///
    /// A request that [`poll`](Self::poll) returned last counts as not sent. If the transport took any
    /// of its body, report a failure of that kind to [`on_failure`](Self::on_failure) instead.
    pub fn cancel(&mut self, now: Duration, source: T) {
        self.advance(now);
        if !matches!(self.state, State::Decided(_) | State::Over) {
            self.fail(ErrorKind::Transport(Failure::new(FailureKind::Cancelled, source)));
        }
    }

    /// Returns how many requests were sent so far; attempts without a connection do not count.
    pub fn attempts(&self) -> u32 {
        self.sent
    }

    /// Tells the pace and the observer of a response.
    fn report(&mut self, meta: &Meta) {
        if let Some(turn) = &mut self.turn {
            turn.on_response(self.now, meta);
        }
        if let Some(observed) = &mut self.observed {
            observed.response(meta);
        }
    }

    fn on_error_status(&mut self, error: ApiError) {
        self.note_fate(leaves_fate_unknown(error.status));
        let verdict = judge_status(error.status, self.idempotency());
        self.conclude(verdict, Cause::Api(Box::new(error)));
    }

    /// Whether a 404 means that an earlier attempt of this call has deleted what the path names.
    fn is_done_before(&self, status: StatusCode) -> bool {
        let operation = self.endpoint.operation();
        status == StatusCode::NOT_FOUND
            && self.fate_unknown
            && operation.method == Method::DELETE
            && operation.path_parameters().next().is_some()
    }

    fn idempotency(&self) -> Idempotency {
        match self.endpoint.idempotency() {
            Idempotency::NonIdempotent if self.options.assume_idempotent => Idempotency::Idempotent,
            other => other,
        }
    }

    /// Remembers whether the attempt may have taken effect. A GET has none.
    fn note_fate(&mut self, unknown: bool) {
        if unknown && self.endpoint.operation().method != Method::GET {
            self.fate_unknown = true;
            if let Some(observed) = &mut self.observed {
                observed.may_have_been_applied();
            }
        }
    }

    /// Builds the request, before it waits for its turn: one that cannot be built takes none.
    fn prepare(&mut self, now: Duration) -> Step<Outcome<E::Output, T>> {
        let left = self.time_left(now);
        if left == Some(Duration::ZERO) {
            return self.deadline_passed();
        }
        match self.build() {
            Ok(request) if self.turn.is_none() => Step::Send(self.send(request, left)),
            Ok(request) => self.take_turn(now, Box::new(request)),
            Err(error) => self.end(ErrorKind::Build(error)),
        }
    }

    /// Sends the request if it is its turn.
    fn take_turn(
        &mut self,
        now: Duration,
        request: Box<Request<Body>>,
    ) -> Step<Outcome<E::Output, T>> {
        let left = self.time_left(now);
        if left == Some(Duration::ZERO) {
            return self.deadline_passed();
        }
        match self.turn.as_mut().map_or(Asked::Granted, |turn| turn.ask(now)) {
            Asked::Granted => Step::Send(self.send(*request, left)),
            Asked::Wait { turn: wait, .. } if left.is_some_and(|left| wait >= left) => {
                let last = self.last.take();
                self.end(ErrorKind::PermitTooLate { wait, last })
            }
            Asked::Wait { turn, sleep } => {
                if let Some(observed) = &mut self.observed {
                    observed.pacing(turn);
                }
                self.state = State::Pacing(request);
                Step::Sleep(sleep)
            }
        }
    }

    fn deadline_passed(&mut self) -> Step<Outcome<E::Output, T>> {
        let last = self.last.take();
        self.end(ErrorKind::Deadline { last })
    }

    #[inline]
    fn send(&mut self, request: Request<Body>, left: Option<Duration>) -> Attempt {
        self.begun = self.begun.saturating_add(1);
        self.state = State::InFlight;
        if let Some(observed) = &mut self.observed {
            observed.sending();
        }
        let is_upload =
            self.payload_len.is_some() || self.endpoint.operation().server == Server::Upload;
        let timeout = self.options.attempt_timeout_of(is_upload).into_iter().chain(left).min();
        let idle_timeout = self.options.idle_timeout_of(is_upload);
        Attempt { request, timeout, idle_timeout, max_response: self.options.max_response }
    }

    fn build(&self) -> Result<Request<Body>, BuildError> {
        // Each attempt has a boundary of its own.
        let entropy = self.entropy.wrapping_add(self.begun.into());
        let mut cx = RequestContext::new(&self.config, entropy)
            .skip_limit_checks(self.options.skip_limit_checks);
        if let Some(len) = self.payload_len {
            cx = cx.with_payload_len(len);
        }
        let request = self.endpoint.build(&cx)?;
        match (request.body().external_len(), self.payload_len) {
            (Some(_), None) => Err(BuildError::PayloadMissing),
            (None, Some(_)) => Err(BuildError::PayloadUnused),
            _ => Ok(request),
        }
    }

    /// Whether a request is in flight; if none was ever sent, the report ends the call.
    fn is_expected(&mut self, now: Duration) -> bool {
        self.advance(now);
        match self.state {
            State::InFlight => true,
            State::Ready | State::Pacing(_) | State::Waiting { .. } => {
                self.fail(ErrorKind::Misuse(Misuse::UnexpectedResponse));
                false
            }
            State::Decided(_) | State::Over => false,
        }
    }

    /// Turns the verdict on a failed attempt into the next state.
    fn conclude(&mut self, verdict: Verdict, cause: Cause<T>) {
        let left = self.time_left(self.now);
        match verdict {
            Verdict::Final => self.fail(cause.into()),
            Verdict::MaybeApplied => {
                let status = cause.status();
                self.fail(ErrorKind::MaybeApplied { status, cause });
            }
            Verdict::Retry if left == Some(Duration::ZERO) => {
                self.fail(ErrorKind::Deadline { last: Some(cause) });
            }
            Verdict::Retry
                if self.payload_once || self.begun >= self.options.retry.max_attempts =>
            {
                self.fail(cause.into());
            }
            Verdict::Retry => self.wait(left, cause),
        }
    }

    /// Waits for the next attempt, or ends the call because the wait is too long or forbidden.
    fn wait(&mut self, left: Option<Duration>, cause: Cause<T>) {
        let (stop, hint) = match &cause {
            Cause::Api(error) => (error.stop, error.retry_after),
            Cause::Transport(_) => (false, None),
        };
        let too_long = |wait| left.is_some_and(|left| wait >= left);
        let wait = match hint {
            _ if stop => return self.fail(cause.into()),
            Some(hint) if hint > self.options.retry.max_delay || too_long(hint) => {
                return self.fail(cause.into());
            }
            Some(hint) => hint,
            None => {
                let backoff = self.options.retry.backoff(self.begun, self.entropy);
                if too_long(backoff) {
                    return self.fail(ErrorKind::Deadline { last: Some(cause) });
                }
                backoff
            }
        };
        if let Some(observed) = &mut self.observed {
            let reason = if hint.is_some() { WaitReason::ServerHint } else { WaitReason::Backoff };
            observed.waiting(wait, reason);
        }
        self.last = Some(cause);
        self.state = State::Waiting { until: self.now.saturating_add(wait) };
    }

    fn fail(&mut self, kind: ErrorKind<T>) {
        self.state = State::Decided(Box::new(Err(self.error(kind))));
    }

    fn error(&self, kind: ErrorKind<T>) -> Error<T> {
        Error::new(self.endpoint.operation().id, self.sent, self.fate_unknown, kind)
    }

    /// Returns the later of `now` and every time seen before: a clock never goes back.
    fn advance(&mut self, now: Duration) -> Duration {
        self.now = self.now.max(now);
        self.began.get_or_insert(self.now);
        if let Some(observed) = &mut self.observed {
            observed.at(self.now);
        }
        self.now
    }

    /// Returns what the deadline leaves. Timers count in milliseconds and may fire a fraction of one
    /// early: no attempt begins in what is left then.
    fn time_left(&self, now: Duration) -> Option<Duration> {
        const TICK: Duration = Duration::from_millis(1);
        let ends = self.began.unwrap_or(now).saturating_add(self.options.deadline?);
        let left = ends.saturating_sub(now);
        Some(if left < TICK { Duration::ZERO } else { left })
    }
}

impl<E: Endpoint, T> fmt::Debug for Call<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Ready => "ready",
            State::Pacing(_) => "waiting for its turn",
            State::InFlight => "in flight",
            State::Waiting { .. } => "waiting",
            State::Decided(_) => "decided",
            State::Over => "over",
        };
        f.debug_struct("Call")
            .field("operation", &self.endpoint.operation().id)
            .field("attempts", &self.sent)
            .field("state", &state)
            .finish_non_exhaustive()
    }
}
