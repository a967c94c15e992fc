//! `cargo xtask interop`: the official packages of ImageKit, driven against the emulator.
//!
//! The scripts are in `xtask/interop`. Each calls every method of its package, checks results and
//! what the API says afterwards, prints what failed, and exits with 1 when something did. With
//! `--schema`, a fuzzer also sends what OpenAPI files describe, and checks the responses.

mod install;
mod packages;
mod schema;

use crate::tool;
use imagekit_emulator::{Clock, Emulator, Server};
use packages::PACKAGES;
use std::path::PathBuf;
use std::process::ExitCode;

pub const USAGE: &str = "cargo xtask interop [--schema FILE...]";

pub fn main(arguments: &[&str]) -> ExitCode {
    let files: Vec<PathBuf> = match arguments {
        [] => Vec::new(),
        ["--schema", files @ ..] if !files.is_empty() => files.iter().map(PathBuf::from).collect(),
        _ => {
            eprintln!("usage: {USAGE}");
            return ExitCode::from(2);
        }
    };
    tool::exit(run(&files))
}

fn run(files: &[PathBuf]) -> Result<(), String> {
    if !files.is_empty() {
        return schema::run(files);
    }
    let failed: Vec<String> = PACKAGES.iter().filter_map(|package| package.run().err()).collect();
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}

/// Returns why each package cannot be installed here, for those that cannot.
pub fn unavailable() -> Vec<String> {
    let why = PACKAGES.iter().filter_map(|package| {
        let why = package.install().err()?;
        Some(format!("interop with {} ({})", package.name, why.lines().next().unwrap_or_default()))
    });
    why.collect()
}

/// An emulator of its own for one run, by the clock of this machine: signatures expire by it.
fn serve() -> Result<Server, String> {
    let emulator = Emulator::new().with_clock(Clock::system());
    let server = Server::start(emulator).map_err(|error| error.to_string())?;
    let endpoint = format!("{}/demo", server.url());
    // All clones share it, the server's too.
    let _ = server.emulator().clone().with_url_endpoint(&endpoint);
    Ok(server)
}
