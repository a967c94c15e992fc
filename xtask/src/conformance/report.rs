//! What a suite has to say about its cases.

/// Counts cases and prints a line for each that is not plainly good.
#[derive(Debug, Default)]
pub struct Report {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Report {
    /// The case is as it should be.
    pub fn passed(&mut self, _id: &str) {
        self.passed += 1;
    }

    /// The case is not as it should be.
    pub fn failed(&mut self, id: &str, what: &str) {
        self.failed += 1;
        println!("FAIL {id}: {what}");
    }

    /// The library refused the input before sending.
    pub fn refused(&mut self, id: &str, message: &str) {
        self.skipped += 1;
        println!("REFUSED {id}: {message}");
    }

    /// The library differs on purpose.
    pub fn deviates(&mut self, id: &str, reason: &str) {
        self.skipped += 1;
        println!("DEVIATES {id}: {reason}");
    }

    /// Prints the counts; whether nothing failed.
    pub fn finish(&self) -> bool {
        println!("{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped);
        self.failed == 0
    }
}
