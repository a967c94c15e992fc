//! `cargo xtask coverage [--check] --spec FILE...`: compares the table of operations and the
//! models with OpenAPI files.
//!
//! From outside, through the table: values are made from the schemas, built into requests and
//! parsed as answers, so that no list of fields has to be kept in step here.

mod answers;
mod choices;
mod findings;
mod peel;
mod requests;
mod sample;
mod sent;
mod spec;
#[cfg(test)]
mod tests;

use findings::{Findings, OMISSIONS};
use imagekit_proto::operation;
use spec::{Described, Spec};
use std::collections::BTreeSet;
use std::process::ExitCode;

pub const USAGE: &str = "cargo xtask coverage [--check] --spec FILE...";

/// Prints a line per finding. With `--check` it fails when something is missing.
pub fn main(options: &[&str]) -> ExitCode {
    let (check, files) = match options {
        ["--check", "--spec", files @ ..] | ["--spec", files @ .., "--check"] => (true, files),
        ["--spec", files @ ..] => (false, files),
        _ => (false, options),
    };
    if files.is_empty() || files.iter().any(|file| file.starts_with("--")) {
        eprintln!("usage: {USAGE}");
        return ExitCode::from(2);
    }
    match run(files, check) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Whether all is well, or need not be.
fn run(files: &[&str], check: bool) -> Result<bool, String> {
    let mut findings = Findings::default();
    let (mut operations, mut events) = (0, 0);
    let mut described = BTreeSet::new();
    for file in files {
        let fault = |error: &dyn std::fmt::Display| format!("{file}: {error}");
        let text = std::fs::read_to_string(file).map_err(|error| fault(&error))?;
        let spec = Spec::read(&text).map_err(|error| fault(&error))?;
        let found = spec.operations().map_err(|error| fault(&error))?;
        compare(&spec, &found, &mut findings).map_err(|error| fault(&error))?;
        operations += found.len();
        described.extend(found.into_iter().map(|operation| operation.id));
        events += answers::check_events(&spec, &mut findings).map_err(|error| fault(&error))?;
    }
    let undescribed: Vec<&str> = operation::all()
        .iter()
        .map(|entry| entry.operation().id)
        .filter(|id| !described.contains(*id))
        .collect();
    let (missing, omitted) = findings.split(OMISSIONS);
    for line in &missing {
        println!("MISSING {line}");
    }
    for line in &omitted {
        println!("OMITTED {line}");
    }
    for id in undescribed {
        println!("UNDESCRIBED {id}: no file has it");
    }
    println!(
        "{operations} operations and {events} events compared, {} missing, {} left out on purpose",
        missing.len(),
        omitted.len()
    );
    Ok(!check || missing.is_empty())
}

/// Compares the operations of one file.
fn compare(spec: &Spec, operations: &[Described], findings: &mut Findings) -> Result<(), String> {
    for described in operations {
        let Some(operation) = operation::find(&described.id) else {
            findings.add(&described.id, absent(described));
            continue;
        };
        let here = (operation.operation().method.as_str(), operation.operation().path);
        if here != (described.method.as_str(), described.path.as_str()) {
            let (method, path) = here;
            let Described { method: said, path: at, .. } = described;
            findings.add(&described.id, format!("is {said} {at}, the table has {method} {path}"));
            continue;
        }
        requests::check(spec, described, operation, findings)?;
        answers::check(spec, described, operation, findings)?;
    }
    Ok(())
}

fn absent(described: &Described) -> String {
    let Described { method, path, .. } = described;
    let same_place = operation::all().iter().find(|operation| {
        operation.operation().method.as_str() == method && operation.operation().path == path
    });
    match same_place {
        Some(operation) => format!("the table calls {method} {path} {}", operation.operation().id),
        None => format!("{method} {path} is not in the table"),
    }
}
