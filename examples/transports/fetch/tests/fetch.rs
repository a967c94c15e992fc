//! `fetch` in Node and in headless Chromium, against the emulator.

#![allow(clippy::unwrap_used, clippy::panic, reason = "it is test code")]

mod host;

use std::time::Duration;

use host::Host;
use imagekit_emulator::{DropAt, Emulator, Fault, Server};
use serde_json::json;

#[test]
fn calls_in_node() {
    calls(&Host::node(), true);
}

#[test]
fn calls_in_chromium() {
    calls(&Host::chromium(&[]), false);
}

/// Prepares an emulator for the calls of the page, and looks at what it has seen.
fn calls(host: &Host, sends_once: bool) {
    let emulator = Emulator::new().allow_cross_origin(true);
    emulator.put("/images/cat.txt", "meow").unwrap();
    for (operation, fault) in [
        ("list-and-search-assets", Fault::rate_limited(Duration::from_millis(700))),
        ("upload-file", Fault::rate_limited(Duration::from_millis(20))),
        ("upload-file", Fault::delay(Duration::from_millis(1200))),
        ("create-folder", Fault::drop_connection(DropAt::AfterActing)),
        ("get-file-details", Fault::delay(Duration::from_secs(20))),
    ] {
        emulator.inject(fault.on(operation).unwrap());
    }
    let server = Server::start(emulator).unwrap();
    let job =
        json!({ "calls": server.url(), "key": Emulator::PRIVATE_KEY, "sendsOnce": sends_once });
    assert_eq!(host.answer(job), "null");
    let emulator = server.emulator();
    assert_eq!(emulator.faults_left(), 0);
    let requests = emulator.requests();
    let creates = requests.iter().filter(|request| request.operation == Some("create-folder"));
    assert_eq!(creates.count(), if sends_once { 1 } else { 2 });
    assert!(emulator.stored_bytes("/large.bin").unwrap() == vec![7; 3_000_001]);
}
