//! One case table that every transport of `imagekit-proto` must pass.
//!
//! A case is a script for a server, the calls that a client makes, and the expected result: how
//! each call ends, after how many attempts, and every byte that the server must see. The
//! expectation is the same for every transport; a deviation is a bug.
//!
//! The transports of this workspace are [`Memory`], [`Tcp`], [`Ureq`] and [`Reqwest`].
//!
//! ```
//! let report = imagekit_conformance::run(&imagekit_conformance::Memory::default());
//! assert_eq!(report.failures().count(), 0, "{report}");
//! ```

/// The examples of the README, so that they compile.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

mod case;
mod cases;
mod outcome;
mod probe;
mod report;
mod retry_table;
mod script;
mod seen;
mod server;
mod source;
mod transport;

pub use case::Case;
pub use report::{CaseResult, Played, Report};
pub use retry_table::run_retry_table;
pub use transport::{Memory, Reqwest, Tcp, Transport, Ureq};

/// Returns the names of the groups, in the order of the table.
pub fn groups() -> impl Iterator<Item = &'static str> {
    cases::GROUPS.iter().map(|(name, _)| *name)
}

/// Runs the whole table.
pub fn run(transport: &dyn Transport) -> Report {
    let results = groups().flat_map(|group| run_group(transport, group).results).collect();
    Report { transport: transport.name(), results }
}

/// Runs one group of the table. The report is empty if there is no such group.
pub fn run_group(transport: &dyn Transport, group: &str) -> Report {
    let cases = cases::GROUPS.iter().filter(|(name, _)| *name == group);
    let results = cases
        .flat_map(|(_, cases)| cases())
        .map(|case| CaseResult {
            name: case.name().into(),
            problems: match transport.play(&case) {
                Ok(played) => case.problems(&played),
                Err(error) => vec![format!("the case could not be run: {error}")],
            },
        })
        .collect();
    Report { transport: transport.name(), results }
}
