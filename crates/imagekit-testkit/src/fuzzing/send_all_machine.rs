//! Many calls at a time, driven in any order.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::input::Input;
use super::outcomes::{Probe, not_sent, reply};
use imagekit_proto::flow::{FlowStep, Machine as _, RequestKey, SendAll, SendAllEnd, Sent};

const NOW: Duration = Duration::ZERO;

/// Drives calls by operations made from `bytes`.
///
/// # Panics
///
/// More in flight or held than allowed, an outcome lost, twice, changed or out of order, a request
/// after an error that stops it, or no end.
pub fn send_all_machine(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let count = u64::from(input.byte() % 40);
    let concurrency = usize::from(input.byte() % 5);
    let limit = [1, 2, usize::MAX][usize::from(input.byte() % 3)];
    let [in_order, stop_on_error] = [(); 2].map(|()| input.byte() % 2 == 0);
    let mut all = SendAll::new((0..count).map(Number::new))
        .concurrency(concurrency)
        .in_order(in_order)
        .stop_on_error(stop_on_error);
    all.limit_concurrency(limit);
    let mut watch = Watch { most: concurrency.max(1).min(limit), in_order, ..Watch::default() };
    while !input.is_empty() {
        match input.byte() % 8 {
            0..4 => watch.step(all.poll(NOW)),
            4 | 5 => {
                if let Some((key, number)) = watch.take(input.byte(), true) {
                    all.on_response(NOW, key, reply(number * 3));
                }
            }
            6 => {
                if let Some((key, _)) = watch.take(input.byte(), false) {
                    watch.stopped |= stop_on_error;
                    all.on_failure(NOW, key, not_sent());
                }
            }
            _ => match (input.byte() % 8, watch.reported.first()) {
                (0, _) => {
                    let end = all.finish();
                    if !watch.is_over {
                        let known: BTreeSet<usize> = watch.handed_out.iter().copied().collect();
                        let all: BTreeSet<usize> = (0..watch.sent).collect();
                        let unknown = end.unknown.iter().copied();
                        assert_eq!(unknown.collect::<BTreeSet<_>>(), &all - &known);
                    }
                    watch.is_over = true;
                }
                (_, Some(key)) => all.on_failure(NOW, *key, not_sent()),
                _ => {}
            },
        }
    }
    for _ in 0..1_000 {
        if watch.is_over {
            return;
        }
        if let Some((key, number)) = watch.take(0, true) {
            all.on_response(NOW, key, reply(number * 3));
        }
        watch.step(all.poll(NOW));
    }
    panic!("it does not end");
}

type Number = Probe<u64, u64>;

#[derive(Default)]
struct Watch {
    most: usize,
    in_order: bool,
    sent: usize,
    open: Vec<(RequestKey, u64)>,
    reported: Vec<RequestKey>,
    /// The numbers whose outcome is to come, in the order in which it was reported.
    held: Vec<usize>,
    fates: BTreeMap<usize, bool>,
    handed_out: Vec<usize>,
    stopped: bool,
    is_over: bool,
}

impl Watch {
    fn take(&mut self, number: u8, succeeds: bool) -> Option<(RequestKey, u64)> {
        let index = usize::from(number).checked_rem(self.open.len())?;
        let (key, number) = self.open.remove(index);
        self.reported.push(key);
        self.held.push(number as usize);
        self.fates.insert(number as usize, succeeds);
        Some((key, number))
    }

    fn step(&mut self, step: FlowStep<Number, Sent<u64, &'static str>, SendAllEnd>) {
        assert!(!self.is_over || matches!(step, FlowStep::Done(_)), "{step:?} after the end");
        match step {
            FlowStep::Send(key, request) => {
                assert!(!self.stopped, "sent after it had stopped");
                assert_eq!(request.request, self.sent as u64);
                self.sent += 1;
                self.open.push((key, request.request));
                assert!(self.open.len() <= self.most, "too many in flight");
                assert!(self.open.len() + self.held.len() <= 2 * self.most, "too many held");
            }
            FlowStep::Item(Sent { index, outcome, .. }) => {
                let expected = if self.in_order { self.handed_out.len() } else { self.held[0] };
                assert_eq!(index, expected, "out of order");
                self.held.retain(|held| *held != index);
                self.handed_out.push(index);
                match outcome {
                    Ok(reply) => assert!(self.fates[&index] && reply.value == index as u64 * 3),
                    Err(_) => assert!(!self.fates[&index]),
                }
            }
            FlowStep::Pending => assert!(!self.open.is_empty(), "nothing is in flight"),
            FlowStep::Sleep(_) => panic!("it does not sleep"),
            FlowStep::Done(end) if !self.is_over => {
                self.is_over = true;
                assert!(self.open.is_empty() && self.held.is_empty(), "over too early");
                assert_eq!(self.handed_out.len(), self.sent);
                let failed = self.fates.values().filter(|succeeded| !**succeeded).count();
                assert_eq!((end.succeeded, end.failed), (self.sent - failed, failed));
                assert_eq!(end.is_stopped, self.stopped);
            }
            FlowStep::Done(end) => assert!(end.misuse.is_some()),
        }
    }
}
