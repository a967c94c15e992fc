//! Waiting for the end of a job.

#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use crate::endpoint::Endpoint;
use crate::error::{Error, Misuse};
use crate::flow::machine::{FlowStep, InFlight, Machine, RequestKey, is_permanent};
use crate::flow::traits::Pollable;
use crate::reply::Reply;

/// Waits for the end of a job: requests its status at growing intervals until it is final or the
/// deadline passes.
///
/// A [`Machine`]. The first request is due at once, the last one at the deadline. Only a state that
/// is known to be final ends the wait ([`Pollable::is_final`]). A status request that fails does not,
/// unless the same request could only fail again.
///
/// To start a job and wait for it in one go, use [`JobRun`](super::JobRun).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/drive.rs"));
/// # fn main() {
/// # let client = Client::new();
/// use imagekit_proto::api::folders::BulkJobStatus;
/// use imagekit_proto::flow::{Wait, WaitError, WaitOutcome, WaitPolicy};
///
/// let status = BulkJobStatus::new("5d5b1a9b4c8c4c0001f3e4a2");
/// match drive(&client, Wait::new(status, WaitPolicy::default()), |_| {}) {
///     Ok(WaitOutcome::Complete(job)) => println!("done: {}", job.job_id()),
///     Ok(WaitOutcome::Partial(job)) => println!("renamed, but not purged: {job:?}"),
///     Err(WaitError::Timeout(timeout)) => println!("still pending: {:?}", timeout.last),
///     Err(error) => println!("{error}"),
/// }
/// # }
/// ```
#[must_use = "a wait does nothing until it is polled"]
pub struct Wait<E: Endpoint, T> {
    endpoint: E,
    policy: WaitPolicy,
    /// The next interval.
    interval: Duration,
    began: Option<Duration>,
    /// The latest time seen; earlier ones are taken for this.
    now: Duration,
    in_flight: InFlight<()>,
    last: Option<E::Output>,
    last_error: Option<Error<T>>,
    state: State<E::Output, T>,
}

enum State<O, T> {
    Due { at: Duration },
    InFlight,
    TimeIsUp,
    Decided(Box<Result<WaitOutcome<O>, WaitError<O, T>>>),
    Over,
}

/// How often to request a status, and for how long.
///
/// ```
/// use std::time::Duration;
/// use imagekit_proto::flow::WaitPolicy;
///
/// let policy = WaitPolicy::default().max_delay(Duration::from_secs(5)).deadline(Duration::from_secs(60));
/// assert_eq!(policy.first_delay, Duration::from_secs(1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WaitPolicy {
    /// The first interval between a response and the next request; each is twice the one before,
    /// and no later one is shorter than 10 milliseconds. 1 second by default.
    pub first_delay: Duration,
    /// The longest interval. 15 seconds by default.
    pub max_delay: Duration,
    /// How long to wait in all, from the first poll on. 10 minutes by default. A request that is in
    /// flight then is waited for, with its retries: their time is limited by its
    /// [`CallOptions`](crate::CallOptions).
    pub deadline: Duration,
}

/// The shortest interval but the first, so that a delay of zero does not send without a pause.
const SHORTEST: Duration = Duration::from_millis(10);

impl Default for WaitPolicy {
    fn default() -> Self {
        Self {
            first_delay: Duration::from_secs(1),
            max_delay: Duration::from_secs(15),
            deadline: Duration::from_secs(600),
        }
    }
}

impl WaitPolicy {
    /// Sets the first interval.
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// Sets the longest interval.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets how long to wait in all.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Returns the first interval.
    pub(super) fn first_interval(&self) -> Duration {
        self.first_delay.min(self.max_delay)
    }

    /// Returns the interval after `interval`.
    pub(super) fn interval_after(&self, interval: Duration) -> Duration {
        interval.saturating_mul(2).min(self.max_delay).max(SHORTEST)
    }
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a job does all of its work or a part of it")]
pub enum WaitOutcome<O> {
    /// All of the work is done.
    Complete(O),
    /// A part of the work is done, and the rest will not be ([`Pollable::is_partial`]).
    Partial(O),
}

impl<O> WaitOutcome<O> {
    fn of(status: O) -> Self
    where
        O: Pollable,
    {
        if status.is_partial() { Self::Partial(status) } else { Self::Complete(status) }
    }

    /// Returns whether all of the work is done.
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Complete(_))
    }

    /// Returns the last status.
    pub fn status(&self) -> &O {
        match self {
            Self::Complete(status) | Self::Partial(status) => status,
        }
    }

    /// Returns the last status, by value.
    pub fn into_status(self) -> O {
        match self {
            Self::Complete(status) | Self::Partial(status) => status,
        }
    }
}

/// Why the end of a job was not seen. The job itself goes on.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<O, T> {
    /// The deadline passed.
    Timeout(Box<WaitTimeout<O, T>>),
    /// A status request failed, and would fail again.
    Request(Box<Error<T>>),
    /// The driver called [`finish`](Machine::finish); this is the last status.
    Finished(Option<O>),
    /// The machine was driven wrongly, which is a defect of the driver.
    Misuse(Misuse),
}

/// A deadline that passed before the job ended.
#[derive(Debug)]
#[non_exhaustive]
pub struct WaitTimeout<O, T> {
    /// The last status, if there was one.
    pub last: Option<O>,
    /// The error of the last status request that failed, if one did.
    pub last_error: Option<Error<T>>,
    /// How long the wait lasted.
    pub deadline: Duration,
}

impl<O, T: fmt::Display> fmt::Display for WaitError<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout(timeout) => {
                let deadline = timeout.deadline;
                match &timeout.last_error {
                    None => write!(f, "the job did not end within {deadline:?}")?,
                    Some(error) => write!(
                        f,
                        "the job's end was not seen within {deadline:?} (last error: {error})"
                    )?,
                }
                f.write_str("; wait again later, or with a longer deadline")
            }
            Self::Request(error) => error.fmt(f),
            Self::Finished(_) => f.write_str("the wait was ended before the job"),
            Self::Misuse(misuse) => write!(f, "the wait was driven wrongly: {misuse}"),
        }
    }
}

impl<O: fmt::Debug, T: std::error::Error + 'static> std::error::Error for WaitError<O, T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Request(error) => error.source(),
            Self::Timeout(timeout) => timeout.last_error.as_ref()?.source(),
            Self::Finished(_) | Self::Misuse(_) => None,
        }
    }
}

/// What a [`Wait`] returns at its end.
pub type WaitResult<O, T> = Result<WaitOutcome<O>, WaitError<O, T>>;

impl<E, T> Wait<E, T>
where
    E: Endpoint<Output: Pollable> + Clone,
{
    /// Creates a wait that requests the status with `endpoint`.
    pub fn new(endpoint: E, policy: WaitPolicy) -> Self {
        Self {
            endpoint,
            policy,
            interval: policy.first_interval(),
            began: None,
            now: Duration::ZERO,
            in_flight: InFlight::new(),
            last: None,
            last_error: None,
            state: State::Due { at: Duration::ZERO },
        }
    }

    /// Schedules the next request: after the interval, and not before `hint` has passed; the last
    /// one at the deadline.
    fn schedule(&mut self, hint: Duration) {
        let ends = self.began.unwrap_or(self.now).saturating_add(self.policy.deadline);
        let wait = self.interval.max(hint);
        let at = self.now.saturating_add(wait).min(ends);
        // A request at the deadline would come before the server wants it.
        let is_too_early = at < self.now.saturating_add(hint);
        self.state =
            if self.now >= ends || is_too_early { State::TimeIsUp } else { State::Due { at } };
        self.interval = self.policy.interval_after(self.interval);
    }

    fn decide(&mut self, outcome: WaitResult<E::Output, T>) {
        self.state = State::Decided(Box::new(outcome));
    }

    /// Returns the later of `now` and every time seen before: a clock never goes back.
    fn advance(&mut self, now: Duration) -> Duration {
        self.now = self.now.max(now);
        self.began.get_or_insert(self.now);
        self.now
    }

    /// Whether a request under `key` is in flight; any other report ends the wait, unless its
    /// outcome is decided.
    fn is_expected(&mut self, now: Duration, key: RequestKey) -> bool {
        self.advance(now);
        let mut misuse = None;
        self.in_flight.remove(key, &mut misuse);
        if let Some(misuse) = misuse {
            self.misuse(misuse);
        }
        misuse.is_none() && matches!(self.state, State::InFlight)
    }

    /// Ends the wait by a misuse, unless it has ended already.
    pub(super) fn misuse(&mut self, misuse: Misuse) {
        if !matches!(self.state, State::Decided(_) | State::Over) {
            self.decide(Err(WaitError::Misuse(misuse)));
        }
    }

    /// Begins the wait now, after the requests of `earlier`.
    pub(super) fn begin(&mut self, now: Duration, earlier: &InFlight<()>) {
        self.in_flight = InFlight::after(earlier);
        self.advance(now);
    }
}

impl<E, T> Machine for Wait<E, T>
where
    E: Endpoint<Output: Pollable> + Clone,
{
    type Request = E;
    type TransportError = T;
    type Item = Infallible;
    type Output = WaitResult<E::Output, T>;

    fn poll(&mut self, now: Duration) -> FlowStep<E, Infallible, Self::Output> {
        let now = self.advance(now);
        match std::mem::replace(&mut self.state, State::Over) {
            State::Due { at } if now < at => {
                self.state = State::Due { at };
                FlowStep::Sleep(at.saturating_sub(now))
            }
            State::Due { .. } => {
                self.state = State::InFlight;
                FlowStep::Send(self.in_flight.insert(()), self.endpoint.clone())
            }
            State::InFlight => {
                self.state = State::InFlight;
                FlowStep::Pending
            }
            State::TimeIsUp => FlowStep::Done(Err(WaitError::Timeout(Box::new(WaitTimeout {
                last: self.last.take(),
                last_error: self.last_error.take(),
                deadline: self.policy.deadline,
            })))),
            State::Decided(outcome) => FlowStep::Done(*outcome),
            State::Over => FlowStep::Done(Err(WaitError::Misuse(Misuse::PolledAfterDone))),
        }
    }

    fn on_response(&mut self, now: Duration, key: RequestKey, response: Reply<E::Output>) {
        if !self.is_expected(now, key) {
            return;
        }
        let status = response.into_value();
        if status.is_final() {
            self.decide(Ok(WaitOutcome::of(status)));
        } else {
            self.last = Some(status);
            self.schedule(Duration::ZERO);
        }
    }

    fn on_failure(&mut self, now: Duration, key: RequestKey, error: Error<T>) {
        if !self.is_expected(now, key) {
            return;
        }
        if is_permanent(&error) {
            self.decide(Err(WaitError::Request(Box::new(error))));
        } else {
            self.schedule(error.retry_after().unwrap_or_default());
            self.last_error = Some(error);
        }
    }

    /// Does nothing: a wait has one request in flight at most.
    fn limit_concurrency(&mut self, _: usize) {}

    fn finish(&mut self) -> Self::Output {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Decided(outcome) => *outcome,
            State::Over => Err(WaitError::Misuse(Misuse::PolledAfterDone)),
            State::Due { .. } | State::InFlight | State::TimeIsUp => {
                Err(WaitError::Finished(self.last.take()))
            }
        }
    }
}

impl<E: Endpoint, T> fmt::Debug for Wait<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Due { .. } => "due",
            State::InFlight => "in flight",
            State::TimeIsUp => "time is up",
            State::Decided(_) => "decided",
            State::Over => "over",
        };
        f.debug_struct("Wait")
            .field("operation", &self.endpoint.operation().id)
            .field("policy", &self.policy)
            .field("state", &state)
            .finish_non_exhaustive()
    }
}
