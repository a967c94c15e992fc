//! Tasks of the workspace.

mod call;
mod conformance;

use std::process::ExitCode;

const CONFORMANCE: &str = "cargo xtask conformance SUITE FILE...";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["conformance", suite, files @ ..] if !files.is_empty() => conformance::main(suite, files),
        ["call", options @ ..] => call::main(options),
        _ => {
            eprintln!("usage: {CONFORMANCE}\n       {}", call::USAGE);
            ExitCode::from(2)
        }
    }
}
