//! `cargo xtask conformance SUITE FILE...`: compares the project with files of reference data.

use imagekit_testkit::conformance::{Report, Suite};
use std::process::ExitCode;

pub const USAGE: &str = "cargo xtask conformance SUITE FILE...";

/// Runs a suite on files. Fails when a case fails, or when a file cannot be read.
pub fn main(arguments: &[&str]) -> ExitCode {
    let [name, files @ ..] = arguments else {
        eprintln!("usage: {USAGE}");
        return ExitCode::from(2);
    };
    let Some(suite) = Suite::find(name) else {
        eprintln!("there is no suite `{name}`");
        return ExitCode::from(2);
    };
    if files.is_empty() {
        eprintln!("usage: {USAGE}");
        return ExitCode::from(2);
    }
    let mut report = Report::default();
    let mut readable = true;
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|error| error.to_string());
        if let Err(error) = text.and_then(|text| suite.run(&text, &mut report)) {
            eprintln!("{file}: {error}");
            readable = false;
        }
    }
    report.lines().iter().for_each(|line| println!("{line}"));
    println!("{}", report.summary());
    if readable && report.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
