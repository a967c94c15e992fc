//! The table in memory and over plain sockets, and the retry table.

mod http1;
mod memory;
mod planted;
mod retry_table;
mod tcp;

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
