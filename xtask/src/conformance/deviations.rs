//! Where the project differs from the published packages on purpose: one table of rules. A rule
//! looks at what a case does, never at its name.

use super::{ordered::Json, vector::Vector};

/// A rule: the reason, and whether it explains why `actual` is not `answer`.
struct Rule {
    reason: &'static str,
    explains: fn(case: &Vector, answer: &Json, actual: &Json) -> bool,
}

static RULES: &[Rule] = &[
    Rule {
        reason: "the packages did not find the endpoint in the URL and signed the whole URL; here \
                 the signature covers what follows the endpoint, as everywhere else",
        explains: |case, answer, actual| {
            let whole = case.string_to_sign.as_deref().is_some_and(|it| it.starts_with("http"));
            let url = |json: &Json| json.as_str().map(unsigned);
            whole && url(answer) == url(actual)
        },
    },
    Rule {
        reason: "what no URL may hold, or a client would rewrite before it sends it, is \
                 percent-encoded (and the signature covers it so)",
        explains: |_, answer, actual| texts(answer, actual, escape),
    },
    Rule {
        reason: "`#`, `?`, `/` and `&` in a transformation would end it early: they are \
                 percent-encoded, so that it arrives whole",
        explains: |case, answer, actual| {
            case.input.get("transformation").is_some()
                && texts(answer, actual, |text| {
                    [("%23", "#"), ("%3F", "?"), ("%2F", "/"), ("%26", "&")]
                        .iter()
                        .fold(escape(text), |text, (code, plain)| text.replace(code, plain))
                })
        },
    },
    Rule {
        reason: "a fragment ends the URL: parameters after it would never be sent",
        explains: |_, answer, actual| {
            texts(answer, actual, |text| {
                // Node writes the parameters after the fragment, Python drops it.
                let (url, fragment) = text.split_once('#').unwrap_or((text, ""));
                let at = fragment.find(['?', '&']).unwrap_or(fragment.len());
                let parameters = &fragment[at..];
                format!("{url}{parameters}")
            })
        },
    },
    Rule {
        reason: "a question mark that is there already is not doubled",
        explains: |_, answer, actual| {
            texts(answer, actual, |text| text.replace("??", "?").trim_end_matches('?').to_owned())
        },
    },
    Rule {
        reason: "control characters are percent-encoded instead of dropped",
        explains: |_, answer, actual| {
            let dropped = |text: &str| {
                let codes = ["%09", "%0A", "%0D"];
                codes.iter().fold(text.to_owned(), |text, code| text.replace(code, ""))
            };
            texts(answer, actual, dropped)
        },
    },
    Rule {
        reason: "the source's own query is kept byte for byte; it means the same",
        explains: |_, answer, actual| texts(answer, actual, form_decoded),
    },
    Rule {
        reason: "null says nothing: the query parameter is left out",
        explains: |case, answer, actual| {
            let parameters = case.input.get("queryParameters").map(Json::pairs).unwrap_or(&[]);
            let null = parameters.iter().find(|(_, value)| *value == Json::Null);
            null.is_some_and(|(name, _)| {
                texts(answer, actual, |text| {
                    let gone = text.replace(&format!("{name}=null"), "");
                    gone.replace("?&", "?").replace("&&", "&").trim_end_matches(['?', '&']).into()
                })
            })
        },
    },
    Rule {
        reason: "numbers are written as plain decimals, never with an exponent",
        explains: |_, answer, actual| texts(answer, actual, plain_numbers),
    },
    Rule {
        reason: "a width stands in `srcset` once: HTML forbids it twice",
        explains: |_, answer, actual| same(&single_candidates(answer), &single_candidates(actual)),
    },
    Rule {
        reason: "where no breakpoint is wide enough, the widest is the candidate, instead of an \
                 image without a width",
        explains: |_, answer, actual| {
            let src = |json: &Json| json.get("src").and_then(Json::as_str).map(ToOwned::to_owned);
            let Some((answer, actual)) = src(answer).zip(src(actual)) else { return false };
            let width = actual.find("w-").zip(actual.find(",c-at_max"));
            width.is_some_and(|(from, to)| {
                actual.replace(&actual[from.min(to)..=to], "") == answer
            })
        },
    },
];

/// Why `actual` is none of the case's answers, if that is on purpose.
pub fn reason(case: &Vector, actual: &Json) -> Option<&'static str> {
    let explains = |rule: &&Rule| case.answers().any(|it| (rule.explains)(case, it, actual));
    RULES.iter().find(explains).map(|rule| rule.reason)
}

/// Whether two values are equal; numbers compare as numbers.
pub fn same(a: &Json, b: &Json) -> bool {
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

/// Whether two texts differ by more than a signature, and are the same after `normal`. A
/// signature differs wherever the URL does, but where the URL is the same it is a failure.
fn texts(answer: &Json, actual: &Json, normal: impl Fn(&str) -> String) -> bool {
    let (Some(answer), Some(actual)) = (answer.as_str(), actual.as_str()) else { return false };
    let (answer, actual) = (unsigned(answer), unsigned(actual));
    answer != actual && normal(&answer) == normal(&actual)
}

/// A URL without its signature, which differs wherever the URL does.
fn unsigned(url: &str) -> String {
    let Some((before, signature)) = url.rsplit_once("ik-s=") else { return url.to_owned() };
    let rest = signature.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    format!("{before}{rest}")
}

/// Percent-encodes what RFC 3986 forbids in a URL, and the apostrophe.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        let plain = byte.is_ascii_graphic() && !b"\"<>\\^`{|}'".contains(&byte);
        if plain {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A URL whose query is decoded as a form.
fn form_decoded(url: &str) -> String {
    let Some((path, query)) = url.split_once('?') else { return url.to_owned() };
    let pairs = query.split('&').map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        format!("{:?}={:?}", decoded(name), decoded(value))
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

fn decoded(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let [byte, more @ ..] = rest {
        let code = more.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let value = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, value) {
            (b'%', Some(value)) => {
                out.push(value);
                rest = &more[2..];
            }
            (b'+', _) => {
                out.push(b' ');
                rest = more;
            }
            (byte, _) => {
                out.push(*byte);
                rest = more;
            }
        }
    }
    out
}

/// A transformation string whose numbers are written the same way.
fn plain_numbers(text: &str) -> String {
    let value = |item: &str| match item.split_once('-') {
        Some((code, value)) => match value.parse::<f64>() {
            Ok(number) => format!("{code}-{number}"),
            Err(_) => item.to_owned(),
        },
        None => item.to_owned(),
    };
    text.split(',').map(value).collect::<Vec<_>>().join(",")
}

/// Attributes whose `srcSet` names each width once.
fn single_candidates(json: &Json) -> Json {
    let Json::Object(pairs) = json else { return json.clone() };
    let single = |(key, value): &(String, Json)| match value.as_str().filter(|_| key == "srcSet") {
        Some(candidates) => {
            let mut candidates: Vec<&str> = candidates.split(", ").collect();
            candidates.dedup();
            (key.clone(), Json::Text(candidates.join(", ")))
        }
        None => (key.clone(), value.clone()),
    };
    Json::Object(pairs.iter().map(single).collect())
}
