//! Differences from the published packages on purpose: one table of rules. A rule looks at what a case
//! does, never at its id.

pub(crate) mod wire;

use super::{normal, ordered::Json, vector::Vector};

/// A rule: the reason, when it can apply, and what makes two texts equal that differ by it.
struct Rule {
    reason: &'static str,
    applies: fn(case: &Vector) -> bool,
    normal: fn(text: &str) -> String,
}

static RULES: &[Rule] = &[
    Rule {
        reason: "what no URL may hold, or a client would rewrite before it sends it, is \
                 percent-encoded (and the signature covers it so)",
        applies: |_| true,
        normal: normal::escaped,
    },
    Rule {
        reason: "a fragment ends the URL: parameters after it would never be sent",
        applies: |_| true,
        normal: normal::without_fragment,
    },
    Rule {
        reason: "`#`, `?`, `/` and `&` in a transformation would end it early: they are \
                 percent-encoded, so that it arrives whole",
        applies: |case| case.input.get("transformation").is_some(),
        normal: normal::delimiters,
    },
    Rule {
        reason: "`$` is a character like any other, not a pattern of JavaScript's `replace`",
        applies: |case| case.input.get("transformation").is_some(),
        normal: normal::dollars,
    },
    Rule {
        reason: "a question mark that is there already is not doubled",
        applies: |_| true,
        normal: normal::single_question_mark,
    },
    Rule {
        reason: "control characters are percent-encoded instead of dropped",
        applies: |_| true,
        normal: normal::without_controls,
    },
    Rule {
        reason: "a backslash is percent-encoded instead of becoming a slash",
        applies: |case| {
            case.input.get("src").and_then(Json::as_str).is_some_and(|src| src.contains('\\'))
        },
        normal: normal::slashes,
    },
    Rule {
        reason: "the source's own query is kept byte for byte; it means the same",
        applies: |_| true,
        normal: normal::form_decoded,
    },
    Rule {
        reason: "null says nothing: the query parameter is left out",
        applies: |case| {
            let parameters = case.input.get("queryParameters").map(Json::pairs).unwrap_or(&[]);
            parameters.iter().any(|(_, value)| *value == Json::Null)
        },
        normal: normal::without_null,
    },
    Rule {
        reason: "numbers are written as plain decimals, never with an exponent",
        applies: |_| true,
        normal: normal::plain_numbers,
    },
    Rule {
        reason: "a width is in `srcset` once: HTML forbids it twice",
        applies: |case| case.input.get("src").is_some(),
        normal: normal::single_candidates,
    },
    Rule {
        reason: "where no breakpoint is wide enough, the widest is the candidate, instead of an \
                 image without a width",
        applies: |case| case.input.get("sizes").is_some(),
        normal: normal::without_width,
    },
];

const WHOLE_URL_SIGNED: &str = "the packages did not find the endpoint in the URL and signed the \
                                whole URL; here the signature covers what follows the endpoint, \
                                as everywhere else";

/// Returns why `actual` is none of the expected results, when it differs on purpose.
pub(crate) fn reason(case: &Vector, actual: &Json) -> Option<String> {
    case.results().find_map(|result| explain(case, result, actual))
}

fn explain(case: &Vector, result: &Json, actual: &Json) -> Option<String> {
    let (result, actual) = (without_signatures(result), without_signatures(actual));
    let whole = case.string_to_sign.as_deref().is_some_and(|text| text.starts_with("http"));
    if same(&result, &actual) {
        // A signature differs wherever the URL does; where the URL is the same it is wrong,
        // unless the other one is.
        return whole.then(|| WHOLE_URL_SIGNED.to_owned());
    }
    let all: Vec<&Rule> = RULES.iter().filter(|rule| (rule.applies)(case)).collect();
    let explained =
        |rules: &[&Rule]| same(&normalised(&result, rules), &normalised(&actual, rules));
    if let Some(rule) = all.iter().find(|rule| explained(&[rule])) {
        return Some(rule.reason.to_owned());
    }
    // Several rules together. Two of them may get in each other's way, so all but one are tried
    // too; then those go without which the rest explains as much.
    let mut attempts = (0..=all.len()).map(|gone| without(&all, gone));
    let mut rules = attempts.find(|rules| explained(rules))?;
    for index in (0..rules.len()).rev() {
        let fewer = without(&rules, index);
        if explained(&fewer) {
            rules = fewer;
        }
    }
    let mut reasons: Vec<&str> = rules.iter().map(|rule| rule.reason).collect();
    reasons.extend(whole.then_some(WHOLE_URL_SIGNED));
    Some(reasons.join("; "))
}

fn without<'a>(rules: &[&'a Rule], index: usize) -> Vec<&'a Rule> {
    let others = rules.iter().enumerate().filter(|(other, _)| *other != index);
    others.map(|(_, rule)| *rule).collect()
}

/// Whether two values are equal; numbers compare as numbers.
pub(crate) fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => a.as_f64() == b.as_f64(),
        (Json::Object(a_pairs), Json::Object(b_pairs)) => {
            let held = |(key, value): &(String, Json), other: &Json| {
                other.get(key).is_some_and(|theirs| same(value, theirs))
            };
            a_pairs.iter().all(|pair| held(pair, b)) && b_pairs.iter().all(|pair| held(pair, a))
        }
        _ => a == b,
    }
}

fn without_signatures(json: &Json) -> Json {
    json.map_texts(&normal::unsigned)
}

/// The value in the rules' normal forms; an attribute that has nothing left is absent.
fn normalised(json: &Json, rules: &[&Rule]) -> Json {
    match rules.iter().fold(json.clone(), |json, rule| json.map_texts(&rule.normal)) {
        Json::Object(mut pairs) => {
            pairs.retain(|(_, value)| value.as_str() != Some(""));
            Json::Object(pairs)
        }
        other => other,
    }
}
