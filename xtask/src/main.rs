//! Tasks of the workspace.

mod budget;
mod call;
mod ci;
mod conformance;
mod coverage;
mod demo;
mod docs;
mod faults;
mod fuzz;
mod interop;
mod mutants;
mod omissions;
mod page;
mod semver;
mod tool;

use std::process::ExitCode;

/// A task of the command line.
struct Task {
    name: &'static str,
    usage: &'static str,
    run: fn(&[&str]) -> ExitCode,
}

const TASKS: &[Task] = &[
    Task { name: "budget", usage: budget::USAGE, run: budget::main },
    Task { name: "call", usage: call::USAGE, run: call::main },
    Task { name: "ci", usage: ci::USAGE, run: ci::main },
    Task { name: "conformance", usage: conformance::USAGE, run: conformance::main },
    Task { name: "coverage", usage: coverage::USAGE, run: coverage::main },
    Task { name: "demo", usage: demo::USAGE, run: demo::main },
    Task { name: "distill", usage: coverage::DISTILL_USAGE, run: coverage::distill },
    Task { name: "docs", usage: docs::USAGE, run: docs::main },
    Task { name: "faults", usage: faults::USAGE, run: faults::main },
    Task { name: "fuzz", usage: fuzz::USAGE, run: fuzz::main },
    Task { name: "interop", usage: interop::USAGE, run: interop::main },
    Task { name: "mutants", usage: mutants::USAGE, run: mutants::main },
    Task { name: "omissions", usage: omissions::USAGE, run: omissions::main },
    Task { name: "page", usage: page::USAGE, run: page::main },
    Task { name: "semver", usage: semver::USAGE, run: semver::main },
];

fn task(name: &str) -> Option<&'static Task> {
    TASKS.iter().find(|task| task.name == name)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let [name, rest @ ..] = arguments.as_slice() {
        if let Some(task) = task(name) {
            return (task.run)(rest);
        }
    }
    eprintln!("usage:");
    TASKS.iter().for_each(|task| eprintln!("  {}", task.usage));
    ExitCode::from(2)
}
