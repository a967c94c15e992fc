//! The reference data in `testdata/` against the library: facts that the official clients, the
//! official description and real responses state.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod changed;
mod checksums;
mod coverage;
mod records;
mod suites;
mod uploads;

use imagekit_testkit::conformance::{Report, Suite};
use std::path::Path;

/// Returns the text of a file in `testdata/`.
fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the results of a suite on `text`.
fn run(suite: &Suite, text: &str) -> Report {
    let mut report = Report::default();
    suite.run(text, &mut report).unwrap();
    report
}
