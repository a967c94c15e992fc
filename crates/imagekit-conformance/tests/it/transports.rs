use imagekit_conformance::{GROUPS, Memory, Tcp, Transport, Ureq, run, run_group};

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
                passes(&$transport, concat!(stringify!($group), "/"));
            })+
        }
    };
}

transport!(memory, Memory::default(), status framing failure retry time payload wire);
transport!(tcp, Tcp::default(), status framing failure retry time payload wire);
transport!(ureq, Ureq::default(), status framing failure retry time payload wire);

#[test]
fn every_case_is_in_a_group_and_has_its_own_name() {
    let report = run(&Memory::default());
    let mut names: Vec<_> = report.results.iter().map(|result| result.name).collect();
    for name in &names {
        let group = name.split('/').next().unwrap();
        assert!(GROUPS.contains(&group), "{name}");
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
}
