use super::*;
use crate::error::{ErrorKind, Failure, FailureKind};
use crate::flow::testing::{Create, Search, TestError, api_error, busy, not_sent, reply};

const SECOND: Duration = Duration::from_secs(1);

type Tested = CreateOnce<Create, Search, &'static str>;
type Request = CreateOnceRequest<Create, Search>;
type Outcome = CreateOnceResult<Create, Search, &'static str>;

fn machine() -> Tested {
    CreateOnce::new(Create::new(()), Search::new(()))
}

fn lost() -> TestError {
    api_error(503, "", true)
}

fn taken() -> TestError {
    api_error(400, r#"{"message": "taken"}"#, false)
}

fn cancelled(may_have_been_applied: bool) -> TestError {
    let failure = Failure::new(FailureKind::Cancelled, "stopped");
    Error::new("probe", 1, may_have_been_applied, ErrorKind::Transport(failure))
}

/// What a scripted server does with the next request.
#[derive(Debug)]
enum Event {
    /// A look-up finds this.
    Sees(Option<bool>),
    LookupFails(fn() -> TestError),
    Creates,
    CreateFails(fn() -> TestError),
    /// The machine sleeps for so many seconds.
    Sleeps(u64),
}

use Event::{CreateFails, Creates, LookupFails, Sees, Sleeps};

/// Drives the machine: every request and every sleep is as expected.
fn run(mut machine: Tested, events: &[Event]) -> Outcome {
    let (mut now, mut events) = (SECOND, events.iter());
    loop {
        let step = machine.poll(now);
        if let FlowStep::Done(outcome) = step {
            assert!(events.next().is_none(), "it ended too early: {outcome:?}");
            return outcome;
        }
        if matches!(step, FlowStep::Send(..)) {
            assert!(matches!(machine.poll(now), FlowStep::Pending), "two requests at once");
        }
        match (step, events.next()) {
            (FlowStep::Send(key, Request::Lookup(_)), Some(Sees(found))) => {
                machine.on_response(now, key, reply(CreateOnceResponse::LookedUp(*found)));
            }
            (FlowStep::Send(key, Request::Create(_)), Some(Creates)) => {
                machine.on_response(now, key, reply(CreateOnceResponse::Created(7)));
            }
            (FlowStep::Send(key, Request::Lookup(_)), Some(LookupFails(error)))
            | (FlowStep::Send(key, Request::Create(_)), Some(CreateFails(error))) => {
                machine.on_failure(now, key, error());
            }
            (FlowStep::Sleep(time), Some(Sleeps(seconds))) => {
                assert_eq!(time, SECOND * *seconds as u32);
                now += time;
            }
            (step, event) => panic!("{step:?} instead of {event:?}"),
        }
    }
}

fn short() -> Tested {
    machine().wait(WaitPolicy::default().deadline(3 * SECOND))
}

#[test]
fn what_is_there_is_not_created() {
    assert_eq!(run(machine(), &[Sees(Some(true))]).unwrap(), Created::Found(true));
    let error = run(machine(), &[Sees(Some(false))]).unwrap_err();
    assert!(matches!(&error, CreateOnceError::Taken(found) if !**found), "{error:?}");
    assert!(!error.may_have_been_applied());
}

#[test]
fn what_is_not_there_is_created() {
    let created = run(machine(), &[Sees(None), Creates]).unwrap();
    assert_eq!((created.response(), created.found()), (Some(&7), None));
    let replaced = run(machine().replace(true), &[Sees(Some(false)), Creates]);
    assert_eq!(replaced.unwrap(), Created::Now(7));
}

#[test]
fn without_a_look_nothing_is_created() {
    let error = run(machine(), &[LookupFails(not_sent)]).unwrap_err();
    assert!(matches!(error, CreateOnceError::Lookup(_)), "{error:?}");
    assert!(error.to_string().starts_with("it was not sent, because the look-up failed"));
}

#[test]
fn a_request_that_fails_without_effect_is_the_end() {
    let error = run(machine(), &[Sees(None), CreateFails(not_sent)]).unwrap_err();
    assert!(matches!(error, CreateOnceError::Create(_)), "{error:?}");
    assert!(error.request_error().is_some() && !error.may_have_been_applied());
}

#[test]
fn what_was_lost_is_looked_for_and_found() {
    for replace in [false, true] {
        let events = [
            Sees(None),
            CreateFails(lost),
            Sees(None),
            Sleeps(1),
            LookupFails(|| busy(5_000)),
            Sleeps(5),
            // It may have been there before the request.
            Sees(Some(false)),
            Sleeps(4),
            Sees(Some(true)),
        ];
        let found = run(machine().replace(replace), &events).unwrap();
        assert_eq!((found.response(), found.found()), (None, Some(&true)));
    }
}

#[test]
fn who_cancels_does_not_wait_for_look_ups() {
    for is_unknown in [false, true] {
        let cancelled = if is_unknown { || cancelled(true) } else { || cancelled(false) };
        let error = run(machine(), &[Sees(None), CreateFails(cancelled)]).unwrap_err();
        assert_eq!(matches!(error, CreateOnceError::NotSeen(_)), is_unknown, "{error:?}");
        assert_eq!(error.may_have_been_applied(), is_unknown);
        assert!(error.request_error().is_some_and(|error| error.is_cancelled()));
    }
}

#[test]
fn what_is_not_seen_is_sent_a_second_time_and_no_third() {
    let first =
        || vec![Sees(None), CreateFails(lost), Sees(None), Sleeps(1), Sees(None), Sleeps(2)];
    let mut repeated = first();
    repeated.extend([Sees(None), Creates]);
    assert_eq!(run(short(), &repeated).unwrap(), Created::Now(7));

    let mut twice = first();
    twice.extend([LookupFails(lost), CreateFails(lost), LookupFails(|| api_error(403, "", false))]);
    let error = run(short(), &twice).unwrap_err();
    assert!(matches!(error, CreateOnceError::NotSeen(_)), "{error:?}");
    assert!(error.may_have_been_applied());

    // The second one fails without an effect: that of the first is as unknown as before.
    let mut failed = first();
    failed.extend([Sees(None), CreateFails(not_sent)]);
    let error = run(short(), &failed).unwrap_err();
    assert!(matches!(&error, CreateOnceError::NotSeen(error) if error.status().is_some()));
}

#[test]
fn a_place_that_is_taken_is_looked_at() {
    // The first look was too early.
    let early = [Sees(None), CreateFails(taken), Sees(None), Sleeps(1), Sees(Some(true))];
    assert_eq!(run(machine(), &early).unwrap(), Created::Found(true));
    let other = [Sees(None), CreateFails(taken), Sees(Some(false))];
    assert!(matches!(run(machine(), &other), Err(CreateOnceError::Taken(_))));
    let unseen = [Sees(None), CreateFails(taken), LookupFails(|| api_error(403, "", false))];
    let error = run(machine(), &unseen).unwrap_err();
    assert!(matches!(&error, CreateOnceError::Create(error) if error.status().unwrap() == 400));
    // The request that was lost has taken it, or another one.
    let lost_before = [
        Sees(None),
        CreateFails(lost),
        LookupFails(|| api_error(403, "", false)),
        CreateFails(taken),
        Sees(Some(false)),
        Sleeps(1),
        Sees(Some(true)),
    ];
    assert_eq!(run(machine(), &lost_before).unwrap(), Created::Found(true));
    let replaced = [Sees(None), CreateFails(taken)];
    assert!(matches!(run(machine().replace(true), &replaced), Err(CreateOnceError::Create(_))));
}

#[test]
fn a_wait_that_the_server_asks_for_beyond_the_deadline_ends_the_look_ups() {
    let events = [Sees(None), CreateFails(lost), LookupFails(|| busy(4_000)), Creates];
    assert_eq!(run(short(), &events).unwrap(), Created::Now(7));
}

fn send(machine: &mut Tested) -> RequestKey {
    match machine.poll(SECOND) {
        FlowStep::Send(key, _) => key,
        step => panic!("{step:?}"),
    }
}

/// A machine whose request is in flight.
fn creating() -> (Tested, RequestKey) {
    let mut machine = machine();
    let key = send(&mut machine);
    machine.on_response(SECOND, key, reply(CreateOnceResponse::LookedUp(None)));
    let key = send(&mut machine);
    assert!(matches!(machine.poll(SECOND), FlowStep::Pending));
    (machine, key)
}

#[test]
fn an_early_end_says_what_may_have_been_created() {
    let may = |mut machine: Tested| match machine.finish() {
        Err(error @ CreateOnceError::Finished { .. }) => error.may_have_been_applied(),
        outcome => panic!("{outcome:?}"),
    };
    assert!(!may(machine()));
    let mut looking = machine();
    send(&mut looking);
    assert!(!may(looking));
    assert!(may(creating().0));
    let (mut lost_one, key) = creating();
    lost_one.on_failure(SECOND, key, lost());
    assert!(may(lost_one));
    let (mut done, key) = creating();
    done.on_response(SECOND, key, reply(CreateOnceResponse::Created(7)));
    assert_eq!(done.finish().unwrap(), Created::Now(7));
    assert!(matches!(done.finish(), Err(CreateOnceError::Misuse { .. })));
    assert!(matches!(done.poll(SECOND), FlowStep::Done(Err(CreateOnceError::Misuse { .. }))));
}

#[test]
fn misuse_is_told_with_what_may_have_been_created() {
    // A response of the other kind, and one that nobody asked for.
    for (unexpected, may) in [(false, true), (true, true)] {
        let (mut machine, key) = creating();
        if unexpected {
            let old = machine.in_flight.insert(Kind::Lookup);
            machine.in_flight.remove(old, &mut None);
            machine.on_failure(SECOND, old, not_sent());
        } else {
            machine.on_response(SECOND, key, reply(CreateOnceResponse::LookedUp(Some(true))));
        }
        let FlowStep::Done(Err(error)) = machine.poll(SECOND) else { panic!("it goes on") };
        assert!(matches!(error, CreateOnceError::Misuse { .. }), "{error:?}");
        assert_eq!(error.may_have_been_applied(), may);
    }
}
