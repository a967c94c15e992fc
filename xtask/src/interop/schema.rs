//! Fuzzes the emulator from OpenAPI files: no 5xx, no response outside of the schema.

use super::{install, serve};
use crate::tool;
use imagekit_emulator::Emulator;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// What every response has to pass.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance";

/// Examples for each operation and phase.
const EXAMPLES: &str = "50";

/// Runs all files, each against an emulator of its own that holds files, folders and settings.
pub fn run(files: &[PathBuf]) -> Result<(), String> {
    let folder = install::fuzzer()?;
    files.iter().try_for_each(|file| fuzz(&folder, file))
}

fn fuzz(folder: &Path, file: &Path) -> Result<(), String> {
    println!("-- schema {}", file.display());
    let (server, begin) = (serve()?, Instant::now());
    let prepared = folder.join("schema.json");
    let mut prepare = Command::new(install::python_of(folder));
    prepare.arg("-B").arg(install::scripts().join("schema/prepare.py")).arg(file).arg(&prepared);
    tool::run(prepare.args([&server.url(), Emulator::PRIVATE_KEY]))?;
    let mut fuzz = Command::new(install::python_of(folder));
    fuzz.args(["-m", "schemathesis.cli", "run"]).arg(&prepared);
    fuzz.args(["--url", &server.url(), "--auth", &format!("{}:x", Emulator::PRIVATE_KEY)]);
    fuzz.args(["--checks", CHECKS, "--max-examples", EXAMPLES, "--seed", "1"]);
    // The schema alone says what can be generated: none of its data is too large for a test.
    fuzz.args(["--continue-on-failure", "--suppress-health-check", "all", "--no-color"]);
    fuzz.args(["--warnings", "off"]).current_dir(folder);
    tool::run(&mut fuzz).map_err(|_| format!("{}: see above", file.display()))?;
    println!("-- schema: ok after {:.1} s", begin.elapsed().as_secs_f64());
    Ok(())
}
