//! What came of running the table.

use std::borrow::Cow;
use std::fmt;

use crate::outcome::Outcome;
use crate::seen::Recorded;

/// What a transport made of a case.
#[derive(Debug)]
pub struct Played {
    /// The host and port that the client was told.
    pub(crate) host: String,
    /// The end of each call.
    pub(crate) outcomes: Vec<Outcome>,
    /// What the server saw.
    pub(crate) seen: Vec<Recorded>,
}

/// What came of running cases with one transport. `Display` prints a line per failure and last
/// `N passed, M failed`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The transport's name.
    pub transport: &'static str,
    /// What came of each case.
    pub results: Vec<CaseResult>,
}

/// What came of one case.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CaseResult {
    /// The case's name, `group/what`.
    pub name: Cow<'static, str>,
    /// What went wrong; empty when the case passed.
    pub problems: Vec<String>,
}

impl CaseResult {
    /// Whether nothing went wrong.
    pub fn is_passed(&self) -> bool {
        self.problems.is_empty()
    }
}

impl Report {
    /// How many cases passed.
    pub fn passed(&self) -> usize {
        self.results.iter().filter(|result| result.is_passed()).count()
    }

    /// The cases that did not pass.
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
