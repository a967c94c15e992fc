//! `cargo xtask conformance SUITE FILE...`: holds the project against files of reference data.

mod deviations;
mod normal;
mod ordered;
mod report;
mod responsive;
mod signed;
mod source;
mod transformations;
mod url;
mod vector;

use report::Report;
use std::process::ExitCode;

/// Holds one suite against the text of one file.
type Suite = fn(&str, &mut Report) -> Result<(), String>;

/// Runs a suite over files; fails if a case does, or if a file cannot be read.
pub fn main(suite: &str, files: &[&str]) -> ExitCode {
    let run: Suite = match suite {
        "transformations" => transformations::run,
        "url" => url::run,
        "signed" => signed::run,
        "responsive" => responsive::run,
        _ => {
            eprintln!("there is no suite `{suite}`");
            return ExitCode::from(2);
        }
    };
    let mut report = Report::default();
    let mut readable = true;
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|error| error.to_string());
        if let Err(error) = text.and_then(|text| run(&text, &mut report)) {
            eprintln!("{file}: {error}");
            readable = false;
        }
    }
    report.finish();
    if readable && report.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
