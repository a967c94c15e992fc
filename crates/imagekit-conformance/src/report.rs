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
    /// Whether the client waited for a response until the server had waited long enough.
    pub(crate) outwaited: bool,
}

/// The results of one transport. `Display` prints the cases that failed with what was expected and
/// seen, then the cases that were skipped with the reasons, then how many there are of each.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The transport's name.
    pub transport: String,
    /// The result of each case.
    pub results: Vec<CaseResult>,
    /// Request headers that were not compared, and why.
    pub tolerated: Vec<(String, String)>,
}

/// The result of one case.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CaseResult {
    /// The case's name, `group/what`.
    pub name: Cow<'static, str>,
    /// How it came out.
    pub verdict: Verdict,
}

/// How a case came out.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth")]
pub enum Verdict {
    /// As expected.
    Passed,
    /// Otherwise: at least one problem.
    Failed(Vec<Problem>),
    /// Not run, for this reason.
    Skipped(String),
}

/// One deviation from what a case expects.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// What the case expects.
    pub expected: String,
    /// What happened instead.
    pub seen: String,
    /// What to look at in the transport, if that is known.
    pub hint: Option<&'static str>,
}

impl Problem {
    pub(crate) fn new(expected: impl Into<String>, seen: impl Into<String>) -> Self {
        Self { expected: expected.into(), seen: seen.into(), hint: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<Option<&'static str>>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Says which request of the case it is about.
    pub(crate) fn of_request(mut self, number: usize) -> Self {
        self.seen = format!("request {number}: {}", self.seen);
        self
    }
}

impl CaseResult {
    pub(crate) fn new(name: impl Into<Cow<'static, str>>, problems: Vec<Problem>) -> Self {
        let verdict = if problems.is_empty() { Verdict::Passed } else { Verdict::Failed(problems) };
        Self { name: name.into(), verdict }
    }

    /// Returns the deviations from the expectation; none when the case passed or was skipped.
    pub fn problems(&self) -> &[Problem] {
        match &self.verdict {
            Verdict::Failed(problems) => problems,
            Verdict::Passed | Verdict::Skipped(_) => &[],
        }
    }
}

impl Report {
    /// Returns how many cases passed.
    pub fn passed(&self) -> usize {
        self.results.iter().filter(|result| result.verdict == Verdict::Passed).count()
    }

    /// Returns the cases that failed.
    pub fn failures(&self) -> impl Iterator<Item = &CaseResult> {
        self.results.iter().filter(|result| !result.problems().is_empty())
    }

    /// Returns the cases that were skipped, with the reasons.
    pub fn skipped(&self) -> impl Iterator<Item = (&str, &str)> {
        self.results.iter().filter_map(|result| match &result.verdict {
            Verdict::Skipped(reason) => Some((&*result.name, &**reason)),
            Verdict::Passed | Verdict::Failed(_) => None,
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for result in self.failures() {
            writeln!(f, "FAIL {} {}", self.transport, result.name)?;
            for problem in result.problems() {
                writeln!(f, "    expected: {}", problem.expected)?;
                writeln!(f, "    seen:     {}", problem.seen)?;
                if let Some(hint) = problem.hint {
                    writeln!(f, "    hint:     {hint}")?;
                }
            }
        }
        for (name, reason) in self.skipped() {
            writeln!(f, "SKIP {} {name}: {reason}", self.transport)?;
        }
        for (header, reason) in &self.tolerated {
            writeln!(f, "NOT COMPARED {} header {header}: {reason}", self.transport)?;
        }
        let (failed, skipped) = (self.failures().count(), self.skipped().count());
        write!(
            f,
            "{}: {} passed, {failed} failed, {skipped} skipped",
            self.transport,
            self.passed()
        )
    }
}
