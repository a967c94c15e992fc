//! Asks until something is done.

use std::fmt;
use std::time::Duration;

use super::Pollable;
use crate::endpoint::Endpoint;

/// Asks again and again how far something is, until it is done or the time is up.
///
/// `now` is a time on any monotonic clock of the caller's. The first request goes out at once,
/// the last when the time is up. Only a state that is known to be final ends the wait sooner
/// ([`Pollable::is_final`]); whether the end is a good one the answer tells: a job may end as a
/// partial success.
///
/// ```
/// use std::time::Duration;
/// use imagekit_proto::api::folders::{BulkJobStatus, JobStatus};
/// use imagekit_proto::flow::{Wait, WaitPolicy, WaitStep};
/// # use imagekit_proto::EndpointExt;
///
/// # let states = std::cell::RefCell::new(vec!["Completed", "Pending", "Pending"]);
/// # let send = |endpoint: BulkJobStatus| {
/// #     let state = states.borrow_mut().pop().unwrap();
/// #     let body = format!(r#"{{"jobId": "{}", "status": "{state}"}}"#, endpoint.job_id);
/// #     endpoint.parse(&http::Response::new(body.into()))
/// # };
/// # let clock = std::cell::Cell::new(Duration::ZERO);
/// # let now = || clock.get();
/// # let sleep = |time| clock.set(clock.get() + time);
/// let mut wait = Wait::new(BulkJobStatus::new("5d5b1a9b4c8c4c0001f3e4a2"), WaitPolicy::default());
/// let outcome = loop {
///     match wait.poll(now()) {
///         WaitStep::Fetch(endpoint) => {
///             let answer = send(endpoint)?;
///             wait.on_answer(now(), answer);
///         }
///         WaitStep::Sleep(time) => sleep(time),
///         WaitStep::Done(outcome) => break outcome,
///     }
/// };
/// match outcome? {
///     JobStatus::Completed(_) => println!("done"),
///     JobStatus::PartialSuccess(job) => println!("renamed, not purged: {:?}", job.message),
///     other => println!("what is this? {other:?}"),
/// }
/// # assert_eq!(now(), Duration::from_secs(3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "a wait does nothing until it is polled"]
pub struct Wait<E: Endpoint> {
    endpoint: E,
    policy: WaitPolicy,
    /// The next pause.
    interval: Duration,
    began: Option<Duration>,
    /// The latest time seen; earlier ones are taken for this.
    now: Duration,
    last: Option<E::Output>,
    state: State<E::Output>,
}

enum State<O> {
    Due { at: Duration },
    Asked,
    Final(O),
    TimeIsUp,
}

/// How often to ask, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WaitPolicy {
    /// The first pause between an answer and the next request; each is twice the one before.
    /// 1 second by default.
    pub first: Duration,
    /// The longest pause. 15 seconds by default.
    pub longest: Duration,
    /// When the time is up, counted from the first poll. 10 minutes by default.
    pub limit: Duration,
}

impl Default for WaitPolicy {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            longest: Duration::from_secs(15),
            limit: Duration::from_secs(600),
        }
    }
}

impl WaitPolicy {
    /// Sets the first pause.
    pub fn first(mut self, first: Duration) -> Self {
        self.first = first;
        self
    }

    /// Sets the longest pause.
    pub fn longest(mut self, longest: Duration) -> Self {
        self.longest = longest;
        self
    }

    /// Sets when the time is up.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a driver has to handle every case")]
#[must_use = "what it says has to be done"]
pub enum WaitStep<E, O> {
    /// Send this and hand its result to [`Wait::on_answer`]. Polling again without doing so (the
    /// request failed, and the wait shall go on) makes a pause as after an answer.
    Fetch(E),
    /// Wait this long, then poll again.
    Sleep(Duration),
    /// The wait is over: the final answer, or the time is up.
    Done(Result<O, OutOfTime<O>>),
}

/// The time was up before the end was seen. What was waited for may go on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OutOfTime<O> {
    /// The last answer.
    pub last: Option<O>,
    /// How much time there was.
    pub limit: Duration,
}

impl<O> fmt::Display for OutOfTime<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the end was not seen within {:?}: ask again later, or raise the limit",
            self.limit
        )
    }
}

impl<O: fmt::Debug> std::error::Error for OutOfTime<O> {}

impl<E> Wait<E>
where
    E: Endpoint<Output: Pollable> + Clone,
{
    /// Asks `endpoint` as `policy` says.
    pub fn new(endpoint: E, policy: WaitPolicy) -> Self {
        Self {
            endpoint,
            policy,
            interval: policy.first.min(policy.longest),
            began: None,
            now: Duration::ZERO,
            last: None,
            state: State::Due { at: Duration::ZERO },
        }
    }

    /// What to do next. Polling after `Done` says that the time is up.
    pub fn poll(&mut self, now: Duration) -> WaitStep<E, E::Output> {
        let now = self.advance(now);
        if matches!(self.state, State::Asked) {
            self.pause();
        }
        match std::mem::replace(&mut self.state, State::TimeIsUp) {
            State::Due { at } if now < at => {
                self.state = State::Due { at };
                WaitStep::Sleep(at - now)
            }
            State::Due { .. } | State::Asked => {
                self.state = State::Asked;
                WaitStep::Fetch(self.endpoint.clone())
            }
            State::Final(answer) => WaitStep::Done(Ok(answer)),
            State::TimeIsUp => {
                WaitStep::Done(Err(OutOfTime { last: self.last.take(), limit: self.policy.limit }))
            }
        }
    }

    /// The answer to what [`poll`](Self::poll) told to send. One that nobody asked for is
    /// ignored.
    pub fn on_answer(&mut self, now: Duration, answer: E::Output) {
        self.advance(now);
        if !matches!(self.state, State::Asked) {
            return;
        }
        if answer.is_final() {
            self.state = State::Final(answer);
        } else {
            self.last = Some(answer);
            self.pause();
        }
    }

    /// The next request is due after a pause, the last one when the time is up.
    fn pause(&mut self) {
        let ends = self.began.unwrap_or(self.now).saturating_add(self.policy.limit);
        self.state = if self.now >= ends {
            State::TimeIsUp
        } else {
            State::Due { at: self.now.saturating_add(self.interval).min(ends) }
        };
        self.interval = self.interval.saturating_mul(2).min(self.policy.longest);
    }

    /// The later of `now` and every time seen before: a clock that goes back stands still.
    fn advance(&mut self, now: Duration) -> Duration {
        self.now = self.now.max(now);
        self.began.get_or_insert(self.now);
        self.now
    }
}

impl<E: Endpoint> fmt::Debug for Wait<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Due { .. } => "due",
            State::Asked => "asked",
            State::Final(_) => "final",
            State::TimeIsUp => "time is up",
        };
        f.debug_struct("Wait")
            .field("operation", &self.endpoint.operation().id)
            .field("policy", &self.policy)
            .field("state", &state)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::cache::{PurgeProgress, PurgeStatus};

    const SECOND: Duration = Duration::from_secs(1);

    fn answer(status: &str) -> PurgeProgress {
        serde_json::from_value(serde_json::json!({ "status": status })).unwrap()
    }

    fn wait(limit: u32) -> Wait<PurgeStatus> {
        let policy = WaitPolicy::default().first(SECOND).longest(5 * SECOND).limit(limit * SECOND);
        Wait::new(PurgeStatus::new("r"), policy)
    }

    /// Drives a wait: when requests went out, and how it ended. A request takes a second.
    fn drive(
        mut wait: Wait<PurgeStatus>,
        mut answers: impl Iterator<Item = Option<&'static str>>,
    ) -> (Vec<u64>, Result<PurgeProgress, OutOfTime<PurgeProgress>>) {
        let (mut now, mut sent) = (100 * SECOND, Vec::new());
        loop {
            match wait.poll(now) {
                WaitStep::Fetch(endpoint) => {
                    assert_eq!(endpoint.request_id, "r");
                    sent.push(now.as_secs() - 100);
                    now += SECOND;
                    if let Some(status) = answers.next().unwrap() {
                        wait.on_answer(now, answer(status));
                    }
                }
                WaitStep::Sleep(time) => {
                    assert!(time > Duration::ZERO);
                    now += time;
                }
                WaitStep::Done(outcome) => return (sent, outcome),
            }
        }
    }

    #[test]
    fn a_known_end_ends_it() {
        let answers = [Some("Pending"), Some("Pending"), Some("Completed")];
        let (sent, outcome) = drive(wait(60), answers.into_iter());
        assert_eq!(sent, [0, 2, 5]);
        assert_eq!(outcome, Ok(answer("Completed")));
    }

    #[test]
    fn the_pauses_grow_to_the_longest_and_the_last_request_goes_out_when_the_time_is_up() {
        let (sent, outcome) = drive(wait(20), std::iter::repeat(Some("Pending")));
        assert_eq!(sent, [0, 2, 5, 10, 16, 20]);
        assert_eq!(outcome, Err(OutOfTime { last: Some(answer("Pending")), limit: 20 * SECOND }));
    }

    #[test]
    fn an_end_seen_by_the_last_request_counts() {
        let answers = [Some("Pending"), Some("Completed")];
        assert_eq!(drive(wait(2), answers.into_iter()), (vec![0, 2], Ok(answer("Completed"))));
    }

    #[test]
    fn an_unknown_state_is_no_end() {
        let (_, outcome) = drive(wait(3), std::iter::repeat(Some("Failed")));
        assert_eq!(outcome.unwrap_err().last, Some(answer("Failed")));
    }

    #[test]
    fn requests_that_fail_are_paced_and_limited_too() {
        let (sent, outcome) = drive(wait(20), std::iter::repeat(None));
        assert_eq!(sent, [0, 2, 5, 10, 16, 20]);
        assert_eq!(outcome.unwrap_err().last, None);
    }

    #[test]
    fn without_time_there_is_one_request() {
        assert_eq!(drive(wait(0), std::iter::repeat(Some("Pending"))).0, [0]);
        assert_eq!(drive(wait(0), std::iter::repeat(None)).0, [0]);
    }

    #[test]
    fn a_poll_too_early_and_a_clock_that_goes_back_get_what_is_left() {
        let mut wait = wait(60);
        assert!(matches!(wait.poll(10 * SECOND), WaitStep::Fetch(_)));
        wait.on_answer(11 * SECOND, answer("Pending"));
        wait.on_answer(11 * SECOND, answer("Completed"));
        let half = SECOND / 2;
        assert_eq!(wait.poll(11 * SECOND + half), WaitStep::Sleep(half));
        assert_eq!(wait.poll(SECOND), WaitStep::Sleep(half));
        assert!(matches!(wait.poll(12 * SECOND), WaitStep::Fetch(_)));
    }

    #[test]
    fn after_the_end_the_time_is_up() {
        let mut wait = wait(60);
        let _ = wait.poll(SECOND);
        wait.on_answer(SECOND, answer("Completed"));
        assert!(matches!(wait.poll(SECOND), WaitStep::Done(Ok(_))));
        assert!(matches!(wait.poll(SECOND), WaitStep::Done(Err(_))));
    }
}
