//! Unit tests of code that makes calls, against the emulator in this process.

#![allow(clippy::unwrap_used, reason = "it is test code")]

use std::cell::Cell;
use std::io;
use std::time::Duration;

use imagekit_emulator::{DropAt, Emulator, Fault};
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::folders::CreateFolder;
use imagekit_proto::api::upload::UploadFile;
use imagekit_proto::error::ErrorKind;
use imagekit_proto::transport::{Payload, drive};
use imagekit_proto::{Call, CallOptions, Config, Endpoint};
use transport_in_memory::InMemory;

fn call<E: Endpoint>(endpoint: E) -> Call<E, io::Error> {
    let config = Config::new(Emulator::PRIVATE_KEY).unwrap();
    Call::new(&config, endpoint, CallOptions::default(), 7)
}

#[test]
fn a_wait_of_twenty_seconds_takes_no_time() {
    let emulator = Emulator::new();
    emulator.put("/images/cat.txt", "meow").unwrap();
    emulator.inject(Fault::rate_limited(Duration::from_secs(20)));
    let transport = InMemory::new(emulator);
    let list = call(ListAndSearchAssets::new().path("/images"));
    let page = drive(&transport, list, Payload::none()).unwrap();
    assert_eq!((page.len(), page.attempts), (1, 2));
    assert_eq!(transport.now(), Duration::from_secs(20));
}

#[test]
fn a_payload_is_opened_again() {
    let emulator = Emulator::new();
    let transport = InMemory::new(emulator.clone());
    emulator.inject(Fault::rate_limited(Duration::from_secs(1)));
    let opened = Cell::new(0);
    let payload = |len| {
        Payload::reopen(len, || {
            opened.set(opened.get() + 1);
            Ok(&b"hello"[..])
        })
    };
    let upload = |name: &str| call(UploadFile::new(name).use_unique_file_name(false));
    let uploaded = drive(&transport, upload("a.txt"), payload(5)).unwrap();
    assert_eq!((uploaded.attempts, opened.get()), (2, 2));
    assert_eq!(emulator.stored_bytes("/a.txt").unwrap(), "hello");

    let error = drive(&transport, upload("b.txt"), payload(4)).unwrap_err();
    assert!(!error.may_have_been_applied(), "{error}");
    assert!(emulator.file("/b.txt").is_none());
}

#[test]
fn failures_are_those_of_a_network() {
    let emulator = Emulator::new();
    let transport = InMemory::new(emulator.clone());
    let create = |name: &str| {
        drive(&transport, call(CreateFolder::new(name, "/")), Payload::none()).unwrap_err()
    };
    emulator.inject(Fault::drop_connection(DropAt::AfterActing));
    let error = create("a");
    assert!(matches!(error.kind(), ErrorKind::MaybeApplied { .. }), "{error}");

    emulator.inject(Fault::delay(Duration::from_secs(90)));
    let before = transport.now();
    let error = create("b");
    assert!(error.is_timeout() && error.may_have_been_applied(), "{error}");
    assert_eq!(transport.now() - before, Duration::from_secs(60));
}
