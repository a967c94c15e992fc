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
pub use packages::PACKAGES;
use std::path::PathBuf;
use std::process::ExitCode;

pub const USAGE: &str = "cargo xtask interop [PACKAGE | --schema FILE...]";

pub fn main(arguments: &[&str]) -> ExitCode {
    match arguments {
        [] => tool::exit(all()),
        ["--schema", files @ ..] if !files.is_empty() => {
            tool::exit(schema::run(&files.iter().map(PathBuf::from).collect::<Vec<_>>()))
        }
        [name] => match PACKAGES.iter().find(|package| package.name == *name) {
            Some(package) => tool::exit(package.run()),
            None => usage(),
        },
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    let names = PACKAGES.map(|package| package.name).join(" or ");
    eprintln!("usage: {USAGE}; PACKAGE is {names}");
    ExitCode::from(2)
}

fn all() -> Result<(), String> {
    let failed: Vec<String> = PACKAGES.iter().filter_map(|package| package.run().err()).collect();
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
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
