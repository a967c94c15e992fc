//! Whole calls, retries included, over a transport in memory.

use std::time::Duration;

use imagekit_emulator::{DropAt, Emulator, Fault, RateLimit, Reaction, body_bytes};
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::files::{DeleteFile, GetFileDetails};
use imagekit_proto::error::{Failure, FailureKind};
use imagekit_proto::{Call, CallOptions, Endpoint, Error, Reply, Step};

use crate::support::{config, photo, text, upload};

type Outcome<E> = Result<Reply<<E as Endpoint>::Output>, Error<&'static str>>;

/// Drives a call; waits are added up, and the emulator's clock goes with them.
fn drive<E: Endpoint>(emulator: &Emulator, endpoint: E) -> (Outcome<E>, Duration) {
    let mut now = Duration::ZERO;
    let mut call = Call::new(&config(), endpoint, CallOptions::default(), 7);
    loop {
        match call.poll(now) {
            Step::Send(attempt) => match emulator.handle(attempt.request.map(body_bytes)) {
                Reaction::Response(response) => call.on_response(now, response),
                Reaction::After(wait, response) => {
                    now += wait;
                    call.on_response(now, response);
                }
                Reaction::Drop | Reaction::CutShort { .. } => {
                    call.on_failure(now, Failure::new(FailureKind::Ambiguous, "dropped"));
                }
            },
            Step::Sleep(wait) => {
                now += wait;
                emulator.advance(wait);
            }
            Step::Done(outcome) => return (outcome, now),
        }
    }
}

#[test]
fn the_wait_of_a_429_is_honoured() {
    let emulator = Emulator::new();
    emulator.inject(Fault::rate_limited(Duration::from_millis(1500)));
    let (outcome, waited) = drive(&emulator, photo("cat.jpg"));
    let reply = outcome.unwrap();
    assert_eq!((reply.attempts, waited), (2, Duration::from_millis(1500)));
    assert_eq!(reply.value.file().unwrap().name, "cat.jpg");
}

#[test]
fn an_enforced_limit_is_waited_out() {
    let limit = RateLimit::enforced(1, Duration::from_secs(3));
    let emulator = Emulator::new().with_rate_limit(limit);
    for expected in [0..=0, 2000..=3000, 2000..=3000] {
        let (outcome, waited) = drive(&emulator, ListAndSearchAssets::new());
        outcome.unwrap();
        assert!(expected.contains(&waited.as_millis()), "{waited:?}");
    }
}

#[test]
fn what_is_safe_is_repeated_and_what_is_not_says_so() {
    let emulator = Emulator::new();
    let id = upload(&emulator, &text("a.txt", "a")).file_id;
    emulator.inject(Fault::html(502));
    emulator.inject(Fault::drop_connection(DropAt::InResponse(3)));
    let reply = drive(&emulator, GetFileDetails::new(&id)).0.unwrap();
    assert_eq!((reply.attempts, reply.name.as_str()), (3, "a.txt"));

    emulator.inject(Fault::drop_connection(DropAt::AfterActing).on("upload-file").unwrap());
    let error = drive(&emulator, text("b.txt", "b")).0.unwrap_err();
    assert!(error.may_have_been_applied());
    assert_eq!(emulator.stored_bytes("/b.txt").unwrap(), "b");

    // Deleted by an attempt whose response was lost.
    emulator.inject(Fault::drop_connection(DropAt::AfterActing));
    let reply = drive(&emulator, DeleteFile::new(&id)).0.unwrap();
    assert_eq!((reply.meta.status.as_u16(), reply.attempts), (404, 2));
}
