//! The framing of responses: lengths, chunks, encodings, size limits.

use std::time::Duration;

use imagekit_proto::error::FailureKind;
use serde_json::json;

use super::{fine, fine_value};
use crate::ability::Ability;
use crate::case::{Called, Case, attempts_at_most, call, quick, sees};
use crate::outcome::Why;
use crate::probe::Probe;
use crate::script::{Act, Exchange, ResponseHead, response};

/// `{"fine":true}` in gzip.
const GZIPPED: [u8; 33] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xff, 0xab, 0x56, 0x4a, 0xcb, 0xcc, 0x4b,
    0x55, 0xb2, 0x2a, 0x29, 0x2a, 0x4d, 0xad, 0x05, 0x00, 0x54, 0x5d, 0xd9, 0x6b, 0x0d, 0x00, 0x00,
    0x00,
];

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = delimiters();
    cases.extend(heads());
    cases.extend(caps());
    cases
}

/// A case of a GET whose response is `exchange`.
fn get(name: &'static str, exchange: Exchange, called: Called) -> Case {
    Case::new(name, [exchange]).call(called).sees(sees("GET /v1/probe"))
}

fn succeeds() -> Called {
    call(Probe::get()).value(fine_value())
}

fn delimiters() -> Vec<Case> {
    let chunks: [&[u8]; 3] = [b"{\"fine\"", b":", b"true}"];
    let bytes = |text: &'static str| Exchange::raw(text.as_bytes());
    vec![
        get("framing/chunked", response(200).chunked(&chunks), succeeds()),
        get(
            "framing/chunked-with-extension-and-trailer",
            bytes(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
                 d;name=value\r\n{\"fine\":true}\r\n0\r\nx-trailer: 1\r\n\r\n",
            ),
            succeeds(),
        ),
        get(
            "framing/until-close",
            response(200).unannounced(r#"{"fine":true}"#).then(Act::Close),
            succeeds(),
        ),
        get(
            "framing/http-1.0",
            bytes("HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{\"fine\":true}")
                .then(Act::Close),
            succeeds(),
        ),
        get(
            "framing/no-reason-phrase",
            bytes("HTTP/1.1 200 \r\ncontent-length: 13\r\n\r\n{\"fine\":true}"),
            succeeds(),
        ),
        get(
            "framing/dribbled",
            Exchange::new([Act::Dribble {
                bytes: "HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"fine\":true}".into(),
                gap: Duration::from_millis(1),
            }]),
            succeeds(),
        ),
        get(
            "framing/gzip-although-not-asked-for",
            response(200).header("Content-Encoding", "gzip").body("application/json", GZIPPED),
            call(Probe::get()).decode(200),
        )
        .needs(Ability::RawBodies),
        get(
            "framing/gzip-on-an-error",
            response(404).header("Content-Encoding", "gzip").body("application/json", GZIPPED),
            call(Probe::get()).api(404),
        )
        .needs(Ability::RawBodies),
        get(
            "framing/gzip-that-is-none",
            response(200).header("Content-Encoding", "gzip").json(r#"{"fine":true}"#),
            succeeds(),
        )
        .needs(Ability::RawBodies),
    ]
}

fn heads() -> Vec<Case> {
    let interim = |interim: &str| {
        let last = "HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"fine\":true}";
        Exchange::raw(format!("{interim}{last}"))
    };
    let many = |count: usize| -> ResponseHead {
        let more = |response: ResponseHead, n| response.header(&format!("x-header-{n}"), "value");
        (0..count).fold(response(200), more)
    };
    let odd = Exchange::raw(
        "HTTP/1.1 404 Not Found\r\ncOnTeNt-LeNgTh:    17   \r\nX-IK-REQUESTID:\todd\r\n\r\n\
         {\"message\":\"odd\"}",
    );
    vec![
        get("framing/odd-case", odd, call(Probe::get()).api(404).message("odd").request_id("odd")),
        get("framing/100-continue", interim("HTTP/1.1 100 Continue\r\n\r\n"), succeeds()),
        get(
            "framing/103-early-hints",
            interim("HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n"),
            succeeds(),
        ),
        Case::new("framing/100-continue-on-a-put", [interim("HTTP/1.1 100 Continue\r\n\r\n")])
            .call(call(Probe::put().json("{}")).value(fine_value()))
            .sees(sees("PUT /v1/probe").json("{}")),
        get("framing/90-headers", many(90).json(r#"{"fine":true}"#), succeeds()),
        get(
            "framing/300-headers",
            many(300).json(r#"{"fine":true}"#),
            // Most libraries have a limit below.
            succeeds().options(attempts_at_most(1)).failure(FailureKind::Ambiguous),
        ),
        get(
            "framing/header-that-is-not-ascii",
            response(200).header("x-name", "\u{e4}").json(r#"{"fine":true}"#),
            succeeds(),
        ),
    ]
}

/// A response of `max_response` bytes is read; one more byte is a failure that is not retried.
fn caps() -> Vec<Case> {
    let capped = |bytes| call(Probe::get()).options(quick().max_response(bytes));
    let too_large = || capped(12).failure(FailureKind::TooLarge);
    let chunks: [&[u8]; 3] = [b"{\"fine\"", b":", b"true}"];
    let until_close = || response(200).unannounced(r#"{"fine":true}"#).then(Act::Close);
    let endless = || {
        // Announces a petabyte and sends a little of it.
        let head = response(200).header("Content-Length", "1000000000000000");
        head.unannounced(vec![b' '; 100_000]).then(Act::Hold)
    };
    vec![
        get("framing/as-long-as-the-cap", fine(), capped(13).value(fine_value())),
        get("framing/over-the-cap", fine(), too_large()),
        get(
            "framing/chunked-as-long-as-the-cap",
            response(200).chunked(&chunks),
            capped(13).value(fine_value()),
        ),
        get("framing/chunked-over-the-cap", response(200).chunked(&chunks), too_large()),
        get(
            "framing/until-close-as-long-as-the-cap",
            until_close(),
            capped(13).value(fine_value()),
        ),
        get("framing/until-close-over-the-cap", until_close(), too_large()),
        get("framing/far-over-the-cap", endless(), capped(1000).failure(FailureKind::TooLarge)),
        get(
            "framing/error-over-the-cap",
            response(503).json(r#"{"message":1}"#),
            call(Probe::get()).options(quick().max_response(12)).failure(FailureKind::TooLarge),
        ),
        Case::new("framing/no-result-over-the-cap", [fine()])
            .call(
                call(Probe::delete())
                    .options(quick().max_response(12))
                    .failure(FailureKind::TooLarge)
                    .perhaps_applied(),
            )
            .sees(sees("DELETE /v1/probe")),
        Case::new("framing/over-the-cap-on-a-create", [fine()])
            .call(
                call(Probe::create())
                    .options(quick().max_response(12))
                    .maybe_applied(Why::Failure(FailureKind::TooLarge)),
            )
            .sees(sees("POST /v1/probe").json(r#"{"name":"probe"}"#)),
        get("framing/empty-under-a-cap-of-zero", response(404).empty(), capped(0).api(404)),
        get("framing/a-large-page", large(), capped(8 << 20).value(json!(vec![7; 500_000]))),
    ]
}

/// A body of a megabyte.
fn large() -> Exchange {
    let body = format!("[{}7]", "7,".repeat(499_999));
    response(200).json(&body)
}
