//! Each suite on its file: nothing fails, and the counts are what they were.

use crate::{read, run};
use imagekit_testkit::conformance::{Kind, REFUSALS, Report, SUITES};

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

#[test]
fn every_refusal_rule_is_used() {
    let reports: Vec<_> = SUITES.iter().map(|suite| run(suite, &read(suite.file))).collect();
    for rule in REFUSALS {
        let mut lines = reports.iter().flat_map(|report| report.of(Kind::Refused));
        assert!(lines.any(|line| line.text.contains(rule.message)), "unused: {}", rule.message);
    }
}
