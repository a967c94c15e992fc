//! The retry table: every status and failure, for each idempotency, with every kind of retry
//! header. Attempts and waits are compared with a second, plain implementation of the rules.

use std::time::Duration;

use imagekit_proto::error::FailureKind;
use imagekit_proto::{CallOptions, Idempotency, RetryPolicy};
use serde_json::json;

use super::memory;
use crate::case::{Case, call};
use crate::outcome::{End, Outcome, Why};
use crate::probe::Probe;
use crate::report::{CaseResult, Problem, Report};
use crate::script::{Act, Exchange, response};
use crate::supply::{Source, Supply};

const CAP: Duration = Duration::from_secs(30);
const BASE: Duration = Duration::from_millis(500);

const STATUSES: [u16; 31] = [
    200, 201, 207, 300, 304, 307, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 418, 423, 425,
    429, 499, 500, 501, 502, 503, 504, 505, 520, 599, 600, 999,
];
const IDEMPOTENCIES: [Idempotency; 3] =
    [Idempotency::Idempotent, Idempotency::NonIdempotent, Idempotency::SingleUse];

/// Response headers, and the wait that they ask for.
struct Hint {
    headers: &'static [(&'static str, &'static str)],
    /// The wait that they ask for with a 429, and with any other status, in milliseconds.
    on_429: Option<u64>,
    otherwise: Option<u64>,
    stop: bool,
}

const fn hint(
    headers: &'static [(&'static str, &'static str)],
    on_429: Option<u64>,
    otherwise: Option<u64>,
) -> Hint {
    Hint { headers, on_429, otherwise, stop: false }
}

const DATE: (&str, &str) = ("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
const RESET: &str = "X-RateLimit-Reset";

const HINTS: [Hint; 25] = [
    hint(&[], None, None),
    hint(&[(RESET, "0")], Some(0), None),
    hint(&[(RESET, "250")], Some(250), None),
    // Twice this is the deadline.
    hint(&[(RESET, "5000")], Some(5000), None),
    hint(&[(RESET, "30000")], Some(30_000), None),
    hint(&[(RESET, "30001")], Some(30_001), None),
    hint(&[(RESET, "99999999999999999999999")], Some(u64::MAX), None),
    hint(&[(RESET, "-5")], None, None),
    hint(&[(RESET, "soon")], None, None),
    hint(&[(RESET, "250, 6000")], Some(6000), None),
    hint(&[(RESET, "6000"), (RESET, "250")], Some(6000), None),
    hint(&[("retry-after-ms", "1500")], Some(1500), Some(1500)),
    hint(&[("retry-after-ms", "1500.0")], Some(1500), Some(1500)),
    hint(&[("Retry-After", "2")], Some(2000), Some(2000)),
    hint(&[("Retry-After", "6")], Some(6000), Some(6000)),
    hint(&[("Retry-After", "0.25")], Some(250), Some(250)),
    hint(&[("Retry-After", "31")], Some(31_000), Some(31_000)),
    hint(&[("Retry-After", "1e3")], None, None),
    hint(&[("Retry-After", "Sun, 06 Nov 1994 08:49:40 GMT"), DATE], Some(3000), Some(3000)),
    hint(&[("Retry-After", "Sun, 06 Nov 1994 08:49:40 GMT")], None, None),
    hint(&[("Retry-After", "Sun, 06 Nov 1994 08:49:30 GMT"), DATE], None, None),
    hint(
        &[(RESET, "100"), ("retry-after-ms", "3000"), ("Retry-After", "2")],
        Some(3000),
        Some(3000),
    ),
    hint(&[(RESET, "4000"), ("retry-after-ms", "3000")], Some(4000), Some(3000)),
    hint(&[(RESET, "250"), ("Retry-After", "-1")], Some(250), None),
    Hint {
        headers: &[("x-should-retry", "false"), (RESET, "250")],
        on_429: Some(250),
        otherwise: None,
        stop: true,
    },
];

/// The outcome of every attempt of a call.
enum Back {
    Response(u16, &'static Hint),
    Failure(FailureKind),
}

/// The options of a call.
#[derive(Clone, Copy, Debug)]
struct Setting {
    idempotency: Idempotency,
    once: bool,
    max_attempts: u32,
    deadline: Option<Duration>,
}

/// Runs the retry table in memory.
pub(super) fn run() -> Report {
    let mut results = Vec::new();
    for idempotency in IDEMPOTENCIES {
        for once in [false, true] {
            for max_attempts in [0, 1, 2, 4] {
                for deadline in [None, Some(Duration::from_secs(10))] {
                    let setting = Setting { idempotency, once, max_attempts, deadline };
                    results.extend(run_setting(setting));
                }
            }
        }
    }
    Report { transport: "retry table".to_owned(), results, tolerated: Vec::new() }
}

fn run_setting(setting: Setting) -> Vec<CaseResult> {
    let statuses = STATUSES.iter();
    let responses =
        statuses.flat_map(|status| HINTS.iter().map(|hint| Back::Response(*status, hint)));
    let failures = [FailureKind::NotSent, FailureKind::Ambiguous, FailureKind::TooLarge];
    responses.chain(failures.map(Back::Failure)).map(|back| run_case(setting, &back)).collect()
}

fn run_case(setting: Setting, back: &Back) -> CaseResult {
    let name = match back {
        Back::Response(status, hint) => format!("{status} {:?} {setting:?}", hint.headers),
        Back::Failure(kind) => format!("{kind:?} {setting:?}"),
    };
    let case = case(setting, back);
    let problems = match memory::play(&case).outcomes.as_slice() {
        [outcome] => problems(outcome, &expectation(setting, back)),
        outcomes => vec![Problem::new("one call", format!("{} calls", outcomes.len()))],
    };
    CaseResult::new(name, problems)
}

/// Creates a case whose attempts all end the same way.
fn case(setting: Setting, back: &Back) -> Case {
    let exchange = match back {
        Back::Response(status, hint) => {
            let headers = hint.headers.iter();
            let response = headers
                .fold(response(*status), |response, (name, value)| response.header(name, value));
            response.json("{}")
        }
        Back::Failure(FailureKind::TooLarge) => response(200).body("text/plain", [b' '; 101]),
        Back::Failure(_) => Exchange::new([Act::Close]),
    };
    let case = match back {
        Back::Failure(FailureKind::NotSent) => Case::refused("retry"),
        _ => Case::new("retry", vec![exchange; 10]),
    };
    let retry =
        RetryPolicy::default().max_attempts(setting.max_attempts).base_delay(BASE).max_delay(CAP);
    let options = CallOptions::default().retry(retry).max_response(100).deadline(setting.deadline);
    let payload = Supply::new(&b"file"[..], 4);
    let source = if setting.once { Source::Once(payload) } else { Source::Reopen(payload) };
    case.call(
        call(Probe::upload().idempotency(setting.idempotency)).options(options).payload(source),
    )
}

struct Expectation {
    end: End,
    may_have_been_applied: bool,
    attempts: u32,
    waits: Vec<Wait>,
}

enum Wait {
    Exactly(Duration),
    /// Backoff with full jitter.
    UpTo(Duration),
}

/// The expected outcome by the documented rules.
fn expectation(setting: Setting, back: &Back) -> Expectation {
    let (status, hint, stop) = match back {
        Back::Response(status, hint) => {
            let wait = if *status == 429 { hint.on_429 } else { hint.otherwise };
            (Some(*status), wait.map(Duration::from_millis), hint.stop)
        }
        Back::Failure(_) => (None, None, false),
    };
    let (end, why) = match back {
        Back::Response(200 | 201 | 207, _) => (End::Value(json!({})), None),
        Back::Response(status, _) => (End::Api(*status), Some(Why::Status(*status))),
        Back::Failure(kind) => (End::Transport(*kind), Some(Why::Failure(*kind))),
    };
    let not_sent = matches!(back, Back::Failure(FailureKind::NotSent));
    let too_large = matches!(back, Back::Failure(FailureKind::TooLarge));
    let unknown = matches!(back, Back::Failure(FailureKind::Ambiguous | FailureKind::TooLarge))
        || status.is_some_and(|status| status == 408 || status >= 500);
    let idempotent = setting.idempotency == Idempotency::Idempotent;
    if let (true, Some(why)) = (unknown && !idempotent, why) {
        let end = End::MaybeApplied(why);
        return Expectation { end, may_have_been_applied: true, attempts: 1, waits: Vec::new() };
    }
    // A single-use token is consumed by any response.
    let busy = status == Some(429) && setting.idempotency != Idempotency::SingleUse;
    let permanent = too_large || status.is_some_and(|status| matches!(status, 501 | 505 | 600..));
    let again = (not_sent || busy || unknown && !permanent) && !stop && !setting.once;
    let (mut attempts, mut waits, mut now) = (1, Vec::new(), Duration::ZERO);
    while again && attempts < setting.max_attempts {
        match hint {
            Some(hint) => {
                let ends = setting.deadline.unwrap_or(Duration::MAX);
                if hint > CAP || now.saturating_add(hint) >= ends {
                    break;
                }
                now += hint;
                waits.push(Wait::Exactly(hint));
            }
            None => waits.push(Wait::UpTo(BASE * 2_u32.pow(attempts - 1))),
        }
        attempts += 1;
    }
    // An attempt without a connection sends nothing.
    let attempts = if not_sent { 0 } else { attempts };
    Expectation { end, may_have_been_applied: unknown, attempts, waits }
}

fn problems(outcome: &Outcome, expected: &Expectation) -> Vec<Problem> {
    let mut problems = Vec::new();
    if outcome.end != expected.end {
        problems.push(Problem::new(expected.end.to_string(), outcome.end.to_string()));
    }
    if outcome.attempts != expected.attempts {
        let attempts = |count: u32| format!("{count} attempts");
        problems.push(Problem::new(attempts(expected.attempts), attempts(outcome.attempts)));
    }
    if outcome.may_have_been_applied != expected.may_have_been_applied {
        let applied = |may: bool| format!("may have been applied: {may}");
        problems.push(Problem::new(
            applied(expected.may_have_been_applied),
            applied(outcome.may_have_been_applied),
        ));
    }
    // A wait of zero is not reported.
    let waits = expected.waits.iter().filter(|wait| !matches!(wait, Wait::Exactly(Duration::ZERO)));
    let waited = outcome.waits.as_deref().unwrap_or_default();
    let fits = |(waited, wait): (&Duration, &Wait)| match wait {
        Wait::Exactly(wait) => waited == wait,
        Wait::UpTo(wait) => waited <= wait,
    };
    let count = waits.clone().count();
    if waited.len() != count || !waited.iter().zip(waits).all(fits) {
        let expected = format!("the {count} waits of the contract");
        problems.push(Problem::new(expected, format!("waits of {waited:?}")));
    }
    problems
}
