//! Requests that differ from the official clients' on purpose.

use crate::conformance::wire::{Component, Difference};
use serde_json::Value;

/// A rule: the reason, and which difference of a case with this input it explains.
struct Rule {
    reason: &'static str,
    explains: fn(input: &Value, difference: &Difference) -> bool,
}

static RULES: &[Rule] = &[Rule {
    reason: "an upload that carries its own token sends no private key: the API responds with 400 to both",
    explains: |input, difference| {
        let own = ["token", "signature"].iter().any(|key| input[*key].is_string());
        difference.component == Component::Authorization && difference.sent == "none" && own
    },
}];

/// Why the request differs, if each of its differences is on purpose.
pub(crate) fn reason(input: &Value, differences: &[Difference]) -> Option<String> {
    let rule = |difference| RULES.iter().find(|rule| (rule.explains)(input, difference));
    let rules: Option<Vec<&Rule>> = differences.iter().map(rule).collect();
    let mut reasons: Vec<&str> = rules?.iter().map(|rule| rule.reason).collect();
    reasons.dedup();
    Some(reasons.join("; "))
}
