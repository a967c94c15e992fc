//! Uploads, and payloads that differ from what was announced.

use std::time::Duration;

use bytes::Bytes;
use imagekit_proto::error::FailureKind::{Ambiguous, NotSent, Payload};

use super::{fine, fine_value};
use crate::ability::Ability;
use crate::case::{Called, Case, attempts_at_most, call, sees};
use crate::outcome::{End, Why};
use crate::probe::Probe;
use crate::script::{Act, Exchange, response};
use crate::supply::{Source, Supply, pattern};

/// Larger than any buffer on the way.
const LEN: usize = 300_001;

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = sources();
    cases.extend(lies());
    cases.extend(without_a_form());
    cases.extend(repeats());
    cases.extend(early_responses());
    cases
}

fn upload(source: Source) -> Called {
    call(Probe::upload()).payload(source)
}

fn sources() -> Vec<Case> {
    let bytes = pattern(LEN);
    let case = |name, bytes: &Bytes, source| {
        Case::new(name, [fine()])
            .call(upload(source).value(fine_value()))
            .sees(sees("POST /v1/probe").form(bytes))
    };
    let supply = |size| Supply::new(bytes.clone(), size);
    let large = pattern(32 << 20);
    let empty = Bytes::new();
    vec![
        case("payload/bytes", &bytes, Source::Bytes(bytes.clone())),
        case("payload/path", &bytes, Source::Path(bytes.clone())),
        case("payload/reader", &bytes, Source::Once(supply(4096))),
        case("payload/stream", &bytes, Source::Stream(supply(4096))),
        case("payload/stream-in-one-piece", &bytes, Source::Stream(supply(LEN))),
        case("payload/reopened-reader", &bytes, Source::Reopen(supply(1 << 20))),
        case("payload/reader-of-odd-pieces", &bytes, Source::Once(supply(997))),
        case("payload/empty-bytes", &empty, Source::Bytes(empty.clone())),
        case("payload/empty-path", &empty, Source::Path(empty.clone())),
        case("payload/empty-reader", &empty, Source::Once(Supply::default())),
        case("payload/32-mib", &large, Source::Once(Supply::new(large.clone(), 256 << 10))),
        case("payload/32-mib-from-a-path", &large, Source::Path(large.clone())),
        Case::new("payload/inline", [fine()])
            .call(call(Probe::upload_inline(bytes.clone())).value(fine_value()))
            .sees(sees("POST /v1/probe").form(&bytes)),
    ]
}

/// The announced length is kept, or the request is cut off: never a success, never a retry.
fn lies() -> Vec<Case> {
    let bytes = pattern(LEN);
    let case = |name, said: usize, source: fn(Supply) -> Source, supply: Supply| {
        // What would have come.
        let mut whole = bytes.to_vec();
        whole.resize(said, 0);
        Case::new(name, [fine()])
            .call(upload(source(supply.announced(said as u64))).failure(Payload))
            .sees(sees("POST /v1/probe").form(&whole).cut_off())
    };
    let supply = || Supply::new(bytes.clone(), 10_000);
    vec![
        case("payload/short-reader", LEN + 1, Source::Once, supply()),
        case("payload/short-reopened-reader", LEN + 1000, Source::Reopen, supply()),
        case("payload/much-too-short-reader", 10 * LEN, Source::Once, supply()),
        case("payload/long-reader", LEN - 1, Source::Once, supply()),
        case("payload/long-reopened-reader", LEN - 1000, Source::Reopen, supply()),
        case("payload/short-stream", LEN + 1, Source::Stream, supply()),
        case("payload/long-stream", LEN - 1, Source::Stream, supply()),
        case("payload/long-stream-by-a-piece", LEN - LEN % 10_000, Source::Stream, supply()),
        case("payload/stream-although-empty", 0, Source::Stream, supply()),
        case("payload/stream-error", LEN + 1, Source::Stream, supply().failing()),
        case("payload/stream-error-at-the-end", LEN, Source::Stream, supply().failing()),
        case("payload/long-by-a-piece", LEN - LEN % 10_000, Source::Once, supply()),
        case("payload/reader-although-empty", 0, Source::Once, supply()),
        case("payload/empty-although-not", LEN, Source::Once, Supply::default()),
        case("payload/read-error", LEN + 1, Source::Once, supply().failing()),
        case(
            "payload/read-error-of-a-reopened-reader",
            LEN + 1,
            Source::Reopen,
            supply().failing(),
        ),
        case("payload/read-error-at-the-start", LEN, Source::Once, Supply::default().failing()),
        case("payload/read-error-at-the-end", LEN, Source::Once, supply().failing()),
        Case::new("payload/none-where-one-is-needed", [])
            .call(call(Probe::upload()).ends(End::Build).attempts(0)),
        Case::new("payload/one-where-none-is-needed", [])
            .call(call(Probe::put()).payload(Source::Bytes(bytes)).ends(End::Build).attempts(0)),
    ]
}

/// A body that ends with its payload: what is too long must not be complete before it is noticed.
fn without_a_form() -> Vec<Case> {
    let bytes = pattern(LEN);
    let upload = |source| call(Probe::raw_upload()).payload(source);
    let whole = sees("POST /v1/probe").raw(&bytes);
    let supply = |bytes: &Bytes| Supply::new(bytes.clone(), 10_000).announced(LEN as u64);
    let longer = Bytes::from([&bytes[..], b"!"].concat());
    let shorter = bytes.slice(..LEN - 1);
    let fine = |name, source| {
        Case::new(name, [fine()]).call(upload(source).value(fine_value())).sees(whole.clone())
    };
    let fails = |name, source| {
        Case::new(name, [super::fine()])
            .call(upload(source).failure(Payload))
            .sees(whole.clone().cut_off())
    };
    vec![
        fine("payload/raw-reader", Source::Once(supply(&bytes))),
        fine("payload/raw-stream", Source::Stream(supply(&bytes))),
        fine("payload/raw-path", Source::Path(bytes.clone())),
        fails("payload/raw-long-reader", Source::Once(supply(&longer))),
        fails("payload/raw-long-stream", Source::Stream(supply(&longer))),
        fails("payload/raw-long-reopened-reader", Source::Reopen(supply(&longer))),
        fails("payload/raw-short-reader", Source::Once(supply(&shorter))),
        fails("payload/raw-short-stream", Source::Stream(supply(&shorter))),
        fails("payload/raw-stream-error-at-the-end", Source::Stream(supply(&bytes).failing())),
    ]
}

fn repeats() -> Vec<Case> {
    let bytes = pattern(LEN);
    let busy = || response(429).header("X-RateLimit-Reset", "1").empty();
    let form = sees("POST /v1/probe").form(&bytes);
    let again = |name, source| {
        Case::new(name, [busy(), fine()])
            .call(upload(source).value(fine_value()).attempts(2))
            .sees_times(2, &form)
    };
    let supply = || Supply::new(bytes.clone(), 10_000);
    vec![
        again("payload/bytes-again", Source::Bytes(bytes.clone())),
        again("payload/path-again", Source::Path(bytes.clone())),
        again("payload/reopened-reader-again", Source::Reopen(supply())),
        Case::new("payload/reader-once", [busy()])
            .call(upload(Source::Once(supply())).api(429))
            .sees(form.clone()),
        Case::new("payload/503", [response(503).empty()])
            .call(upload(Source::Reopen(supply())).maybe_applied(Why::Status(503)))
            .sees(form.clone()),
        Case::new("payload/503-to-a-reader", [response(503).empty()])
            .call(upload(Source::Once(supply())).maybe_applied(Why::Status(503)))
            .sees(form),
        Case::refused("payload/refused")
            .needs(Ability::ConnectFailures)
            .call(upload(Source::Reopen(supply())).failure(NotSent).attempts(0)),
        Case::refused("payload/refused-reader")
            .needs(Ability::ConnectFailures)
            .call(upload(Source::Once(supply())).failure(NotSent).attempts(0)),
    ]
}

fn early_responses() -> Vec<Case> {
    let bytes = pattern(LEN);
    let form = sees("POST /v1/probe").form(&bytes);
    let early = |response: Exchange| Exchange::after_head(response.acts).then(Act::Drain);
    let refusal = || response(403).json(r#"{"message":"quota"}"#);
    let large = pattern(32 << 20);
    let unread = Exchange::after_head(fine().acts).then(Act::Reset);
    vec![
        Case::new("payload/closed-after-it", [Exchange::new([Act::Close])])
            .call(
                upload(Source::Bytes(bytes.clone()))
                    .options(attempts_at_most(1))
                    .maybe_applied(Why::Failure(Ambiguous)),
            )
            .sees(form.clone()),
        Case::new("payload/error-before-the-end", [early(refusal())])
            .needs(Ability::EarlyResponses)
            .call(upload(Source::Bytes(bytes)).api(403).message("quota"))
            .sees(form.maybe_cut_off()),
        Case::new("payload/call-after-an-early-error", [early(refusal()), fine()])
            .needs(Ability::EarlyResponses)
            .call(upload(Source::Bytes(large.clone())).api(403).message("quota"))
            .call(
                call(Probe::get())
                    .options(attempts_at_most(1).attempt_timeout(Duration::from_secs(5)))
                    .value(fine_value()),
            )
            .sees(sees("POST /v1/probe").form(&large).maybe_cut_off())
            .sees(sees("GET /v1/probe")),
        // A server that has not read the request cannot have acted on it.
        Case::new("payload/success-before-the-end", [unread])
            .needs(Ability::EarlyResponses)
            .call(upload(Source::Bytes(large.clone())).maybe_applied(Why::Failure(Ambiguous)))
            .sees(sees("POST /v1/probe").form(&large).cut_off()),
    ]
}
