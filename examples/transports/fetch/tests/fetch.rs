//! `fetch` in Node and in headless Chromium, against the emulator.

#![allow(clippy::unwrap_used, clippy::panic, reason = "it is test code")]

mod bridge;
mod host;

use std::time::Duration;

use bridge::Bridge;
use host::Host;
use imagekit_conformance::{Ability, Report, Table};
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

#[test]
fn the_case_table_holds_in_node() {
    let interim = "Node takes a response 100 for a failure";
    let report = table(&Host::node(), |table| {
        table.skip("framing/100-continue", interim).skip("framing/100-continue-on-a-put", interim)
    });
    assert_eq!(report.failures().count(), 0, "\n{report}");
}

#[test]
fn the_case_table_holds_in_chromium() {
    // The server of the table exposes nothing to pages of other origins.
    let host = Host::chromium(&["--disable-web-security"]);
    let again = "Chromium sends a request again when a kept connection ends";
    let hidden = "a page sees no redirect";
    let empty =
        "Chromium takes a head that ends early for a whole one, of a response without a body";
    let report = table(&host, |table| {
        table
            .lacks(Ability::SingleSends, again)
            .lacks(Ability::Redirects, hidden)
            .skip("failure/error-then-closed", again)
            .skip("retry/503-then-closed-on-a-put", again)
            .skip("failure/closed-in-the-headers", empty)
            .skip("failure/closed-in-the-headers-twice", empty)
            .skip("failure/closed-in-the-headers-to-a-create", empty)
    });
    assert_eq!(report.failures().count(), 0, "\n{report}");
}

/// Runs the table, as far as `fetch` can do it anywhere. The cases of time are left out: the way to
/// the page and back would count.
fn table(host: &Host, more: impl FnOnce(Table) -> Table) -> Report {
    let mut table = Table::new("fetch")
        .lacks(Ability::ConnectFailures, "fetch does not say whether there was a connection")
        .lacks(Ability::EarlyResponses, "fetch does not say whether the request was sent")
        .lacks(Ability::IdleTimeouts, "fetch does not show bytes on their way")
        .lacks(Ability::RawBodies, "fetch decodes bodies")
        .lacks(Ability::UnusualStatuses, "a Response has no status over 599");
    for group in ["status/", "framing/", "failure/", "retry/", "payload/", "wire/"] {
        table = table.only(group);
    }
    for header in [
        "accept-encoding",
        "accept-language",
        "cache-control",
        "origin",
        "pragma",
        "referer",
        "sec-ch-ua",
        "sec-ch-ua-mobile",
        "sec-ch-ua-platform",
        "sec-fetch-dest",
        "sec-fetch-mode",
        "sec-fetch-site",
        "user-agent",
    ] {
        table = table.sets_header(header, "fetch sets it");
    }
    futures_lite::future::block_on(more(table).run_async(|| Bridge(host)))
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
