//! What became of the cases.

use std::fmt::Display;

/// Counts the cases and prints a line for each that is not plainly good.
#[derive(Debug, Default)]
pub struct Report {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Report {
    /// The case is good.
    pub fn pass(&mut self) {
        self.passed += 1;
    }

    /// The case is wrong.
    pub fn fail(&mut self, id: &str, difference: impl Display) {
        self.failed += 1;
        println!("FAIL {id}: {difference}");
    }

    /// The library refused the input with a typed error.
    pub fn refuse(&mut self, id: &str, message: impl Display) {
        self.skipped += 1;
        println!("REFUSED {id}: {message}");
    }

    /// The case differs on purpose.
    pub fn deviate(&mut self, id: &str, reason: impl Display) {
        self.skipped += 1;
        println!("DEVIATES {id}: {reason}");
    }

    /// The case is good, but `path` of its body landed in a map for unknown keys.
    #[allow(dead_code, reason = "for the suites that compare bodies")]
    pub fn unmodelled(&mut self, id: &str, path: impl Display) {
        println!("UNMODELLED {id}: {path}");
    }

    /// The case is none of this project's.
    #[allow(dead_code, reason = "for the suites that hold foreign cases")]
    pub fn skip(&mut self) {
        self.skipped += 1;
    }

    /// Whether no case failed.
    pub fn is_good(&self) -> bool {
        self.failed == 0
    }

    /// The last line.
    pub fn summary(&self) -> String {
        format!("{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}
