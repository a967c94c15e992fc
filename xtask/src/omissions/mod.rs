//! `cargo xtask omissions`: proves that the tests name what a new endpoint lacks.
//!
//! A complete made-up endpoint is added to a copy of the workspace; the tests must pass. Then each
//! part that can be forgotten is removed in turn; a test of `cargo test --workspace` must fail with a
//! message that names it. Only the tests concerned are run.

mod cases;
mod copy;
#[cfg(test)]
mod tests;

use crate::tool;
use cases::{CASES, Case, Tests};
use copy::Copy;
use std::process::ExitCode;
use std::time::Instant;

pub const USAGE: &str = "cargo xtask omissions [CASE...]";

/// Runs all cases, or those whose names are given.
pub fn main(names: &[&str]) -> ExitCode {
    let unknown = names.iter().find(|name| !CASES.iter().any(|case| case.name == **name));
    if let Some(unknown) = unknown {
        eprintln!("there is no case {unknown}\nusage: {USAGE}\ncases:");
        CASES.iter().for_each(|case| eprintln!("  {}", case.name));
        return ExitCode::from(2);
    }
    tool::exit(run(names))
}

fn run(names: &[&str]) -> Result<(), String> {
    let copy = Copy::new(&tool::root())?;
    cases::add_endpoint(&copy)?;
    copy.xtask(&["docs"])?;
    let complete = copy.files()?;
    if names.is_empty() {
        for tests in [Tests::Core, Tests::Emulator, Tests::Docs] {
            let begin = Instant::now();
            let (passed, output) = copy.test(tests)?;
            if !passed {
                return Err(format!("{output}\nthe complete endpoint fails these tests"));
            }
            println!("complete: {tests:?} passes after {} s", begin.elapsed().as_secs());
        }
    }
    let mut silent = Vec::new();
    for case in CASES.iter().filter(|case| names.is_empty() || names.contains(&case.name)) {
        let begin = Instant::now();
        for (file, edit) in case.edits {
            copy.edit(file, *edit)?;
        }
        let found = check(&copy, case)?;
        copy.restore(&complete)?;
        let seconds = begin.elapsed().as_secs();
        match found {
            Ok(()) => println!("{}: named after {seconds} s", case.name),
            Err(output) => {
                println!("{output}\n{}: NOT named, after {seconds} s", case.name);
                silent.push(case.name);
            }
        }
    }
    if silent.is_empty() { Ok(()) } else { Err(format!("not named: {}", silent.join(", "))) }
}

/// Whether the tests fail with the message of the case; their output when they do not.
fn check(copy: &Copy, case: &Case) -> Result<Result<(), String>, String> {
    let (passed, output) = copy.test(case.tests)?;
    let named = case.message.iter().all(|part| output.contains(part));
    Ok(if !passed && named { Ok(()) } else { Err(output) })
}
