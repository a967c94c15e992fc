//! One case of the table.

use std::fmt;
use std::time::Duration;

use imagekit_proto::error::FailureKind;
use imagekit_proto::{CallOptions, Config, ConfigError, RetryPolicy};
use serde_json::Value;

use crate::ability::Ability;
use crate::hints;
use crate::outcome::{End, Outcome, Why};
use crate::probe::{AnyEndpoint, Probe};
use crate::report::{Played, Problem};
use crate::script::{Exchange, Script};
use crate::seen::{BOUNDARY, Came, Recorded, Seen};
use crate::supply::Source;

/// The key of every case; it must appear nowhere but in the `authorization` header.
pub(crate) const KEY: &str = "private_conformance_key";
const AUTHORIZATION: &str = "Basic cHJpdmF0ZV9jb25mb3JtYW5jZV9rZXk6";

/// How long a client pauses between two calls of a case, so that what the server did to the
/// connection after the first has arrived.
pub(crate) const BETWEEN: Duration = Duration::from_millis(40);

/// A script for the server, the calls that the client makes, and the expected result, the same for
/// every transport.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) script: Script,
    pub(crate) has_key: bool,
    pub(crate) calls: Vec<Called>,
    /// The requests that the server must see, in order.
    pub(crate) sees: Vec<Seen>,
    /// The shortest time between the n-th response and the next request.
    pub(crate) gaps: Vec<Duration>,
    /// What a transport must be able to do.
    pub(crate) needs: Vec<Ability>,
}

/// One call of a case, and its expected end.
pub(crate) struct Called {
    pub(crate) endpoint: AnyEndpoint,
    pub(crate) options: CallOptions,
    pub(crate) source: Option<Source>,
    /// The accepted ends.
    pub(crate) ends: Vec<End>,
    pub(crate) attempts: u32,
    pub(crate) may_have_been_applied: bool,
    pub(crate) message: Option<&'static str>,
    pub(crate) request_id: Option<&'static str>,
}

impl fmt::Debug for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Called")
            .field("operation", &self.endpoint.operation())
            .field("ends", &self.ends)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// Three attempts at most, with hardly any backoff.
pub(crate) fn quick() -> CallOptions {
    attempts_at_most(3)
}

/// `count` attempts at most, with hardly any backoff.
pub(crate) fn attempts_at_most(count: u32) -> CallOptions {
    let retry = RetryPolicy::default().max_attempts(count).base_delay(Duration::from_millis(1));
    CallOptions::default().retry(retry).attempt_timeout(Duration::from_secs(10))
}

/// A call of `endpoint` with the [`quick`] options.
pub(crate) fn call(endpoint: Probe) -> Called {
    endpoint_call(Box::new(endpoint))
}

pub(crate) fn endpoint_call(endpoint: AnyEndpoint) -> Called {
    Called {
        endpoint,
        options: quick(),
        source: None,
        ends: Vec::new(),
        attempts: 1,
        may_have_been_applied: false,
        message: None,
        request_id: None,
    }
}

impl Called {
    pub(crate) fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// The error says that the operation may have been applied.
    pub(crate) fn perhaps_applied(mut self) -> Self {
        self.may_have_been_applied = true;
        self
    }

    pub(crate) fn payload(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }

    /// The number of attempts; one by default.
    pub(crate) fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    pub(crate) fn message(mut self, message: &'static str) -> Self {
        self.message = Some(message);
        self
    }

    pub(crate) fn request_id(mut self, request_id: &'static str) -> Self {
        self.request_id = Some(request_id);
        self
    }

    pub(crate) fn value(self, value: Value) -> Self {
        self.ends(End::Value(value))
    }

    pub(crate) fn api(self, status: u16) -> Self {
        self.ends(End::Api(status))
    }

    pub(crate) fn decode(self, status: u16) -> Self {
        self.ends(End::Decode(status))
    }

    pub(crate) fn failure(self, kind: FailureKind) -> Self {
        self.ends(End::Transport(kind))
    }

    pub(crate) fn maybe_applied(self, why: Why) -> Self {
        self.ends(End::MaybeApplied(why)).perhaps_applied()
    }

    pub(crate) fn ends(mut self, end: End) -> Self {
        self.ends.push(end);
        self
    }

    fn problems(&self, case: &str, number: usize, outcome: &Outcome) -> Vec<Problem> {
        let mut problems = Vec::new();
        let call = |what: &dyn fmt::Display| format!("call {number} {what}");
        if !self.ends.contains(&outcome.end) {
            let expected: Vec<_> = self.ends.iter().map(End::to_string).collect();
            let printed = outcome.texts.first().map_or("", String::as_str);
            let seen = format!("call {number} {} ({})", outcome.end, cut(printed));
            let hint = self.ends.first().and_then(|end| hints::of_end(case, end, &outcome.end));
            problems.push(Problem::new(call(&expected.join(" or ")), seen).hint(hint));
        }
        if outcome.attempts != self.attempts {
            let attempts = |count: u32| call(&format_args!("sends {}", number_of(count as usize)));
            problems.push(
                Problem::new(attempts(self.attempts), attempts(outcome.attempts))
                    .hint(hints::ATTEMPTS),
            );
        }
        if outcome.may_have_been_applied != self.may_have_been_applied {
            let applied = |may| call(&format_args!("says that it may have been applied: {may}"));
            problems.push(Problem::new(
                applied(self.may_have_been_applied),
                applied(outcome.may_have_been_applied),
            ));
        }
        let texts = [
            ("message", self.message, &outcome.message, hints::MESSAGE),
            ("request id", self.request_id, &outcome.request_id, hints::REQUEST_ID),
        ];
        for (name, expected, seen, hint) in texts {
            if expected.is_some() && seen.as_deref() != expected {
                let text = |text: Option<&str>| call(&format_args!("has the {name} {text:?}"));
                problems.push(Problem::new(text(expected), text(seen.as_deref())).hint(hint));
            }
        }
        let base64 = AUTHORIZATION.trim_start_matches("Basic ");
        if outcome.texts.iter().any(|text| text.contains(KEY) || text.contains(base64)) {
            let expected = call(&"prints no key");
            problems.push(Problem::new(expected, "an error prints it").hint(hints::KEY));
        }
        problems
    }
}

impl Case {
    /// Creates a case whose server plays `exchanges`.
    pub(crate) fn new(name: &'static str, exchanges: impl IntoIterator<Item = Exchange>) -> Self {
        Self::with(name, Script::Serve(exchanges.into_iter().collect()))
    }

    /// Creates a case where connections are refused.
    pub(crate) fn refused(name: &'static str) -> Self {
        Self::with(name, Script::Refuse)
    }

    /// Creates a case where connecting takes forever.
    pub(crate) fn silent(name: &'static str) -> Self {
        Self::with(name, Script::Silent)
    }

    fn with(name: &'static str, script: Script) -> Self {
        let (calls, sees, gaps, needs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { name, script, has_key: true, calls, sees, gaps, needs }
    }

    /// The client has no key.
    pub(crate) fn without_key(mut self) -> Self {
        self.has_key = false;
        self
    }

    /// Skips the case for transports that lack `ability`.
    pub(crate) fn needs(mut self, ability: Ability) -> Self {
        self.needs.push(ability);
        self
    }

    /// Adds a call, made by the same client after the calls before it.
    pub(crate) fn call(mut self, call: Called) -> Self {
        self.calls.push(call);
        self
    }

    /// Expects this request next.
    pub(crate) fn sees(mut self, seen: Seen) -> Self {
        self.sees.push(seen);
        self
    }

    /// Expects this request `times` times.
    pub(crate) fn sees_times(mut self, times: usize, seen: &Seen) -> Self {
        self.sees.extend(std::iter::repeat_n(seen.clone(), times));
        self
    }

    /// Expects at least this long between a response and the next request.
    pub(crate) fn gap(mut self, gap: Duration) -> Self {
        self.gaps.push(gap);
        self
    }

    /// Returns the case's name, `group/what`.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// The configuration for a server at `host`.
    pub(crate) fn config(&self, host: &str) -> Result<Config, ConfigError> {
        let url = format!("http://{host}");
        if self.has_key { Config::new(KEY)? } else { Config::without_key() }
            .with_api_url(&url)?
            .with_upload_url(&url)
    }

    /// Returns every deviation from what this case expects. The values of the headers in `tolerated`
    /// are not compared.
    pub(crate) fn problems(&self, played: &Played, tolerated: &[&str]) -> Vec<Problem> {
        let mut problems = Vec::new();
        if played.outwaited {
            problems.push(
                Problem::new("the client gives up", "its connection was still open after seconds")
                    .hint(hints::OUTWAITED),
            );
        }
        for (index, (call, outcome)) in self.calls.iter().zip(&played.outcomes).enumerate() {
            problems.extend(call.problems(self.name, index + 1, outcome));
        }
        problems.extend(self.wire_problems(&played.host, &played.seen, tolerated));
        problems.extend(self.wait_problems(played));
        problems
    }

    fn wire_problems(&self, host: &str, seen: &[Recorded], tolerated: &[&str]) -> Vec<Problem> {
        let mut problems = Vec::new();
        let missing = self.sees.get(seen.len()..);
        if missing.is_none_or(|missing| missing.iter().any(|seen| seen.came != Came::CutOff)) {
            let requests = |count: usize| format!("the server sees {}", number_of(count));
            problems.push(
                Problem::new(requests(self.sees.len()), requests(seen.len())).hint(hints::COUNT),
            );
        }
        for (index, recorded) in seen.iter().enumerate() {
            let mut of_this = recorded.problems(host, tolerated);
            if let Some(expected) = self.sees.get(index) {
                of_this.extend(recorded.normalised().differences(expected, tolerated));
            }
            let boundary = recorded.boundary();
            let before = seen.iter().take(index).filter_map(Recorded::boundary);
            if boundary.is_some() && before.into_iter().any(|before| Some(before) == boundary) {
                of_this.push(Problem::new("a new boundary", "the boundary was used before"));
            }
            problems.extend(of_this.into_iter().map(|problem| problem.of_request(index + 1)));
        }
        problems
    }

    fn wait_problems(&self, played: &Played) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (index, gap) in self.gaps.iter().enumerate() {
            let pair = (played.seen.get(index), played.seen.get(index + 1));
            let (Some(before), Some(after)) = pair else { continue };
            let waited =
                after.arrived.saturating_sub(before.response_began.unwrap_or(before.arrived));
            if waited < *gap {
                let expected = format!("a wait of {gap:?} before request {}", index + 2);
                problems.push(Problem::new(expected, format!("a wait of {waited:?}")));
            }
        }
        let waits = played.outcomes.iter().filter_map(|outcome| outcome.waits.as_ref()).flatten();
        for (wait, gap) in waits.zip(&self.gaps) {
            if wait != gap {
                let asked = |wait: &Duration| format!("the core asks for a wait of {wait:?}");
                problems.push(Problem::new(asked(gap), asked(wait)));
            }
        }
        problems
    }
}

fn number_of(requests: usize) -> String {
    if requests == 1 { "1 request".to_owned() } else { format!("{requests} requests") }
}

/// The beginning of a text.
fn cut(text: &str) -> &str {
    text.get(..300).unwrap_or(text)
}

/// A request as the core writes it: `line` is method and target.
pub(crate) fn sees(line: &str) -> Seen {
    let headers = [
        ("accept", "application/json"),
        ("authorization", AUTHORIZATION),
        ("user-agent", concat!("imagekit-rust/", env!("CARGO_PKG_VERSION"))),
    ];
    let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Seen {
        line: format!("{line} HTTP/1.1"),
        headers: headers.into_iter().map(own).collect(),
        body: Vec::new(),
        came: Came::Whole,
    }
}

impl Seen {
    fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self.headers.sort();
        self
    }

    /// Without `authorization`.
    pub(crate) fn anonymous(mut self) -> Self {
        self.headers.retain(|(name, _)| name != "authorization");
        self
    }

    /// Without a body, but with a length that says so.
    pub(crate) fn length_zero(self) -> Self {
        self.header("content-length", "0")
    }

    pub(crate) fn json(self, body: &str) -> Self {
        self.body("application/json", body.as_bytes().to_vec())
    }

    /// The form of [`Probe::upload`] with `file` in it.
    pub(crate) fn form(self, file: &[u8]) -> Self {
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"fileName\"\r\n\r\nprobe.bin\r\n\
             --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; \
             filename=\"probe.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        self.body(&format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }

    /// Sets the body to these bytes.
    pub(crate) fn raw(self, bytes: &[u8]) -> Self {
        self.body("application/octet-stream", bytes.to_vec())
    }

    /// Expects a request that is cut off in its body.
    pub(crate) fn cut_off(mut self) -> Self {
        self.came = Came::CutOff;
        self
    }

    /// Accepts a request that is cut off in its body.
    pub(crate) fn maybe_cut_off(mut self) -> Self {
        self.came = Came::Either;
        self
    }

    fn body(mut self, content_type: &str, body: Vec<u8>) -> Self {
        let len = body.len().to_string();
        self.body = body;
        self.header("content-type", content_type).header("content-length", len)
    }
}
