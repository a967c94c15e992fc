//! A job that is started and waited for, driven in any order.

use std::time::Duration;

use super::input::Input;
use super::outcomes::{JobState, StartJob, api_error, busy, not_sent, reply};
use imagekit_proto::flow::{
    FlowStep, JobError, JobRequest, JobResponse, JobRun, Machine as _, RequestKey, WaitError,
    WaitPolicy,
};

/// Drives the run of a job by operations made from `bytes`.
///
/// # Panics
///
/// Two requests in flight, a second start, a request sooner than the shortest interval or later than
/// the deadline, a wait that moves, an outcome that no response bears out, or no end.
pub fn wait_machine(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let ms = Duration::from_millis;
    let [first, longest, deadline] = [(); 3].map(|()| ms(input.number(2)));
    let policy = WaitPolicy::default().first_delay(first).max_delay(longest).deadline(deadline);
    let mut job = JobRun::<_, &str>::new(StartJob::new(()), policy);
    let mut clock = ms(input.number(2));
    let mut watch = Watch { policy, ..Watch::default() };
    while !input.is_empty() {
        clock = match input.byte() {
            back @ 250.. => clock.saturating_sub(ms(back.into())),
            forth => clock.saturating_add(ms(u64::from(forth) * 16)),
        };
        let operation = input.byte() % 16;
        match operation {
            0..8 => {
                watch.now = watch.now.max(clock);
                watch.step(&job.poll(clock));
            }
            8..15 => {
                let key = match watch.open.take() {
                    Some(key) if operation < 14 => key,
                    open => {
                        watch.open = open;
                        // A key that was reported before.
                        let Some(key) = watch.reported else { continue };
                        watch.misused = true;
                        key
                    }
                };
                watch.now = watch.now.max(clock);
                watch.reported = Some(key);
                watch.last_report = Some(watch.now);
                if !watch.misused {
                    watch.until = None;
                }
                let state = input.choose(
                    &[JobState::Pending, JobState::Complete, JobState::Partial],
                    JobState::Pending,
                );
                let is_mixed_up = input.byte() == 1;
                watch.misused |= is_mixed_up;
                match (operation % 2, watch.started_at.is_some() != is_mixed_up) {
                    (0, false) => {
                        watch.started_at.get_or_insert(watch.now);
                        job.on_response(clock, key, reply(JobResponse::Started(7)));
                    }
                    (0, true) => {
                        watch.ended |= state != JobState::Pending;
                        job.on_response(clock, key, reply(JobResponse::Status(state)));
                    }
                    _ => {
                        let errors = [not_sent, || busy(5_000), || api_error(404, "", false)];
                        job.on_failure(clock, key, input.choose(&errors, not_sent)());
                    }
                }
            }
            _ if input.byte() % 4 == 0 => {
                let outcome = job.finish();
                assert!(outcome.is_err() || watch.ended);
                watch.is_over = true;
            }
            _ => {}
        }
    }
    for _ in 0..100 {
        if watch.is_over {
            return;
        }
        clock = clock.max(watch.now).saturating_add(Duration::from_secs(66));
        watch.now = clock;
        if let Some(key) = watch.open.take() {
            watch.last_report = Some(clock);
            if watch.started_at.is_none() {
                watch.started_at = Some(clock);
                job.on_response(clock, key, reply(JobResponse::Started(7)));
            } else {
                job.on_response(clock, key, reply(JobResponse::Status(JobState::Pending)));
            }
        }
        watch.step(&job.poll(clock));
    }
    panic!("it does not end");
}

type Step = FlowStep<
    JobRequest<StartJob, super::outcomes::JobStatus>,
    std::convert::Infallible,
    imagekit_proto::flow::JobResult<StartJob, &'static str>,
>;

#[derive(Default)]
struct Watch {
    policy: WaitPolicy,
    now: Duration,
    starts: u32,
    open: Option<RequestKey>,
    reported: Option<RequestKey>,
    started_at: Option<Duration>,
    last_report: Option<Duration>,
    /// The end of the wait that was returned.
    until: Option<Duration>,
    ended: bool,
    misused: bool,
    is_over: bool,
}

impl Watch {
    fn ends(&self) -> Duration {
        self.started_at.unwrap_or(self.now).saturating_add(self.policy.deadline)
    }

    fn step(&mut self, step: &Step) {
        let is_over = std::mem::replace(&mut self.is_over, matches!(step, FlowStep::Done(_)));
        match step {
            FlowStep::Send(key, request) => {
                assert!(!is_over && self.open.is_none(), "sent out of turn");
                assert_ne!(self.reported, Some(*key), "a key twice");
                self.open = Some(*key);
                if matches!(request, JobRequest::Start(_)) {
                    self.starts += 1;
                    assert_eq!(self.starts, 1, "started twice");
                    return;
                }
                let since = self.now.saturating_sub(self.last_report.unwrap_or_default());
                let is_first = self.last_report == self.started_at;
                let shortest = self.policy.first_delay.min(self.policy.max_delay);
                assert!(is_first || since >= shortest || self.now >= self.ends(), "too soon");
                assert!(self.until.take().is_none_or(|until| until <= self.now), "too early");
                assert!(is_first || self.last_report < Some(self.ends()), "too late");
            }
            FlowStep::Sleep(wait) => {
                assert!(!is_over && self.open.is_none() && *wait > Duration::ZERO);
                let until = self.now.saturating_add(*wait);
                assert!(until <= self.ends(), "a wait beyond the deadline");
                assert_eq!(*self.until.get_or_insert(until), until, "the wait moved");
            }
            FlowStep::Pending => assert!(!is_over && self.open.is_some()),
            FlowStep::Item(item) => match *item {},
            FlowStep::Done(Ok(end)) => {
                assert!(!is_over && self.ended && end.started == 7);
            }
            FlowStep::Done(Err(JobError::Misuse(_))) => assert!(is_over || self.misused),
            FlowStep::Done(Err(JobError::Wait { error: WaitError::Timeout(_), .. })) => {
                // A pause that the server asks for may be longer than what is left.
                assert!(!is_over && self.started_at.is_some());
            }
            FlowStep::Done(Err(_)) => assert!(!is_over),
        }
    }
}
