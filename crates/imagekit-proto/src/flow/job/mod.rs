//! Jobs from their start to their end.

#[cfg(test)]
mod tests;

use std::any::Any;
use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::endpoint::{Endpoint, Idempotency, Operation, RequestContext};
use crate::error::{BuildError, DecodeError, Error, Misuse};
use crate::flow::machine::{FlowStep, InFlight, Machine, RequestKey};
use crate::flow::traits::StartsJob;
use crate::flow::wait::{Wait, WaitError, WaitOutcome, WaitPolicy};
use crate::reply::Reply;
use crate::wire::Body;

/// Starts a job and waits for its end: `MoveFolder`, `CopyFolder`, `RenameFolder`, `PurgeCache`.
///
/// A [`Machine`]: one request that starts the job, then a [`Wait`]. The start is never repeated here
/// (what a call retries, see [`CallOptions`](crate::CallOptions)); the deadline counts from the
/// moment when the job has started.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/drive.rs"));
/// # fn main() {
/// # let client = Client::new();
/// use imagekit_proto::api::folders::MoveFolder;
/// use imagekit_proto::flow::{JobError, JobRun, WaitPolicy};
///
/// let job = JobRun::new(MoveFolder::new("/sale/summer", "/archive"), WaitPolicy::default());
/// match drive(&client, job, |_| {}) {
///     Ok(end) => println!("job {} complete: {}", end.started.job_id, end.outcome.is_complete()),
///     Err(JobError::Wait { started, error, .. }) => {
///         println!("job {} goes on: {error}", started.job_id)
///     }
///     Err(error) => println!("not started: {error}"),
/// }
/// # }
/// ```
#[must_use = "a job does nothing until it is polled"]
pub struct JobRun<S: StartsJob, T> {
    state: State<S, T>,
    policy: WaitPolicy,
    start: InFlight<()>,
    /// The latest time seen before the wait; earlier ones are taken for this.
    now: Duration,
    start_operation: &'static str,
}

enum State<S: StartsJob, T> {
    Ready(S),
    Starting,
    Waiting { started: Box<S::Output>, wait: Box<Wait<S::Status, T>> },
    Failed(Box<Error<T>>),
    Misused(Misuse),
    Over,
}

/// A request of a [`JobRun`]: the start of the job, or its status.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a job is started and waited for")]
pub enum JobRequest<S, P> {
    /// Starts the job.
    Start(S),
    /// Gets its status.
    Status(P),
}

/// The response to a [`JobRequest`].
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a job is started and waited for")]
pub enum JobResponse<S, P> {
    /// The job has started.
    Started(S),
    /// Its status.
    Status(P),
}

/// A job that has ended.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct JobEnd<S, P> {
    /// The response to the request that started it.
    pub started: S,
    /// How it ended.
    pub outcome: WaitOutcome<P>,
}

/// Why the end of a job was not seen. `S`: the response to its start, `P`: its status.
#[derive(Debug)]
#[non_exhaustive]
pub enum JobError<S, P, T> {
    /// The request that starts the job failed. When it
    /// [may have been applied](Error::may_have_been_applied), look before you start the job again.
    Start(Box<Error<T>>),
    /// The job has started, and its end was not seen. It goes on.
    #[non_exhaustive]
    Wait {
        /// The response to the start: it names the job, so that you can [`Wait`] for it again.
        started: Box<S>,
        /// Why its end was not seen.
        error: WaitError<P, T>,
    },
    /// The driver called [`finish`](Machine::finish) before the job was known to have started.
    #[non_exhaustive]
    Finished {
        /// Whether the request that starts it was in flight: the job may have started.
        may_have_been_applied: bool,
    },
    /// The machine was driven wrongly, which is a defect of the driver.
    Misuse(Misuse),
}

impl<S, P, T: fmt::Display> fmt::Display for JobError<S, P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(error) => error.fmt(f),
            Self::Wait { error, .. } => error.fmt(f),
            Self::Finished { may_have_been_applied: true } => {
                f.write_str("the job may have started: look before you start it again")
            }
            Self::Finished { .. } => f.write_str("the job was not started"),
            Self::Misuse(misuse) => write!(f, "the job was driven wrongly: {misuse}"),
        }
    }
}

impl<S, P, T> std::error::Error for JobError<S, P, T>
where
    S: fmt::Debug,
    P: fmt::Debug,
    T: std::error::Error + 'static,
{
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Start(error) => error.source(),
            Self::Wait { error, .. } => error.source(),
            Self::Finished { .. } | Self::Misuse(_) => None,
        }
    }
}

/// What a [`JobRun`] of `S` returns at its end.
pub type JobResult<S, T> = Result<
    JobEnd<<S as Endpoint>::Output, Status<S>>,
    JobError<<S as Endpoint>::Output, Status<S>, T>,
>;

/// The status of the job that `S` starts.
type Status<S> = <<S as StartsJob>::Status as Endpoint>::Output;

impl<S: StartsJob, T> JobRun<S, T> {
    /// Creates the run of the job that `start` starts.
    pub fn new(start: S, policy: WaitPolicy) -> Self {
        let start_operation = start.operation().id;
        Self {
            state: State::Ready(start),
            policy,
            start: InFlight::new(),
            now: Duration::ZERO,
            start_operation,
        }
    }

    /// Whether the request under `key` starts the job. A key that belongs to no request ends the
    /// run before the job has started.
    fn is_start(&mut self, key: RequestKey) -> bool {
        let mut misuse = None;
        self.start.remove(key, &mut misuse);
        if let (Some(misuse), State::Ready(_) | State::Starting) = (misuse, &self.state) {
            self.state = State::Misused(misuse);
        }
        misuse.is_none() && matches!(self.state, State::Starting)
    }

    fn wait(&mut self) -> Option<&mut Wait<S::Status, T>> {
        match &mut self.state {
            State::Waiting { wait, .. } => Some(wait),
            _ => None,
        }
    }
}

/// Adds what the start of the job returned to the end of the wait for it.
fn end<S, P, T>(
    started: Box<S>,
    outcome: Result<WaitOutcome<P>, WaitError<P, T>>,
) -> Result<JobEnd<S, P>, JobError<S, P, T>> {
    match outcome {
        Ok(outcome) => Ok(JobEnd { started: *started, outcome }),
        Err(error) => Err(JobError::Wait { started, error }),
    }
}

impl<S: StartsJob, T> Machine for JobRun<S, T> {
    type Request = JobRequest<S, S::Status>;
    type TransportError = T;
    type Item = Infallible;
    type Output = JobResult<S, T>;

    fn poll(&mut self, now: Duration) -> FlowStep<Self::Request, Infallible, Self::Output> {
        self.now = self.now.max(now);
        match std::mem::replace(&mut self.state, State::Over) {
            State::Ready(start) => {
                self.state = State::Starting;
                FlowStep::Send(self.start.insert(()), JobRequest::Start(start))
            }
            State::Starting => {
                self.state = State::Starting;
                FlowStep::Pending
            }
            State::Waiting { started, mut wait } => {
                let step = match wait.poll(now) {
                    FlowStep::Send(key, status) => FlowStep::Send(key, JobRequest::Status(status)),
                    FlowStep::Sleep(time) => FlowStep::Sleep(time),
                    FlowStep::Pending => FlowStep::Pending,
                    FlowStep::Item(item) => match item {},
                    FlowStep::Done(outcome) => return FlowStep::Done(end(started, outcome)),
                };
                self.state = State::Waiting { started, wait };
                step
            }
            State::Failed(error) => FlowStep::Done(Err(JobError::Start(error))),
            State::Misused(misuse) => FlowStep::Done(Err(JobError::Misuse(misuse))),
            State::Over => FlowStep::Done(Err(JobError::Misuse(Misuse::PolledAfterDone))),
        }
    }

    fn on_response(
        &mut self,
        now: Duration,
        key: RequestKey,
        response: Reply<JobResponse<S::Output, Status<S>>>,
    ) {
        let Reply { value, meta, body, attempts } = response;
        match value {
            JobResponse::Status(value) if self.wait().is_some() => {
                if let Some(wait) = self.wait() {
                    wait.on_response(now, key, Reply { value, meta, body, attempts });
                }
            }
            JobResponse::Started(started) if self.is_start(key) => {
                let mut wait = Wait::new(S::status_request(&started), self.policy);
                wait.begin(self.now.max(now), &self.start);
                self.state = State::Waiting { started: Box::new(started), wait: Box::new(wait) };
            }
            // The response to the other kind of request: the driver mixed them up.
            JobResponse::Started(_) => {
                if let Some(wait) = self.wait() {
                    wait.misuse(Misuse::UnexpectedResponse);
                }
            }
            JobResponse::Status(_) => {
                if self.is_start(key) {
                    self.state = State::Misused(Misuse::UnexpectedResponse);
                }
            }
        }
    }

    fn on_failure(&mut self, now: Duration, key: RequestKey, error: Error<T>) {
        if let Some(wait) = self.wait() {
            wait.on_failure(now, key, error);
        } else if self.is_start(key) {
            self.state = State::Failed(Box::new(error));
        }
    }

    /// Does nothing: a job has one request in flight at most.
    fn limit_concurrency(&mut self, _: usize) {}

    fn finish(&mut self) -> Self::Output {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Ready(_) => Err(JobError::Finished { may_have_been_applied: false }),
            State::Starting => Err(JobError::Finished { may_have_been_applied: true }),
            State::Waiting { started, mut wait } => end(started, wait.finish()),
            State::Failed(error) => Err(JobError::Start(error)),
            State::Misused(misuse) => Err(JobError::Misuse(misuse)),
            State::Over => Err(JobError::Misuse(Misuse::PolledAfterDone)),
        }
    }
}

impl<S: Endpoint, P: Endpoint> Endpoint for JobRequest<S, P> {
    type Output = JobResponse<S::Output, P::Output>;

    fn operation(&self) -> &'static Operation {
        match self {
            Self::Start(start) => start.operation(),
            Self::Status(status) => status.operation(),
        }
    }

    fn idempotency(&self) -> Idempotency {
        match self {
            Self::Start(start) => start.idempotency(),
            Self::Status(status) => status.idempotency(),
        }
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        match self {
            Self::Start(start) => start.build(cx),
            Self::Status(status) => status.build(cx),
        }
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        match self {
            Self::Start(start) => start.decode(response).map(JobResponse::Started),
            Self::Status(status) => status.decode(response).map(JobResponse::Status),
        }
    }

    fn attachment(&self) -> Option<&dyn Any> {
        match self {
            Self::Start(start) => start.attachment(),
            Self::Status(status) => status.attachment(),
        }
    }
}

impl<S: StartsJob, T> fmt::Debug for JobRun<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Ready(_) => "ready",
            State::Starting => "starting",
            State::Waiting { .. } => "waiting",
            State::Failed(_) | State::Misused(_) => "failed",
            State::Over => "over",
        };
        f.debug_struct("JobRun")
            .field("operation", &self.start_operation)
            .field("state", &state)
            .finish_non_exhaustive()
    }
}
