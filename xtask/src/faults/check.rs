//! What must hold in every run.

use super::KEY;
use super::lanes::Ended;
use super::plan::Plan;
use super::scenario::{Called, Scenario};
use super::server::{Received, Script};
use imagekit_proto::Idempotency;
use std::time::Duration;

/// More than the operating system's buffers of a connection hold.
const BUFFERS: usize = 9 << 20;
/// Longer than any call of the campaign may take on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// Returns what the outcomes of a run hide, and what was sent although it should not have been.
pub fn violations(scenario: &Scenario, ended: &[Ended], received: &[Received]) -> Vec<String> {
    let mut violations = Vec::new();
    for (call, ended) in scenario.calls.iter().zip(ended) {
        // A request that was cut off before it names its call is of no call.
        let is_own = |request: &&Received| request.id() == Some(call.id.as_bytes());
        let mut own: Vec<_> = received.iter().filter(is_own).collect();
        // The order in which the client sent them: a thread of a busy server may be late.
        own.sort_by_key(|request| (request.connection, request.plan));
        let of_call = OfCall { call, ended, requests: &own, script: &scenario.script };
        let found = of_call.violations().into_iter();
        violations.extend(found.map(|text| {
            let shown: String = ended.texts.chars().take(300).collect();
            let came = own.iter().map(|request| {
                let Received { plan, body, length, .. } = request;
                format!("request {plan} with {} of {length} bytes, ", body.len())
            });
            let came: String = came.collect();
            format!("{} {}: {text}: {came}{shown}", call.operation, call.id)
        }));
    }
    violations
}

struct OfCall<'a> {
    call: &'a Called,
    ended: &'a Ended,
    requests: &'a [&'a Received],
    script: &'a Script,
}

impl OfCall<'_> {
    fn violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut check = |holds: bool, what: &str| {
            if !holds {
                found.push(what.to_owned());
            }
        };
        let (call, ended) = (self.call, self.ended);
        let sent = self.requests.len();
        check(ended.took < LONGEST, "it took too long");
        check(sent <= call.max_attempts as usize, "more requests than attempts are allowed");
        check(ended.attempts <= call.max_attempts, "more attempts than allowed");
        check(sent <= ended.attempts as usize, "requests that are not counted as attempts");
        check(ended.readers == 0, "the payload is still held");
        check(!ended.texts.contains(KEY), "the key is printed");
        check(!ended.texts.contains("token-of-the-campaign"), "the token is printed");
        check(self.hides_nothing(), "it hides that it was applied");
        check(self.is_sent_once(), "sent again although it may have been applied");
        check(self.payload_is_whole(), "a whole request with another payload than announced");
        check(self.waits(), "sent before the time that the server asked for");
        if let Some(value) = &ended.value {
            check(self.is_success(value), "a success without a whole request and a 2xx");
        }
        found
    }

    fn plan(&self, request: &Received) -> Plan {
        let plan = self.script.plans.get(request.plan);
        plan.cloned().unwrap_or_else(|| Plan::fine(request.plan))
    }

    /// Whether the server has done what a request asks for: it has all of it, and does not refuse it.
    fn is_applied(&self, request: &Received) -> bool {
        request.is_whole() && !self.plan(request).refuses
    }

    fn hides_nothing(&self) -> bool {
        let applied = self.requests.iter().any(|request| self.is_applied(request));
        let told = self.ended.value.is_some() || self.ended.may_have_been_applied;
        told || !self.call.has_effect() || !applied
    }

    fn is_sent_once(&self) -> bool {
        let before = self.requests.iter().rev().skip(1);
        match self.call.idempotency() {
            Idempotency::Idempotent => true,
            Idempotency::SingleUse => self.requests.len() <= 1,
            _ => before
                .into_iter()
                .all(|request| self.plan(request).says.is_some_and(|says| says.status == 429)),
        }
    }

    fn payload_is_whole(&self) -> bool {
        let Some(source) = &self.call.payload else { return true };
        let mut whole = self.requests.iter().filter(|request| request.is_whole());
        whole.all(|request| {
            let tail = request.body.len().saturating_sub(source.bytes.len() + 200);
            let tail = request.body.get(tail..).unwrap_or_default();
            let end = tail.windows(4).rposition(|four| four == b"\r\n--").unwrap_or_default();
            !source.is_broken() && tail.get(..end).unwrap_or_default().ends_with(&source.bytes)
        })
    }

    fn waits(&self) -> bool {
        self.requests.windows(2).all(|pair| {
            let [before, after] = pair else { return true };
            let plan = self.plan(before);
            let says = plan.says.filter(|says| says.is_proper);
            let Some(hint) = says.and_then(|says| says.hint) else { return true };
            let Some(responded) = before.responded else { return true };
            // A client whose time was up does not know what the response asks for. On a busy machine
            // the server sees a request late.
            let gap = after.arrived.saturating_duration_since(before.arrived);
            let has_given_up = after.arrived < responded
                || self.call.timeout < Duration::from_millis(200)
                || gap > self.call.timeout / 4;
            let waited = after.arrived.saturating_duration_since(responded);
            has_given_up || hint <= self.call.max_delay && waited >= hint
        })
    }

    fn is_success(&self, value: &serde_json::Value) -> bool {
        let Some(last) = self.requests.last() else { return false };
        let plan = self.plan(last);
        // What the operating system took may not have been read by the server.
        let is_taken = last.length - last.body.len() < BUFFERS;
        let is_own = value.get("name").is_none_or(|name| *name == plan.name);
        let is_deleted = self.call.operation == "delete-file" && self.ended.attempts > 1;
        is_taken && is_own && (!plan.refuses || is_deleted)
    }
}
