//! Servers that are too slow.

use std::time::Duration;

use imagekit_proto::error::FailureKind::{Ambiguous, NotSent};

use super::{fine, fine_value};
use crate::ability::Ability;
use crate::case::{Case, attempts_at_most, call, quick, sees};
use crate::outcome::{End, Why};
use crate::probe::Probe;
use crate::script::{Act, Exchange, response};
use crate::supply::{Source, Supply, pattern};

/// Long enough for a busy machine to connect in, short enough to wait for.
const SHORT: Duration = Duration::from_millis(300);
/// Long enough for a busy machine to respond in.
const LONG: Duration = Duration::from_millis(1500);

pub(crate) fn cases() -> Vec<Case> {
    let get = || sees("GET /v1/probe");
    let create = || sees("POST /v1/probe").json(r#"{"name":"probe"}"#);
    let stuck = || Exchange::new([Act::Hold]);
    let stuck_in_the_body =
        || Exchange::raw("HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"fine\"").then(Act::Hold);
    let dribble = || {
        let bytes = "HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"fine\":true}".into();
        Exchange::new([Act::Dribble { bytes, gap: SHORT / 10 }])
    };
    let slow_body = || {
        let gap = LONG / 10;
        Exchange::raw("HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n")
            .then(Act::Dribble { bytes: r#"{"fine":true}"#.into(), gap })
    };
    let patient = || attempts_at_most(2).attempt_timeout(SHORT);
    let impatient = || attempts_at_most(1).attempt_timeout(SHORT);
    let deadline = || quick().deadline(SHORT);
    let idle = |time| quick().attempt_timeout(None).idle_timeout(time);
    let late = End::Deadline(Some(Why::Failure(Ambiguous)));
    let unclear = Why::Failure(Ambiguous);
    let large = pattern(32 << 20);
    vec![
        Case::new("time/attempt-timeout", [stuck(), stuck()])
            .call(call(Probe::get()).options(patient()).failure(Ambiguous).attempts(2))
            .sees_times(2, &get()),
        Case::new("time/attempt-timeout-then-200", [stuck(), fine()])
            .call(
                call(Probe::get())
                    .options(attempts_at_most(2).attempt_timeout(LONG))
                    .value(fine_value())
                    .attempts(2),
            )
            .sees_times(2, &get()),
        Case::new("time/attempt-timeout-in-the-body", [stuck_in_the_body(), fine()])
            .call(
                call(Probe::get())
                    .options(attempts_at_most(2).attempt_timeout(LONG))
                    .value(fine_value())
                    .attempts(2),
            )
            .sees_times(2, &get()),
        Case::new("time/attempt-timeout-on-a-create", [stuck()])
            .call(call(Probe::create()).options(patient()).maybe_applied(unclear))
            .sees(create()),
        Case::new("time/attempt-timeout-counts-the-whole-response", [dribble()])
            .call(call(Probe::get()).options(impatient()).failure(Ambiguous))
            .sees(get()),
        Case::new(
            "time/attempt-timeout-while-sending",
            [Exchange::after_head([Act::Sleep(SHORT * 3)])],
        )
        .call(
            call(Probe::upload())
                .options(patient())
                .payload(Source::Reopen(Supply::new(large.clone(), 64 << 10)))
                .maybe_applied(unclear),
        )
        .sees(sees("POST /v1/probe").form(&large).cut_off()),
        Case::new("time/deadline", [stuck()])
            .call(call(Probe::get()).options(deadline()).ends(late.clone()))
            .sees(get()),
        Case::new("time/deadline-in-the-body", [stuck_in_the_body()])
            .call(call(Probe::get()).options(deadline()).ends(late))
            .sees(get()),
        Case::new("time/deadline-on-a-create", [stuck()])
            .call(call(Probe::create()).options(deadline()).maybe_applied(unclear))
            .sees(create()),
        Case::new("time/deadline-over-before-it-began", []).call(
            call(Probe::get())
                .options(quick().deadline(Duration::ZERO))
                .ends(End::Deadline(None))
                .attempts(0),
        ),
        Case::new("time/deadline-over-several-attempts", [response(503).empty(), stuck()])
            .call(
                call(Probe::get())
                    .options(quick().deadline(LONG))
                    .ends(End::Deadline(Some(Why::Failure(Ambiguous))))
                    .attempts(2),
            )
            .sees_times(2, &get()),
        Case::silent("time/attempt-timeout-while-connecting")
            .needs(Ability::ConnectFailures)
            .call(call(Probe::create()).options(patient()).failure(NotSent).attempts(0)),
        Case::silent("time/deadline-while-connecting").needs(Ability::ConnectFailures).call(
            call(Probe::create())
                .options(deadline())
                .ends(End::Deadline(Some(Why::Failure(NotSent))))
                .attempts(0),
        ),
        Case::new("time/idle-timeout", [stuck()])
            .needs(Ability::IdleTimeouts)
            .call(call(Probe::create()).options(idle(SHORT)).maybe_applied(unclear))
            .sees(create()),
        Case::new("time/idle-timeout-in-the-body", [stuck_in_the_body()])
            .needs(Ability::IdleTimeouts)
            .call(call(Probe::create()).options(idle(SHORT)).maybe_applied(unclear))
            .sees(create()),
        // It takes longer than the timeout, but bytes of the body arrive.
        Case::new("time/idle-timeout-counts-progress", [slow_body()])
            .needs(Ability::IdleTimeouts)
            .call(call(Probe::create()).options(idle(LONG)).value(fine_value()))
            .sees(create()),
        Case::new("time/next-call-after-a-timeout", [stuck(), fine()])
            .call(call(Probe::get()).options(impatient()).failure(Ambiguous))
            .call(call(Probe::get()).value(fine_value()))
            .sees_times(2, &get()),
    ]
}
