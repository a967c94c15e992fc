//! `cargo xtask coverage` and `cargo xtask distill`: OpenAPI files against the library, and reduced
//! to a table of facts.

use imagekit_testkit::coverage::{self, Coverage};
use std::process::ExitCode;

pub const USAGE: &str = "cargo xtask coverage [--check] --spec FILE...";
pub const DISTILL_USAGE: &str = "cargo xtask distill --spec FILE... > testdata/api.json";

/// Prints a line per finding. With `--check` it fails when something is missing.
pub fn main(options: &[&str]) -> ExitCode {
    let (check, files) = match options {
        ["--check", "--spec", files @ ..] | ["--spec", files @ .., "--check"] => (true, files),
        ["--spec", files @ ..] => (false, files),
        _ => (false, options),
    };
    finish(USAGE, files, |files| {
        let coverage = coverage::check(files)?;
        print(&coverage);
        Ok(!check || coverage.missing.is_empty())
    })
}

/// Prints the facts of OpenAPI files as one JSON table.
pub fn distill(options: &[&str]) -> ExitCode {
    let files = if let ["--spec", files @ ..] = options { files } else { options };
    finish(DISTILL_USAGE, files, |files| {
        print!("{}", coverage::distill(files)?);
        Ok(true)
    })
}

fn print(coverage: &Coverage) {
    coverage.missing.iter().for_each(|line| println!("MISSING {line}"));
    coverage.omitted.iter().for_each(|line| println!("OMITTED {line}"));
    coverage.undescribed.iter().for_each(|id| println!("UNDESCRIBED {id}: no file has it"));
    println!(
        "{} operations and {} events compared, {} missing, {} left out on purpose",
        coverage.operations,
        coverage.events,
        coverage.missing.len(),
        coverage.omitted.len()
    );
}

/// Names and texts of files.
type Files<'a> = Vec<(&'a str, &'a str)>;

/// Runs `task` on the texts of `paths`; it returns whether all is well.
fn finish(
    usage: &str,
    paths: &[&str],
    task: impl FnOnce(Files<'_>) -> Result<bool, String>,
) -> ExitCode {
    if paths.is_empty() || paths.iter().any(|path| path.starts_with("--")) {
        eprintln!("usage: {usage}");
        return ExitCode::from(2);
    }
    let read =
        |path: &&str| std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    let texts: Result<Vec<String>, String> = paths.iter().map(read).collect();
    let files = |texts: &[String]| {
        task(paths.iter().copied().zip(texts.iter().map(String::as_str)).collect())
    };
    match texts.and_then(|texts| files(&texts)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
