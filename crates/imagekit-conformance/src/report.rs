//! Results of running the table.

use std::borrow::Cow;
use std::fmt;

use crate::outcome::Outcome;
use crate::seen::Recorded;

/// What a transport did with a case.
#[derive(Debug)]
pub(crate) struct Played {
    /// Host and port in the client's base URLs.
    pub(crate) host: String,
    /// The end of each call.
    pub(crate) outcomes: Vec<Outcome>,
    /// The requests that the server saw.
    pub(crate) seen: Vec<Recorded>,
}

/// The results of one transport. `Display` prints one line per failure and then `N passed, M
/// failed`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The transport's name.
    pub transport: String,
    /// The result of each case.
    pub results: Vec<CaseResult>,
}

/// The result of one case.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CaseResult {
    /// The case's name, `group/what`.
    pub name: Cow<'static, str>,
    /// The deviations from the expectation; empty when the case passed.
    pub problems: Vec<String>,
}

impl CaseResult {
    /// Whether the case passed.
    pub fn is_passed(&self) -> bool {
        self.problems.is_empty()
    }
}

impl Report {
    /// Returns how many cases passed.
    pub fn passed(&self) -> usize {
        self.results.iter().filter(|result| result.is_passed()).count()
    }

    /// Returns the cases that failed.
    pub fn failures(&self) -> impl Iterator<Item = &CaseResult> {
        self.results.iter().filter(|result| !result.is_passed())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for result in self.failures() {
            writeln!(f, "FAIL {} {}:", self.transport, result.name)?;
            for problem in &result.problems {
                writeln!(f, "    {problem}")?;
            }
        }
        let failed = self.failures().count();
        write!(f, "{}: {} passed, {failed} failed", self.transport, self.passed())
    }
}
