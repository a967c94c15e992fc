//! `Debug` of all machines: how far they are, and nothing of what they send.

use std::fmt::Debug;
use std::time::Duration;

use super::testing::{Create, Files, JobStatus, Numbers, Probe, Search, Span, StartJob};
use super::{Batch, CreateOnce, FlowStep, JobRun, Listing, Machine, SendAll, Wait, WaitPolicy};

/// Returns what `machine` prints while its first request is in flight.
fn in_flight<M: Machine + Debug>(mut machine: M) -> String {
    assert!(matches!(machine.poll(Duration::ZERO), FlowStep::Send(..)));
    format!("{machine:?}")
}

#[test]
fn debug_tells_the_progress_and_no_request() {
    let numbers = || Numbers::new(Span { skip: 9, limit: None });
    let policy = WaitPolicy::default();
    let files = Files::new((0..4).map(|number| format!("hidden {number}")).collect());
    let printed = [
        in_flight(Batch::<_, &str>::new(files)),
        in_flight(CreateOnce::<_, _, &str>::new(Create::new(()), Search::new(()))),
        in_flight(JobRun::<_, &str>::new(StartJob::new(()), policy)),
        in_flight(Wait::<_, &str>::new(JobStatus::new(7), policy)),
        in_flight(Listing::<_, &str>::new(numbers())),
        in_flight(SendAll::<_, &str>::new([Probe::<_, ()>::new("hidden")])),
    ];
    let expected: [&[&str]; 6] = [
        &["Batch", "\"probe\"", "waiting: 1", "in_flight: 1"],
        &["CreateOnce", "\"probe\"", "\"in flight\""],
        &["JobRun", "\"probe\"", "\"starting\""],
        &["Wait", "\"probe\"", "policy: WaitPolicy", "\"in flight\""],
        &["Listing", "Pages", "\"probe\"", "offset: 9", "in_flight: 1"],
        &["SendAll", "sent: 1", "in_flight: 1"],
    ];
    for (printed, parts) in printed.iter().zip(expected) {
        assert!(!printed.contains("hidden"), "{printed}");
        for part in parts {
            assert!(printed.contains(part), "{printed} without {part}");
        }
    }
}
