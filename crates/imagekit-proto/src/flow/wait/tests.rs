use super::*;
use crate::error::{BuildError, ErrorKind};
use crate::flow::testing::{JobState, JobStatus, TestError, api_error, busy, not_sent, reply};

const SECOND: Duration = Duration::from_secs(1);
const START: Duration = Duration::from_secs(100);

type Tested = Wait<JobStatus, &'static str>;

fn wait(deadline: u32) -> Tested {
    let policy =
        WaitPolicy::default().first_delay(SECOND).max_delay(5 * SECOND).deadline(deadline * SECOND);
    Wait::new(JobStatus::new(7), policy)
}

/// When requests were sent, and how the wait ended. A request takes a second.
fn drive(
    mut wait: Tested,
    mut server: impl FnMut() -> Result<JobState, TestError>,
) -> (Vec<u64>, WaitResult<JobState, &'static str>) {
    let (mut now, mut sent) = (START, Vec::new());
    loop {
        match wait.poll(now) {
            FlowStep::Send(key, endpoint) => {
                assert_eq!(endpoint.request, 7);
                sent.push((now - START).as_secs());
                assert!(matches!(wait.poll(now), FlowStep::Pending));
                now += SECOND;
                wait.on_outcome(now, key, server().map(reply));
            }
            FlowStep::Sleep(time) => {
                assert!(time > Duration::ZERO);
                now += time;
            }
            FlowStep::Done(outcome) => return (sent, outcome),
            FlowStep::Pending => panic!("nothing is in flight"),
            FlowStep::Item(item) => match item {},
        }
    }
}

fn timeout(outcome: WaitResult<JobState, &'static str>) -> WaitTimeout<JobState, &'static str> {
    match outcome {
        Err(WaitError::Timeout(timeout)) => *timeout,
        outcome => panic!("{outcome:?}"),
    }
}

fn states(states: &'static [JobState]) -> impl FnMut() -> Result<JobState, TestError> {
    let mut states = states.iter();
    move || Ok(*states.next().unwrap())
}

#[test]
fn a_final_state_ends_it() {
    use JobState::{Complete, Partial, Pending};
    let (sent, outcome) = drive(wait(60), states(&[Pending, Pending, Complete]));
    assert_eq!(sent, [0, 2, 5]);
    let outcome = outcome.unwrap();
    assert!(outcome.is_complete());
    assert_eq!(outcome.status(), &Complete);
    assert_eq!(outcome.into_status(), Complete);

    let (_, outcome) = drive(wait(60), states(&[Partial]));
    let outcome = outcome.unwrap();
    assert_eq!(outcome, WaitOutcome::Partial(Partial));
    assert!(!outcome.is_complete());
    assert_eq!(outcome.status(), &Partial);
    assert_eq!(outcome.into_status(), Partial);
}

#[test]
fn intervals_grow_to_the_longest_and_the_last_request_is_sent_at_the_deadline() {
    let (sent, outcome) = drive(wait(20), || Ok(JobState::Pending));
    assert_eq!(sent, [0, 2, 5, 10, 16, 20]);
    let timeout = timeout(outcome);
    assert_eq!((timeout.last, timeout.deadline), (Some(JobState::Pending), 20 * SECOND));
    assert!(timeout.last_error.is_none());
}

#[test]
fn the_first_interval_is_not_longer_than_the_longest() {
    let policy = WaitPolicy::default().first_delay(9 * SECOND).max_delay(2 * SECOND);
    let wait = Wait::new(JobStatus::new(7), policy.deadline(6 * SECOND));
    assert_eq!(drive(wait, || Ok(JobState::Pending)).0, [0, 3, 6]);
}

#[test]
fn a_delay_of_zero_does_not_send_without_a_pause() {
    for policy in [
        WaitPolicy::default().first_delay(Duration::ZERO),
        WaitPolicy::default().max_delay(Duration::ZERO),
    ] {
        let mut wait: Tested = Wait::new(JobStatus::new(7), policy);
        for pause in [Duration::ZERO, SHORTEST] {
            let FlowStep::Send(key, _) = wait.poll(START) else { panic!("{wait:?}") };
            wait.on_response(START, key, reply(JobState::Pending));
            if !pause.is_zero() {
                let FlowStep::Sleep(time) = wait.poll(START) else { panic!("{wait:?}") };
                assert_eq!(time, pause);
            }
        }
    }
}

#[test]
fn an_end_seen_by_the_last_request_counts() {
    let (sent, outcome) = drive(wait(2), states(&[JobState::Pending, JobState::Complete]));
    assert_eq!(sent, [0, 2]);
    assert!(outcome.unwrap().is_complete());
}

#[test]
fn requests_that_fail_are_spaced_and_limited_too() {
    let (sent, outcome) = drive(wait(20), || Err(not_sent()));
    assert_eq!(sent, [0, 2, 5, 10, 16, 20]);
    let error = outcome.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the job's end was not seen within 20s (last error: probe got no response: down (the \
         request was not sent)); wait again later, or with a longer deadline"
    );
    let timeout = timeout(Err(error));
    assert!(timeout.last.is_none() && timeout.last_error.is_some());
}

#[test]
fn an_error_that_no_repetition_mends_ends_it() {
    let (sent, outcome) = drive(wait(20), || Err(api_error(400, "", false)));
    assert_eq!(sent, [0]);
    let Err(error @ WaitError::Request(_)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error.to_string(), "probe failed with 400 Bad Request");
    let kinds =
        [ErrorKind::Build(BuildError::PayloadMissing), ErrorKind::Misuse(Misuse::PolledInFlight)];
    for kind in kinds {
        let mut error = Some(Error::new("probe", 0, false, kind));
        let (sent, outcome) = drive(wait(20), || Err(error.take().unwrap()));
        assert_eq!(sent, [0]);
        assert!(matches!(outcome, Err(WaitError::Request(_))), "{outcome:?}");
    }
}

#[test]
fn no_request_is_sent_before_the_server_wants_it() {
    let mut hints = [3_000, 500].into_iter();
    let server = || Err(hints.next().map_or_else(not_sent, busy));
    // After 3 seconds instead of one; after 2 although the server asks for half a second.
    assert_eq!(drive(wait(9), server).0, [0, 4, 7, 9]);
    // The server wants no request before the deadline.
    let (sent, outcome) = drive(wait(9), || Err(busy(9_000)));
    assert_eq!(sent, [0]);
    assert!(timeout(outcome).last_error.is_some());
}

#[test]
fn without_time_there_is_one_request() {
    assert_eq!(drive(wait(0), || Ok(JobState::Pending)).0, [0]);
    assert_eq!(drive(wait(0), || Err(not_sent())).0, [0]);
}

#[test]
fn an_early_poll_and_a_clock_that_goes_back_get_what_is_left() {
    let mut wait = wait(60);
    let FlowStep::Send(key, _) = wait.poll(10 * SECOND) else { panic!("it is due") };
    wait.on_response(11 * SECOND, key, reply(JobState::Pending));
    let half = SECOND / 2;
    for now in [11 * SECOND + half, SECOND] {
        let step = wait.poll(now);
        assert!(matches!(step, FlowStep::Sleep(left) if left == half), "{step:?}");
    }
    assert!(matches!(wait.poll(12 * SECOND), FlowStep::Send(..)));
}

#[test]
fn misuse_is_told() {
    let mut one = wait(60);
    let FlowStep::Send(key, _) = one.poll(START) else { panic!("it is due") };
    one.on_response(START, key, reply(JobState::Complete));
    // The outcome is decided; nothing changes it.
    one.on_response(START, key, reply(JobState::Partial));
    one.on_failure(START, key, not_sent());
    assert!(matches!(one.poll(START), FlowStep::Done(Ok(WaitOutcome::Complete(_)))));
    let step = one.poll(START);
    assert!(
        matches!(step, FlowStep::Done(Err(WaitError::Misuse(Misuse::PolledAfterDone)))),
        "{step:?}"
    );
    assert!(matches!(one.finish(), Err(WaitError::Misuse(Misuse::PolledAfterDone))));

    let mut other = wait(60);
    let FlowStep::Send(right, _) = other.poll(START) else { panic!("it is due") };
    let FlowStep::Send(wrong, _) = ({
        let mut third = wait(60);
        let FlowStep::Send(first, _) = third.poll(START) else { panic!("it is due") };
        third.on_response(START, first, reply(JobState::Pending));
        third.poll(START + SECOND)
    }) else {
        panic!("it is due")
    };
    other.on_response(START, wrong, reply(JobState::Complete));
    other.on_response(START, right, reply(JobState::Complete));
    let step = other.poll(START);
    assert!(
        matches!(step, FlowStep::Done(Err(WaitError::Misuse(Misuse::UnexpectedResponse)))),
        "{step:?}"
    );
}

#[test]
fn a_finished_wait_tells_the_last_status() {
    let mut fresh = wait(60);
    assert!(matches!(fresh.finish(), Err(WaitError::Finished(None))));
    let mut begun = wait(60);
    let FlowStep::Send(key, _) = begun.poll(START) else { panic!("it is due") };
    begun.on_response(START, key, reply(JobState::Pending));
    assert!(matches!(begun.finish(), Err(WaitError::Finished(Some(JobState::Pending)))));
    let mut decided = wait(60);
    let FlowStep::Send(key, _) = decided.poll(START) else { panic!("it is due") };
    decided.on_response(START, key, reply(JobState::Complete));
    assert!(decided.finish().is_ok());
}

#[test]
fn a_job_without_partial_ends_is_complete_when_it_ends() {
    struct Progress;
    impl Pollable for Progress {
        fn is_final(&self) -> bool {
            true
        }
    }
    assert!(WaitOutcome::of(Progress).is_complete());
}
