//! Calls over the emulator as a transport.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use imagekit_emulator::{DropAt, Emulator, Fault};
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::transport::{AsyncPayload, Payload, drive, drive_async};
use imagekit_proto::{Call, CallOptions};

use crate::support::{config, text};

fn list() -> ListAndSearchAssets {
    ListAndSearchAssets::new()
}

#[test]
fn broken_connections_leave_the_fate_of_an_upload_open() {
    for (at, applied) in
        [(DropAt::BeforeActing, false), (DropAt::AfterActing, true), (DropAt::InResponse(5), true)]
    {
        let emulator = Emulator::new();
        emulator.inject(Fault::drop_connection(at));
        let call = Call::new(&config(), text("a.txt", "a"), CallOptions::default(), 7);
        let error = drive(&emulator, call, Payload::none()).unwrap_err();
        assert!(error.may_have_been_applied(), "{at:?}: {error}");
        assert_eq!(emulator.file("/a.txt").is_some(), applied, "{at:?}");
    }
}

#[test]
fn waits_advance_the_clock() {
    let emulator = Emulator::new();
    emulator.inject(Fault::delay(Duration::from_secs(3600)));
    let options = CallOptions::default().attempt_timeout(Duration::from_secs(40));
    let before = emulator.now_unix();
    let page = drive(&emulator, Call::new(&config(), list(), options, 7), Payload::none()).unwrap();
    assert_eq!(page.attempts, 2);
    let passed = emulator.now_unix() - before;
    assert!((40..60).contains(&passed), "{passed} seconds");
}

#[test]
fn async_calls_are_ready_at_once() {
    let emulator = Emulator::new().with_latency(Duration::from_secs(1));
    emulator.inject("503; times=2".parse::<Fault>().unwrap());
    let call = Call::new(&config(), list(), CallOptions::default(), 7);
    let future = pin!(drive_async(&emulator, call, AsyncPayload::none()));
    let Poll::Ready(page) = future.poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("it waits")
    };
    assert_eq!(page.unwrap().attempts, 3);
}
