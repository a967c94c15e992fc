//! Something that is created once, driven in any order.

use std::convert::Infallible;
use std::time::Duration;

use super::input::Input;
use super::outcomes::{Create, Search, TestError, api_error, busy, not_sent, reply};
use imagekit_proto::flow::{
    CreateOnce, CreateOnceError, CreateOnceRequest, CreateOnceResponse, CreateOnceResult, Created,
    FlowStep, Machine as _, RequestKey, WaitPolicy,
};

type Outcome = CreateOnceResult<Create, Search, &'static str>;
type Step = FlowStep<CreateOnceRequest<Create, Search>, Infallible, Outcome>;

/// Drives the machine by operations made from `bytes`.
///
/// # Panics
///
/// Two requests in flight, a third request that creates or one before a look, a second one although
/// the first had no effect or was seen, a wait that moves, an outcome that no response bears out, an
/// unknown effect that the outcome hides, or no end.
pub fn create_once_machine(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let ms = Duration::from_millis;
    let [first, longest, deadline] = [(); 3].map(|()| ms(input.number(2)));
    let policy = WaitPolicy::default().first_delay(first).max_delay(longest).deadline(deadline);
    let replace = input.byte() % 2 == 0;
    let mut machine = CreateOnce::<_, _, &str>::new(Create::new(()), Search::new(()))
        .wait(policy)
        .replace(replace);
    let mut clock = ms(input.number(2));
    let mut watch = Watch { replace, ..Watch::default() };
    while !input.is_empty() {
        clock = match input.byte() {
            back @ 250.. => clock.saturating_sub(ms(back.into())),
            forth => clock.saturating_add(ms(u64::from(forth) * 16)),
        };
        match input.byte() % 16 {
            0..8 => {
                watch.now = watch.now.max(clock);
                watch.step(machine.poll(clock));
            }
            8..14 => {
                let Some((key, is_create)) = watch.open.take() else { continue };
                watch.now = watch.now.max(clock);
                watch.reported = Some(key);
                watch.until = None;
                let is_mixed_up = input.byte() == 1;
                match (input.byte() % 4, is_create != is_mixed_up) {
                    (0, true) => {
                        watch.mixed_up(is_mixed_up, is_create);
                        watch.created |= !is_mixed_up;
                        machine.on_response(clock, key, reply(CreateOnceResponse::Created(7)));
                    }
                    (0 | 1, false) => {
                        watch.mixed_up(is_mixed_up, is_create);
                        let found = input.choose(&[None, Some(false), Some(true)], None);
                        watch.saw(found, is_mixed_up);
                        let found = CreateOnceResponse::LookedUp(found);
                        machine.on_response(clock, key, reply(found));
                    }
                    _ => {
                        let error = input.choose(&ERRORS, not_sent)();
                        watch.unknown |= is_create && error.may_have_been_applied();
                        watch.failed |= is_create && !error.may_have_been_applied();
                        machine.on_failure(clock, key, error);
                    }
                }
            }
            14 => {
                let Some(key) = watch.reported else { continue };
                watch.now = watch.now.max(clock);
                watch.misused = true;
                machine.on_failure(clock, key, not_sent());
            }
            _ if input.byte() % 4 == 0 => {
                let outcome = machine.finish();
                watch.end(&outcome);
            }
            _ => {}
        }
    }
    for _ in 0..200 {
        if watch.is_over {
            return;
        }
        clock = clock.max(watch.now).saturating_add(Duration::from_secs(66));
        watch.now = clock;
        if let Some((key, is_create)) = watch.open.take() {
            watch.until = None;
            if is_create {
                watch.unknown = true;
                machine.on_failure(clock, key, lost());
            } else {
                watch.looked = true;
                machine.on_response(clock, key, reply(CreateOnceResponse::LookedUp(None)));
            }
        }
        watch.step(machine.poll(clock));
    }
    panic!("it does not end");
}

fn lost() -> TestError {
    api_error(503, "", true)
}

const ERRORS: [fn() -> TestError; 5] = [
    not_sent,
    || busy(5_000),
    || api_error(403, "", false),
    || api_error(400, r#"{"message": "taken"}"#, false),
    lost,
];

#[derive(Default)]
struct Watch {
    replace: bool,
    now: Duration,
    /// The request in flight, and whether it creates.
    open: Option<(RequestKey, bool)>,
    reported: Option<RequestKey>,
    creates: u32,
    looked: bool,
    seen: bool,
    other: bool,
    created: bool,
    /// A request that creates may have had its effect, or certainly had none.
    unknown: bool,
    failed: bool,
    /// The end of the wait that was returned.
    until: Option<Duration>,
    misused: bool,
    is_over: bool,
}

impl Watch {
    /// A response of the other kind leaves open what the request did.
    fn mixed_up(&mut self, is_mixed_up: bool, is_create: bool) {
        self.misused |= is_mixed_up;
        self.unknown |= is_mixed_up && is_create;
    }

    fn saw(&mut self, found: Option<bool>, is_mixed_up: bool) {
        self.looked |= !is_mixed_up;
        self.seen |= found == Some(true) && !is_mixed_up;
        self.other |= found == Some(false) && !is_mixed_up;
    }

    fn step(&mut self, step: Step) {
        match step {
            FlowStep::Send(key, request) => {
                assert!(!self.is_over && self.open.is_none(), "sent out of turn");
                assert!(self.reported.is_none_or(|reported| reported < key), "a key twice");
                assert!(self.until.take().is_none_or(|until| until <= self.now), "too early");
                let is_create = matches!(request, CreateOnceRequest::Create(_));
                if is_create {
                    self.creates += 1;
                    assert!(self.looked && !self.seen && !self.created && self.creates <= 2);
                    assert_eq!(self.creates == 2, self.unknown, "without need");
                }
                self.open = Some((key, is_create));
            }
            FlowStep::Sleep(wait) => {
                assert!(!self.is_over && self.open.is_none() && wait > Duration::ZERO);
                let until = self.now.saturating_add(wait);
                assert_eq!(*self.until.get_or_insert(until), until, "the wait moved");
            }
            FlowStep::Pending => assert!(!self.is_over && self.open.is_some()),
            FlowStep::Item(item) => match item {},
            FlowStep::Done(outcome) => self.end(&outcome),
        }
    }

    fn end(&mut self, outcome: &Outcome) {
        let was_over = std::mem::replace(&mut self.is_over, true);
        if was_over {
            assert!(matches!(outcome, Err(CreateOnceError::Misuse { .. })), "{outcome:?}");
            return;
        }
        match outcome {
            Ok(Created::Now(number)) => assert!(self.created && *number == 7),
            Ok(Created::Found(found)) => assert!(self.seen && *found),
            Err(error) => {
                let is_in_flight = self.open.is_some_and(|(_, is_create)| is_create);
                let may = error.may_have_been_applied();
                match error {
                    // It was in flight when the driver made its mistake.
                    CreateOnceError::Misuse { .. } => assert!(may || !self.unknown, "{error:?}"),
                    _ => assert_eq!(may, self.unknown || is_in_flight, "{error:?}"),
                }
                match error {
                    CreateOnceError::Lookup(_) => assert_eq!(self.creates, 0),
                    CreateOnceError::Create(_) => assert!(self.failed),
                    CreateOnceError::Taken(found) => {
                        assert!(self.other && !self.replace && !**found)
                    }
                    CreateOnceError::NotSeen(error) => assert!(error.may_have_been_applied()),
                    CreateOnceError::Misuse { .. } => assert!(self.misused),
                    _ => {}
                }
            }
        }
    }
}
