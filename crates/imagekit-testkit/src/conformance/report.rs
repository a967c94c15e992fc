//! Results of the cases of a suite.

use std::fmt::{self, Display};

/// Counts of cases, and a line for each case that is not plainly good.
#[derive(Clone, Debug, Default)]
pub struct Report {
    lines: Vec<Line>,
    passed: usize,
    failed: usize,
    skipped: usize,
}

/// What a [`Line`] says about its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// The project differs from the reference data. Counts as failed.
    Fail,
    /// The library refused the input with a typed error. Counts as skipped.
    Refused,
    /// The project differs on purpose, by a rule with a reason. Counts as skipped.
    Deviates,
    /// The response is good, but no typed field holds one of its keys. Counts as passed.
    Unmodelled,
    /// The operation table does not hold the operation of the case. Counts as skipped.
    Skipped,
}

/// A line about one case. [`Display`] formats it as `FAIL id: text`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Line {
    /// What the line says.
    pub kind: Kind,
    /// The id of the case.
    pub id: String,
    /// What differs, or the reason.
    pub text: String,
}

impl Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.kind {
            Kind::Fail => "FAIL",
            Kind::Refused => "REFUSED",
            Kind::Deviates => "DEVIATES",
            Kind::Unmodelled => "UNMODELLED",
            Kind::Skipped => "SKIPPED",
        };
        write!(f, "{word} {}: {}", self.id, self.text)
    }
}

impl Report {
    /// Returns the lines in the order of the cases.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Returns the lines of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.kind == kind)
    }

    /// Returns whether no case failed.
    pub fn is_good(&self) -> bool {
        self.failed == 0
    }

    /// Formats the counts as `N passed, M failed, K skipped`.
    pub fn summary(&self) -> String {
        format!("{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }

    pub(crate) fn pass(&mut self) {
        self.passed += 1;
    }

    pub(crate) fn fail(&mut self, id: &str, difference: impl Display) {
        self.failed += 1;
        self.add(Kind::Fail, id, difference);
    }

    pub(crate) fn refuse(&mut self, id: &str, message: impl Display) {
        self.skipped += 1;
        self.add(Kind::Refused, id, message);
    }

    pub(crate) fn deviate(&mut self, id: &str, reason: impl Display) {
        self.skipped += 1;
        self.add(Kind::Deviates, id, reason);
    }

    /// Adds a line about a case that passed.
    pub(crate) fn unmodelled(&mut self, id: &str, path: impl Display) {
        self.add(Kind::Unmodelled, id, path);
    }

    pub(crate) fn skip(&mut self, id: &str, reason: impl Display) {
        self.skipped += 1;
        self.add(Kind::Skipped, id, reason);
    }

    fn add(&mut self, kind: Kind, id: &str, text: impl Display) {
        self.lines.push(Line { kind, id: id.to_owned(), text: text.to_string() });
    }
}
