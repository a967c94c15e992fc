//! Retries and their waits. The retry table has every combination; these cases show that the
//! transports follow it.

use std::time::Duration;

use imagekit_proto::Idempotency;
use serde_json::Value;

use super::{fine, fine_value};
use crate::case::{Case, attempts_at_most, call, quick, sees};
use crate::outcome::Why;
use crate::probe::Probe;
use crate::script::{Act, Exchange, ResponseHead, response};

const HINT: Duration = Duration::from_millis(60);

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = hints();
    cases.extend(repeats());
    cases
}

fn hints() -> Vec<Case> {
    let get = || sees("GET /v1/probe");
    let waits = |name, busy: ResponseHead| {
        Case::new(name, [busy.json(r#"{"message":"slow down"}"#), fine()])
            .call(call(Probe::get()).value(fine_value()).attempts(2))
            .sees_times(2, &get())
            .gap(HINT)
    };
    let ends = |name, busy: ResponseHead, status| {
        Case::new(name, [busy.json(r#"{"message":"slow down"}"#)])
            .call(call(Probe::get()).api(status).message("slow down"))
            .sees(get())
    };
    let dated = |late| {
        response(503).header("Date", "Sun, 06 Nov 1994 08:49:37 GMT").header("Retry-After", late)
    };
    vec![
        waits("retry/429-reset-in-milliseconds", response(429).header("X-RateLimit-Reset", "60")),
        waits("retry/429-retry-after-ms", response(429).header("retry-after-ms", "60")),
        waits("retry/429-retry-after", response(429).header("Retry-After", "0.06")),
        waits("retry/503-retry-after-ms", response(503).header("retry-after-ms", "60")),
        waits(
            "retry/429-longest-hint",
            response(429).header("X-RateLimit-Reset", "60").header("retry-after-ms", "20"),
        ),
        waits(
            "retry/429-several-windows",
            response(429).header("X-RateLimit-Reset", "10").header("X-RateLimit-Reset", "60"),
        ),
        ends(
            "retry/429-hint-over-the-cap",
            response(429).header("X-RateLimit-Reset", "30001"),
            429,
        ),
        ends("retry/503-hint-over-the-cap", response(503).header("Retry-After", "31"), 503),
        ends("retry/503-date-over-the-cap", dated("Sun, 06 Nov 1994 08:50:08 GMT"), 503),
        ends("retry/429-should-not", response(429).header("x-should-retry", "false"), 429),
        ends("retry/503-should-not", response(503).header("X-Should-Retry", "False"), 503),
        Case::new(
            "retry/503-date-in-the-past",
            [dated("Sun, 06 Nov 1994 08:49:00 GMT").empty(), fine()],
        )
        .call(call(Probe::get()).value(fine_value()).attempts(2))
        .sees_times(2, &get()),
        Case::new(
            "retry/429-hint-over-the-deadline",
            [response(429).header("X-RateLimit-Reset", "20000").empty()],
        )
        .call(call(Probe::get()).options(quick().deadline(Duration::from_secs(15))).api(429))
        .sees(get()),
        Case::new(
            "retry/503-reset-is-no-hint",
            [response(503).header("X-RateLimit-Reset", "30001").empty(), fine()],
        )
        .call(call(Probe::get()).value(fine_value()).attempts(2))
        .sees_times(2, &get()),
        Case::new(
            "retry/429-garbled-hints",
            [
                response(429)
                    .header("X-RateLimit-Reset", "-5")
                    .header("Retry-After", "soon")
                    .empty(),
                fine(),
            ],
        )
        .call(call(Probe::get()).value(fine_value()).attempts(2))
        .sees_times(2, &get()),
    ]
}

fn repeats() -> Vec<Case> {
    let get = || sees("GET /v1/probe");
    let create = || sees("POST /v1/probe").json(r#"{"name":"probe"}"#);
    let busy = || response(429).header("X-RateLimit-Reset", "1").empty();
    let dies = || Exchange::new([Act::Close]);
    let single_use = || Probe::create().idempotency(Idempotency::SingleUse);
    let on_create = |name, status: u16| {
        Case::new(name, [response(status).empty()])
            .call(call(Probe::create()).maybe_applied(Why::Status(status)))
            .sees(create())
    };
    vec![
        Case::new("retry/503-then-200", [response(503).html(), fine()])
            .call(call(Probe::get()).value(fine_value()).attempts(2))
            .sees_times(2, &get()),
        Case::new("retry/408-then-200", [response(408).empty(), fine()])
            .call(call(Probe::get()).value(fine_value()).attempts(2))
            .sees_times(2, &get()),
        Case::new(
            "retry/408-that-closes-then-200",
            // A wait in which the end of the connection arrives.
            [response(408).header("retry-after-ms", "60").empty().then(Act::Close), fine()],
        )
        .call(call(Probe::get()).value(fine_value()).attempts(2))
        .sees_times(2, &get()),
        Case::new("retry/503-on-a-delete", [response(503).empty(), response(204).end()])
            .call(call(Probe::delete()).value(Value::Null).attempts(2))
            .sees_times(2, &sees("DELETE /v1/probe")),
        Case::new(
            "retry/500-three-times",
            [response(500).empty(), response(502).empty(), response(504).empty()],
        )
        .call(call(Probe::get()).api(504).attempts(3))
        .sees_times(3, &get()),
        Case::new("retry/500-then-404", [response(500).empty(), response(404).empty()])
            .call(call(Probe::get()).api(404).attempts(2))
            .sees_times(2, &get()),
        Case::new(
            "retry/503-then-closed-on-a-put",
            [response(503).empty(), dies(), response(404).empty()],
        )
        .call(call(Probe::put()).api(404).attempts(3).perhaps_applied())
        .sees_times(3, &sees("PUT /v1/probe").length_zero()),
        Case::new(
            "retry/503-then-404-on-a-delete-by-id",
            [response(503).empty(), response(404).empty()],
        )
        .call(call(Probe::delete().segment("a")).value(Value::Null).attempts(2))
        .sees_times(2, &sees("DELETE /v1/probe/a")),
        Case::new("retry/404-on-a-delete-by-id", [response(404).empty()])
            .call(call(Probe::delete().segment("a")).api(404))
            .sees(sees("DELETE /v1/probe/a")),
        Case::new(
            "retry/503-then-404-on-a-delete-by-body",
            [response(503).empty(), response(404).empty()],
        )
        .call(call(Probe::delete()).api(404).attempts(2).perhaps_applied())
        .sees_times(2, &sees("DELETE /v1/probe")),
        Case::new("retry/409", [response(409).header("retry-after-ms", "1").empty()])
            .call(call(Probe::get()).api(409))
            .sees(get()),
        Case::new("retry/429-never", [busy()])
            .call(call(Probe::get()).options(attempts_at_most(1)).api(429))
            .sees(get()),
        Case::new("retry/429-on-a-create", [busy(), busy(), fine()])
            .call(call(Probe::create()).value(fine_value()).attempts(3))
            .sees_times(3, &create()),
        Case::new("retry/429-then-503-on-a-create", [busy(), response(503).empty()])
            .call(call(Probe::create()).maybe_applied(Why::Status(503)).attempts(2))
            .sees_times(2, &create()),
        Case::new("retry/429-on-a-single-use", [busy()])
            .call(call(single_use()).api(429))
            .sees(create()),
        on_create("retry/503-on-a-create", 503),
        on_create("retry/500-on-a-create", 500),
        on_create("retry/408-on-a-create", 408),
    ]
}
