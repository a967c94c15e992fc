//! `cargo xtask mutants`: changes the core in small ways and shows what no test finds.

use crate::tool;
use std::fs;
use std::process::{Command, ExitCode};

pub const USAGE: &str = "cargo xtask mutants [FILES... | --changed BASE]";

/// Where decisions and safety are; the models of the API have no decisions to mutate.
const FILES: &[&str] = &[
    "call.rs",
    "retry.rs",
    "retry_hint.rs",
    "options.rs",
    "wire/**/*.rs",
    "delivery/sign*.rs",
    "delivery/verify*.rs",
    "webhook/**/*.rs",
    "upload_auth/**/*.rs",
    "secret/**/*.rs",
    "config/**/*.rs",
    "error/**/*.rs",
    "event/**/*.rs",
    "pace/**/*.rs",
    "flow/**/*.rs",
];

const SOURCES: &str = "crates/imagekit-proto/src";

/// Runs `cargo-mutants` on the files named, on the lines that differ from a base, or on [`FILES`].
/// What it accepts as not found is in `.cargo/mutants.toml`, with reasons.
pub fn main(arguments: &[&str]) -> ExitCode {
    let mutants = match arguments {
        ["--changed", base] if !base.starts_with('-') => changed(base),
        [first, ..] if first.starts_with('-') => {
            eprintln!("usage: {USAGE}");
            return ExitCode::from(2);
        }
        [] => {
            let files: Vec<String> = FILES.iter().map(|file| format!("{SOURCES}/{file}")).collect();
            Ok(Some(of_files(files.iter().map(String::as_str))))
        }
        files => Ok(Some(of_files(files.iter().copied()))),
    };
    tool::exit(mutants.and_then(|mutants| match mutants {
        Some(command) => tool::install("mutants").and_then(|()| run(command)),
        None => {
            println!("nothing in {SOURCES} has changed");
            Ok(())
        }
    }))
}

/// Runs without documentation tests, which take ten times as long and find little more.
///
/// The rest is for speed, since every mutation is a build of its own: incremental builds without debug
/// information in two folders take a quarter of the time, and random tests of a tenth of the cases
/// find as much.
fn run(mut mutants: Command) -> Result<(), String> {
    mutants.args(["--package", "imagekit-proto", "--output"]).arg(tool::target_dir()?);
    mutants.args(["--jobs", "2", "--minimum-test-timeout", "40"]);
    for (name, value) in [
        ("CARGO_INCREMENTAL", "1"),
        ("CARGO_PROFILE_DEV_DEBUG", "none"),
        ("CARGO_PROFILE_TEST_DEBUG", "none"),
        ("PROPTEST_CASES", "25"),
    ] {
        mutants.env(name, value);
    }
    // One folder would make the jobs wait for each other.
    mutants.env_remove("CARGO_TARGET_DIR");
    mutants.args(["--", "--lib", "--test", "it"]);
    tool::run(&mut mutants)
}

fn of_files<'a>(files: impl Iterator<Item = &'a str>) -> Command {
    let mut mutants = tool::cargo();
    mutants.arg("mutants");
    for file in files {
        mutants.args(["--file", file]);
    }
    mutants
}

/// The mutations of the lines that differ from `base`; none when there are no such lines.
fn changed(base: &str) -> Result<Option<Command>, String> {
    let diff = tool::read(tool::in_root("git").args(["diff", base, "--", SOURCES]))?;
    if diff.is_empty() {
        return Ok(None);
    }
    let target = tool::target_dir()?;
    let file = target.join("mutants.diff");
    fs::create_dir_all(&target)
        .and_then(|()| fs::write(&file, diff))
        .map_err(|error| format!("{}: {error}", file.display()))?;
    let mut mutants = tool::cargo();
    mutants.args(["mutants", "--in-diff"]).arg(file);
    Ok(Some(mutants))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_or_folder_is_there() {
        for file in FILES {
            let fixed = file.split('*').next().unwrap_or_default();
            let path = tool::root().join(SOURCES).join(fixed);
            assert!(path.exists() || path.with_extension("rs").exists(), "{file}");
        }
    }
}
