//! The table in memory and over plain sockets, and the retry table.

mod http1;
mod memory;
mod planted;
mod retry_table;
mod tcp;

use crate::ability::Ability;
use crate::cases;
use crate::report::{CaseResult, Report};
use crate::table::Table;

fn assert_passed(report: &Report) {
    assert!(!report.results.is_empty(), "no case");
    assert_eq!(report.failures().count(), 0, "\n{report}");
}

#[test]
fn the_table_holds_in_memory() {
    let results = cases::all()
        .map(|case| CaseResult::new(case.name(), case.problems(&memory::play(&case), &[])));
    let (transport, results) = ("memory".to_owned(), results.collect());
    assert_passed(&Report { transport, results, tolerated: Vec::new() });
}

#[test]
fn the_table_holds_over_plain_sockets() {
    assert_passed(&Table::new("tcp").run(|| tcp::Tcp));
}

#[test]
fn what_is_skipped_is_counted_and_listed() {
    let report = Table::new("tcp")
        .only("status/30")
        .only("wire/get")
        .lacks(Ability::Redirects, "a browser hides them")
        .skip("wire/get", "it is too easy")
        .run(|| tcp::Tcp);
    let skipped: Vec<_> = report.skipped().collect();
    assert!(skipped.contains(&("status/302", "a browser hides them")), "{report}");
    assert!(skipped.contains(&("wire/get", "it is too easy")), "{report}");
    // The 304 is none.
    assert_eq!((report.passed(), report.failures().count(), skipped.len()), (1, 0, 9), "{report}");
    let printed = report.to_string();
    assert!(printed.contains("SKIP tcp status/302: a browser hides them\n"), "{report}");
    assert!(printed.ends_with("tcp: 1 passed, 0 failed, 9 skipped"), "{report}");
}

#[test]
fn a_skip_that_names_no_case_is_a_failure() {
    let report = Table::new("tcp").only("wire/get").skip("wire/gte", "a typo").run(|| tcp::Tcp);
    let failures: Vec<_> = report.failures().map(|failure| &*failure.name).collect();
    assert_eq!((report.passed(), failures), (1, vec!["wire/gte"]), "{report}");
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let mut names: Vec<_> = cases::all().map(|case| case.name()).collect();
    assert!(names.iter().all(|name| name.split('/').count() == 2), "{names:?}");
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn the_retry_table_holds() {
    let report = retry_table::run();
    assert!(report.results.len() > 10_000);
    assert_passed(&report);
}
