//! The bytes of a request, and the connection that they go over.

use imagekit_proto::Idempotency;
use imagekit_proto::error::FailureKind::Ambiguous;
use serde_json::Value;

use super::{fine, fine_value};
use crate::ability::Ability;
use crate::case::{Case, call, sees};
use crate::outcome::{End, Why};
use crate::probe::Probe;
use crate::script::{Act, Exchange, response};
use crate::seen::Seen;

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = requests();
    cases.extend(refusals());
    cases.extend(connections());
    cases
}

fn requests() -> Vec<Case> {
    let fine = |name, probe: Probe, seen: Seen| {
        Case::new(name, [fine()]).call(call(probe).value(fine_value())).sees(seen)
    };
    let tail = |text: &str| format!("GET /v1/probe/{text}");
    let long = "x".repeat(60_000);
    vec![
        fine("wire/get", Probe::get(), sees("GET /v1/probe")),
        fine("wire/empty-put", Probe::put(), sees("PUT /v1/probe").length_zero()),
        fine("wire/json-put", Probe::put().json("{}"), sees("PUT /v1/probe").json("{}")),
        fine(
            "wire/delete-json",
            Probe::delete().json("{}").with_result(),
            sees("DELETE /v1/probe").json("{}"),
        ),
        Case::new("wire/delete", [response(204).end()])
            .call(call(Probe::delete()).value(Value::Null))
            .sees(sees("DELETE /v1/probe")),
        fine("wire/anonymous", Probe::get().anonymous(), sees("GET /v1/probe").anonymous()),
        fine(
            "wire/anonymous-without-a-key",
            Probe::put().anonymous(),
            sees("PUT /v1/probe").length_zero().anonymous(),
        )
        .without_key(),
        fine(
            "wire/path-delimiters",
            Probe::get().segment("a/b?c#d").segment("%2F").segment("a b+c"),
            sees(&tail("a%2Fb%3Fc%23d/%252F/a%20b%2Bc")),
        ),
        fine(
            "wire/path-punctuation",
            Probe::get().segment("'\"<>[]{}|\\^`").segment("!$&()*,;=:@").segment("-._~"),
            sees(&tail(
                "%27%22%3C%3E%5B%5D%7B%7D%7C%5C%5E%60/%21%24%26%28%29%2A%2C%3B%3D%3A%40/-._~",
            )),
        ),
        fine(
            "wire/path-unicode",
            Probe::get().segment("\u{e9}\u{1f600}\u{0}\u{7f}"),
            sees(&tail("%C3%A9%F0%9F%98%80%00%7F")),
        ),
        fine(
            "wire/path-that-looks-like-dots",
            Probe::get().segment("...").segment("%2e%2e").segment(".%2E"),
            sees(&tail(".../%252e%252e/.%252E")),
        ),
        fine(
            "wire/query",
            Probe::get()
                .query("q", "name = \"it's\" + 50% & x;y")
                .query("tags[]", "\u{fc}\u{4e2d}")
                .query("empty", "")
                .query("a", "#?/\\|`{}^<>"),
            sees(
                "GET /v1/probe?q=name%20%3D%20%22it%27s%22%20%2B%2050%25%20%26%20x%3By\
                 &tags%5B%5D=%C3%BC%E4%B8%AD&empty=&a=%23%3F%2F%5C%7C%60%7B%7D%5E%3C%3E",
            ),
        ),
        fine(
            "wire/long-target",
            Probe::get().query("q", &long),
            sees(&format!("GET /v1/probe?q={long}")),
        )
        .needs(Ability::LongTargets),
        fine(
            "wire/longest-target",
            longest(65_500),
            sees(&format!("GET /v1/probe?q={}", "x".repeat(65_500 - 12))),
        )
        .needs(Ability::LongTargets),
        fine("wire/upload", Probe::upload_inline("GIF89a"), sees("POST /v1/probe").form(b"GIF89a")),
    ]
}

/// A request whose target is this many bytes long.
fn longest(target: usize) -> Probe {
    Probe::get().query("q", &"x".repeat(target.saturating_sub("/v1/probe?q=".len())))
}

/// Refused before anything is sent.
fn refusals() -> Vec<Case> {
    let refuses = |name, probe| Case::new(name, []).call(call(probe).ends(End::Build).attempts(0));
    vec![
        refuses("wire/no-key", Probe::get()).without_key(),
        refuses("wire/empty-segment", Probe::get().segment("")),
        refuses("wire/dot-segment", Probe::get().segment(".")),
        refuses("wire/dot-dot-segment", Probe::delete().segment("..")),
        refuses("wire/too-long-target", longest(65_535)),
        refuses("wire/far-too-long-target", longest(200_000)),
    ]
}

/// The second call of a client may meet the connection of the first.
fn connections() -> Vec<Case> {
    let get = || sees("GET /v1/probe");
    let create = || sees("POST /v1/probe").json(r#"{"name":"probe"}"#);
    let first = || call(Probe::get()).value(fine_value());
    let dies = || Exchange::new([Act::Close]);
    let resets = || Exchange::new([Act::Reset]);
    vec![
        Case::new("wire/two-calls", [fine(), fine()])
            .call(first())
            .call(first())
            .sees_times(2, &get()),
        Case::new("wire/closed-between-two-calls", [fine().then(Act::Close), fine()])
            .call(first())
            .call(call(Probe::create()).value(fine_value()))
            .sees(get())
            .sees(create()),
        Case::new("wire/reset-between-two-calls", [fine().then(Act::Reset), fine()])
            .call(first())
            .call(call(Probe::create()).value(fine_value()))
            .sees(get())
            .sees(create()),
        Case::new(
            "wire/connection-close-between-two-calls",
            [
                response(200)
                    .header("Connection", "close")
                    .json(r#"{"fine":true}"#)
                    .then(Act::Close),
                fine(),
            ],
        )
        .call(first())
        .call(first())
        .sees_times(2, &get()),
        Case::new("wire/kept-connection-dies-with-a-create", [fine(), dies()])
            .needs(Ability::SingleSends)
            .call(first())
            .call(call(Probe::create()).maybe_applied(Why::Failure(Ambiguous)))
            .sees(get())
            .sees(create()),
        Case::new("wire/kept-connection-reset-with-a-create", [fine(), resets()])
            .needs(Ability::SingleSends)
            .call(first())
            .call(call(Probe::create()).maybe_applied(Why::Failure(Ambiguous)))
            .sees(get())
            .sees(create()),
        Case::new("wire/kept-connection-dies-with-a-get", [fine(), dies(), fine()])
            .needs(Ability::SingleSends)
            .call(first())
            .call(first().attempts(2))
            .sees_times(3, &get()),
        Case::new("wire/kept-connection-dies-with-a-single-use", [fine(), dies()])
            .needs(Ability::SingleSends)
            .call(first())
            .call(
                call(Probe::create().idempotency(Idempotency::SingleUse))
                    .maybe_applied(Why::Failure(Ambiguous)),
            )
            .sees(get())
            .sees(create()),
        Case::new("wire/call-after-a-response-that-was-too-large", [fine(), fine()])
            .call(
                call(Probe::get())
                    .options(crate::case::quick().max_response(5))
                    .failure(imagekit_proto::error::FailureKind::TooLarge),
            )
            .call(first())
            .sees_times(2, &get()),
    ]
}
