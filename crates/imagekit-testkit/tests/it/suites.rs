//! Each suite on its file: nothing fails, and the counts are what they were.

use crate::{read, run};
use imagekit_testkit::conformance::{Kind, REFUSALS, Report, SUITES};
use std::collections::BTreeMap;

/// The summary of each suite. A new fact changes its line here.
const SUMMARIES: &[(&str, &str)] = &[
    ("wire", "202 passed, 0 failed, 4 skipped"),
    ("edges", "44 passed, 0 failed, 92 skipped"),
    ("responses", "55 passed, 0 failed, 0 skipped"),
    ("transformations", "543 passed, 0 failed, 7 skipped"),
    ("url", "259 passed, 0 failed, 37 skipped"),
    ("signed", "149 passed, 0 failed, 33 skipped"),
    ("auth", "37 passed, 0 failed, 0 skipped"),
    ("responsive", "61 passed, 0 failed, 5 skipped"),
    ("webhooks", "115 passed, 0 failed, 6 skipped"),
    ("phash", "28 passed, 0 failed, 0 skipped"),
];

#[test]
fn every_suite_passes() {
    let mut faults = Vec::new();
    let mut expected = SUMMARIES.iter();
    for suite in SUITES {
        let report = run(suite, &read(suite.file));
        faults.extend(unexplained(&report).map(|line| format!("{}: {line}", suite.name)));
        let found = (suite.name, report.summary());
        match expected.next() {
            Some((name, summary)) if found == (name, (*summary).to_owned()) => {}
            other => faults.push(format!("{found:?} instead of {other:?}")),
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!(expected.next(), None, "a suite is gone");
}

/// The lines that no rule allows: every failure, every key without a typed field, and refusals that
/// are not in the table. A deviation has its rule, or it would be a failure.
fn unexplained(report: &Report) -> impl Iterator<Item = String> {
    let is_allowed = |text: &str| REFUSALS.iter().any(|rule| text.contains(rule.message));
    report.lines().iter().filter_map(move |line| match line.kind {
        Kind::Deviates | Kind::Skipped => None,
        Kind::Refused if is_allowed(&line.text) => None,
        _ => Some(line.to_string()),
    })
}

/// How many cases of each suite are skipped by which rule: part of a refusal, or the whole reason of a
/// deviation.
const SKIPPED: &[&str] = &[
    "4 edges: Refused, invalid type: ",
    "4 edges: Refused, is beyond a limit of ImageKit",
    "52 edges: Refused, it is a dot segment",
    "32 edges: Refused, must not be empty",
    "2 responsive: Deviates, a width is in `srcset` once: HTML forbids it twice",
    "1 responsive: Refused, `width` is not a number",
    "1 responsive: Refused, the source is empty",
    "1 responsive: Refused, there is no breakpoint",
    "1 signed: Deviates, a fragment ends the URL: parameters after it would never be sent",
    "7 signed: Deviates, the packages did not find the endpoint in the URL and signed the whole URL; here the signature covers what follows the endpoint, as everywhere else",
    "10 signed: Deviates, what no URL may hold, or a client would rewrite before it sends it, is percent-encoded (and the signature covers it so)",
    "3 signed: Refused, does not start with the signer's URL endpoint",
    "2 signed: Refused, the URL endpoint is not valid",
    "7 signed: Refused, the expiry is ",
    "2 signed: Refused, the lifetime is less than a second",
    "1 signed: Refused, the private key is empty",
    "1 transformations: Deviates, numbers are written as plain decimals, never with an exponent",
    "4 transformations: Refused, missing field `",
    "1 transformations: Refused, the path of a layer holds",
    "1 transformations: Refused, unknown variant `",
    "1 url: Deviates, `#`, `?`, `/` and `&` in a transformation would end it early: they are percent-encoded, so that it arrives whole",
    "2 url: Deviates, a fragment ends the URL: parameters after it would never be sent",
    "1 url: Deviates, null says nothing: the query parameter is left out",
    "1 url: Deviates, the source's own query is kept byte for byte; it means the same",
    "16 url: Deviates, what no URL may hold, or a client would rewrite before it sends it, is percent-encoded (and the signature covers it so)",
    "2 url: Refused, missing field `",
    "7 url: Refused, the URL endpoint is not valid",
    "2 url: Refused, the source is empty",
    "4 url: Refused, the source is not valid",
    "1 url: Refused, unknown variant `",
    "6 webhooks: Deviates, only a timestamp in plain decimal digits is accepted: each client reads other spellings differently, and none signs them",
    "2 wire: Deviates, an upload that carries its own token sends no private key: the API responds with 400 to both",
    "1 wire: Refused, an item has a comma",
    "1 wire: Refused, is beyond a limit of ImageKit",
];

#[test]
fn every_case_is_skipped_by_its_rule() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for suite in SUITES {
        for line in run(suite, &read(suite.file)).lines() {
            let rule = REFUSALS.iter().find(|rule| line.text.contains(rule.message));
            let rule = match line.kind {
                Kind::Refused => rule.map_or("no rule", |rule| rule.message),
                _ => line.text.as_str(),
            };
            *counts.entry(format!("{}: {:?}, {rule}", suite.name, line.kind)).or_default() += 1;
        }
    }
    let lines: Vec<String> = counts.iter().map(|(rule, count)| format!("{count} {rule}")).collect();
    assert_eq!(lines, SKIPPED, "{lines:#?}");
    for rule in REFUSALS {
        assert!(lines.iter().any(|line| line.ends_with(rule.message)), "unused: {}", rule.message);
    }
}
