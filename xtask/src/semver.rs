//! `cargo xtask semver`: changes of the public API since an earlier revision.

use crate::ci::PUBLISHED;
use crate::tool;
use std::process::ExitCode;

pub const USAGE: &str = "cargo xtask semver REVISION";

/// Compares the published crates with the same crates at a revision, and names what breaks their
/// users.
pub fn main(arguments: &[&str]) -> ExitCode {
    match arguments {
        [revision] if !revision.starts_with('-') => tool::exit(compare(revision)),
        _ => {
            eprintln!("usage: {USAGE}");
            ExitCode::from(2)
        }
    }
}

fn compare(revision: &str) -> Result<(), String> {
    tool::install("semver-checks")?;
    let mut checks = tool::cargo();
    checks.args(["semver-checks", "check-release", "--baseline-rev", revision]);
    for package in PUBLISHED {
        checks.args(["--package", package]);
    }
    tool::run(&mut checks)
}
