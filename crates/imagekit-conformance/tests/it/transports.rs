use imagekit_conformance::{
    Memory, Reqwest, Tcp, Transport, Ureq, groups, run_group, run_retry_table,
};

fn passes(transport: &dyn Transport, group: &str) {
    let report = run_group(transport, group);
    assert!(!report.results.is_empty(), "no case in {group}");
    assert_eq!(report.failures().count(), 0, "\n{report}");
}

/// A module per transport, a test per group.
macro_rules! transport {
    ($module:ident, $transport:expr, $($group:ident)+) => {
        mod $module {
            use super::*;

            $(#[test]
            fn $group() {
                passes(&$transport, stringify!($group));
            })+
        }
    };
}

transport!(memory, Memory::default(), status framing failure retry time payload wire);
transport!(tcp, Tcp::default(), status framing failure retry time payload wire);
transport!(reqwest, Reqwest::default(), status framing failure retry time payload wire);
transport!(ureq, Ureq::default(), status framing failure retry time payload wire);

#[test]
fn every_case_has_a_name_of_its_own_in_its_group() {
    let mut names = Vec::new();
    for group in groups() {
        for result in run_group(&Memory::default(), group).results {
            assert!(result.name.starts_with(&format!("{group}/")), "{}", result.name);
            names.push(result.name);
        }
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn the_retry_table() {
    let report = run_retry_table();
    assert!(report.results.len() > 10_000);
    assert_eq!(report.failures().count(), 0, "\n{report}");
}
