use super::*;
use crate::error::ErrorKind;
use crate::flow::testing::{JobState, StartJob, api_error, not_sent, reply};

const SECOND: Duration = Duration::from_secs(1);

type Tested = JobRun<StartJob, &'static str>;

fn job() -> Tested {
    JobRun::new(StartJob::new(()), WaitPolicy::default())
}

/// Starts the job number 7 at second 5.
fn started() -> Tested {
    let mut job = job();
    let FlowStep::Send(key, JobRequest::Start(_)) = job.poll(Duration::ZERO) else {
        panic!("it is not started")
    };
    assert!(matches!(job.poll(SECOND), FlowStep::Pending));
    job.on_response(5 * SECOND, key, reply(JobResponse::Started(7)));
    job
}

fn status(job: &mut Tested, now: Duration) -> RequestKey {
    match job.poll(now) {
        FlowStep::Send(key, JobRequest::Status(status)) => {
            assert_eq!(status.request, 7);
            key
        }
        step => panic!("{step:?}"),
    }
}

fn done(job: &mut Tested) -> JobResult<StartJob, &'static str> {
    match job.poll(Duration::ZERO) {
        FlowStep::Done(outcome) => outcome,
        step => panic!("{step:?}"),
    }
}

#[test]
fn a_job_is_started_once_and_waited_for() {
    let mut job = started();
    let first = status(&mut job, 5 * SECOND);
    job.on_response(5 * SECOND, first, reply(JobResponse::Status(JobState::Pending)));
    let step = job.poll(5 * SECOND);
    assert!(matches!(step, FlowStep::Sleep(SECOND)), "{step:?}");
    let second = status(&mut job, 6 * SECOND);
    assert_ne!(first, second);
    job.on_response(6 * SECOND, second, reply(JobResponse::Status(JobState::Partial)));
    let end = done(&mut job).unwrap();
    assert_eq!((end.started, end.outcome), (7, WaitOutcome::Partial(JobState::Partial)));
    assert!(matches!(done(&mut job), Err(JobError::Misuse(Misuse::PolledAfterDone))));
    assert!(matches!(job.finish(), Err(JobError::Misuse(Misuse::PolledAfterDone))));
}

#[test]
fn the_start_of_a_finished_run_starts_no_wait() {
    let mut job = job();
    let FlowStep::Send(key, _) = job.poll(Duration::ZERO) else { panic!("it is not started") };
    assert!(matches!(job.finish(), Err(JobError::Finished { may_have_been_applied: true })));
    job.on_response(SECOND, key, reply(JobResponse::Started(7)));
    assert!(matches!(done(&mut job), Err(JobError::Misuse(Misuse::PolledAfterDone))));
}

#[test]
fn a_second_outcome_of_the_start_is_no_status() {
    let mut job = job();
    let FlowStep::Send(key, _) = job.poll(Duration::ZERO) else { panic!("it is not started") };
    job.on_response(SECOND, key, reply(JobResponse::Started(7)));
    assert_ne!(status(&mut job, SECOND), key);
}

#[test]
fn a_job_that_does_not_start_is_not_started_again() {
    let mut job = job();
    let FlowStep::Send(key, _) = job.poll(Duration::ZERO) else { panic!("it is not started") };
    job.on_failure(SECOND, key, api_error(423, "", false));
    let Err(JobError::Start(error)) = done(&mut job) else { panic!("it failed") };
    assert!(matches!(error.kind(), ErrorKind::Api(_)));
}

#[test]
fn the_deadline_counts_from_the_start_and_the_error_names_the_job() {
    let mut job = started();
    let key = status(&mut job, 5 * SECOND);
    job.on_failure(605 * SECOND, key, not_sent());
    let Err(error @ JobError::Wait { .. }) = done(&mut job) else { panic!("it failed") };
    assert!(error.to_string().starts_with("the job's end was not seen within 600s"));
    let JobError::Wait { started: number, error } = error else { return };
    assert!(matches!((*number, error), (7, WaitError::Timeout(_))));

    let mut job = started();
    let key = status(&mut job, 604 * SECOND);
    job.on_failure(604 * SECOND, key, not_sent());
    assert!(matches!(job.poll(604 * SECOND), FlowStep::Sleep(SECOND)));
}

#[test]
fn a_finished_job_reports_whether_it_may_have_started() {
    let finished = |mut job: Tested| match job.finish() {
        Err(JobError::Finished { may_have_been_applied }) => Some(may_have_been_applied),
        _ => None,
    };
    assert_eq!(finished(job()), Some(false));
    let mut starting = job();
    let _ = starting.poll(SECOND);
    assert_eq!(finished(starting), Some(true));
    let started = started().finish();
    assert!(matches!(
        started,
        Err(JobError::Wait { started, error: WaitError::Finished(None) }) if *started == 7
    ));
    let mut failed = job();
    let FlowStep::Send(key, _) = failed.poll(SECOND) else { panic!("it is not started") };
    failed.on_failure(SECOND, key, not_sent());
    assert!(matches!(failed.finish(), Err(JobError::Start(_))));
}

#[test]
fn misuse_is_told() {
    let status_response = || reply(JobResponse::Status(JobState::Complete));
    let misused = |mut job: Tested| match job.finish() {
        Err(JobError::Misuse(misuse)) => misuse,
        Err(JobError::Wait { error: WaitError::Misuse(misuse), .. }) => misuse,
        outcome => panic!("{outcome:?}"),
    };
    // A status instead of the start.
    let mut mixed_up = job();
    let FlowStep::Send(key, _) = mixed_up.poll(SECOND) else { panic!("it is not started") };
    mixed_up.on_response(SECOND, key, status_response());
    assert_eq!(misused(mixed_up), Misuse::UnexpectedResponse);
    // A start instead of the status.
    let mut mixed_up = started();
    let key = status(&mut mixed_up, 5 * SECOND);
    mixed_up.on_response(SECOND, key, reply(JobResponse::Started(8)));
    assert_eq!(misused(mixed_up), Misuse::UnexpectedResponse);
    // An outcome that nothing waits for.
    let mut unexpected = job();
    unexpected.on_response(SECOND, key, status_response());
    assert_eq!(misused(unexpected), Misuse::UnexpectedResponse);
    let mut unexpected = job();
    unexpected.on_failure(SECOND, key, not_sent());
    assert!(matches!(done(&mut unexpected), Err(JobError::Misuse(Misuse::UnexpectedResponse))));
}

#[test]
fn a_request_of_a_job_is_the_request_inside() {
    use crate::config::Config;
    let start: JobRequest<_, crate::flow::testing::JobStatus> =
        JobRequest::Start(StartJob::new(()));
    let status: JobRequest<StartJob, _> =
        JobRequest::Status(crate::flow::testing::JobStatus::new(7));
    let config = Config::new("private_key").unwrap();
    let cx = RequestContext::new(&config, 1);
    for (operation, idempotency, request) in [
        (start.operation(), start.idempotency(), start.build(&cx)),
        (status.operation(), status.idempotency(), status.build(&cx)),
    ] {
        assert_eq!((operation.id, idempotency), ("probe", Idempotency::NonIdempotent));
        assert_eq!(request.unwrap().uri().path(), "/v1/probe");
    }
    assert!(start.attachment().is_some_and(|start| start.is::<()>()));
    assert!(status.attachment().is_some_and(|status| status.is::<u64>()));
    let response = |body: &'static str| Response::new(Bytes::from(body));
    assert_eq!(start.decode(&response("7")).unwrap(), JobResponse::Started(7));
    let decoded = status.decode(&response(r#""Partial""#)).unwrap();
    assert_eq!(decoded, JobResponse::Status(JobState::Partial));
}
