//! One case table that every transport of `imagekit-proto` must pass.
//!
//! A case is a script for a server, what the client does, and what has to come of it: how each
//! call ends, after how many attempts, and every byte that the server must see. The expectation
//! is the same for every transport; what differs is a bug.
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

/// The names of the groups of the table, in its order.
pub fn groups() -> impl Iterator<Item = &'static str> {
    cases::GROUPS.iter().map(|(name, _)| *name)
}

/// Runs the whole table.
pub fn run(transport: &dyn Transport) -> Report {
    let results = groups().flat_map(|group| run_group(transport, group).results).collect();
    Report { transport: transport.name(), results }
}

/// Runs one group of the table; without a case if there is no such group.
pub fn run_group(transport: &dyn Transport, group: &str) -> Report {
    let cases = cases::GROUPS.iter().filter(|(name, _)| *name == group);
    let results = cases
        .flat_map(|(_, cases)| cases())
        .map(|case| CaseResult {
            name: case.name().into(),
            problems: match transport.play(&case) {
                Ok(played) => case.problems(&played),
                Err(error) => vec![format!("it could not be played: {error}")],
            },
        })
        .collect();
    Report { transport: transport.name(), results }
}
