//! Connections that fail at every point.

use imagekit_proto::Idempotency;
use imagekit_proto::error::FailureKind::{Ambiguous, NotSent};

use super::{fine, fine_value};
use crate::ability::Ability;
use crate::case::{Case, attempts_at_most, call, sees};
use crate::outcome::Why;
use crate::probe::Probe;
use crate::script::{Act, Exchange, response};

/// Ways to leave a request without its response.
fn ways() -> Vec<(&'static str, &'static str, &'static str, Exchange)> {
    let raw = |text: &'static str, act| Exchange::raw(text.as_bytes()).then(act);
    const HALF: &str = "HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"fine\"";
    vec![
        (
            "failure/closed-before-a-response",
            "failure/closed-before-a-response-twice",
            "failure/closed-before-a-response-to-a-create",
            Exchange::new([Act::Close]),
        ),
        (
            "failure/reset-before-a-response",
            "failure/reset-before-a-response-twice",
            "failure/reset-before-a-response-to-a-create",
            Exchange::new([Act::Reset]),
        ),
        (
            "failure/closed-in-the-status-line",
            "failure/closed-in-the-status-line-twice",
            "failure/closed-in-the-status-line-to-a-create",
            raw("HTTP/1.1 20", Act::Close),
        ),
        (
            "failure/closed-in-the-headers",
            "failure/closed-in-the-headers-twice",
            "failure/closed-in-the-headers-to-a-create",
            raw("HTTP/1.1 200 OK\r\ncontent-le", Act::Close),
        ),
        (
            "failure/closed-after-the-headers",
            "failure/closed-after-the-headers-twice",
            "failure/closed-after-the-headers-to-a-create",
            raw("HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n", Act::Close),
        ),
        (
            "failure/closed-in-the-body",
            "failure/closed-in-the-body-twice",
            "failure/closed-in-the-body-to-a-create",
            raw(HALF, Act::Close),
        ),
        (
            "failure/reset-in-the-body",
            "failure/reset-in-the-body-twice",
            "failure/reset-in-the-body-to-a-create",
            raw(HALF, Act::Reset),
        ),
        (
            "failure/closed-in-a-chunk",
            "failure/closed-in-a-chunk-twice",
            "failure/closed-in-a-chunk-to-a-create",
            raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nd\r\n{\"fine", Act::Close),
        ),
        (
            "failure/closed-between-chunks",
            "failure/closed-between-chunks-twice",
            "failure/closed-between-chunks-to-a-create",
            raw(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nd\r\n{\"fine\":true}\r\n",
                Act::Close,
            ),
        ),
        (
            "failure/chunk-without-a-length",
            "failure/chunk-without-a-length-twice",
            "failure/chunk-without-a-length-to-a-create",
            raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n", Act::Close),
        ),
        (
            "failure/not-http",
            "failure/not-http-twice",
            "failure/not-http-to-a-create",
            raw("SSH-2.0-OpenSSH_9.6\r\n\r\n", Act::Close),
        ),
        (
            "failure/closed-after-100-continue",
            "failure/closed-after-100-continue-twice",
            "failure/closed-after-100-continue-to-a-create",
            raw("HTTP/1.1 100 Continue\r\n\r\n", Act::Close),
        ),
        (
            "failure/error-status-closed-in-the-body",
            "failure/error-status-closed-in-the-body-twice",
            "failure/error-status-closed-in-the-body-to-a-create",
            raw("HTTP/1.1 404 Not Found\r\ncontent-length: 13\r\n\r\n{\"message", Act::Close),
        ),
    ]
}

pub(crate) fn cases() -> Vec<Case> {
    let get = || sees("GET /v1/probe");
    let create = || sees("POST /v1/probe").json(r#"{"name":"probe"}"#);
    let refused = |name| Case::refused(name).needs(Ability::ConnectFailures);
    let mut cases = Vec::new();
    for (once, twice, on_create, way) in ways() {
        cases.push(
            Case::new(once, [way.clone(), fine()])
                .call(call(Probe::get()).value(fine_value()).attempts(2))
                .sees_times(2, &get()),
        );
        cases.push(
            Case::new(twice, [way.clone(), way.clone()])
                .call(
                    call(Probe::get()).options(attempts_at_most(2)).failure(Ambiguous).attempts(2),
                )
                .sees_times(2, &get()),
        );
        cases.push(
            Case::new(on_create, [way])
                .call(call(Probe::create()).maybe_applied(Why::Failure(Ambiguous)))
                .sees(create()),
        );
    }
    cases.extend([
        refused("failure/refused").call(call(Probe::get()).failure(NotSent).attempts(0)),
        refused("failure/refused-create").call(call(Probe::create()).failure(NotSent).attempts(0)),
        refused("failure/refused-single-use").call(
            call(Probe::create().idempotency(Idempotency::SingleUse)).failure(NotSent).attempts(0),
        ),
        refused("failure/refused-twice-with-one-client")
            .call(call(Probe::get()).failure(NotSent).attempts(0))
            .call(call(Probe::delete()).failure(NotSent).attempts(0)),
        Case::new(
            "failure/error-then-closed",
            [response(503).empty(), Exchange::new([Act::Close]), fine()],
        )
        .call(call(Probe::get()).value(fine_value()).attempts(3))
        .sees_times(3, &get()),
    ]);
    cases
}
