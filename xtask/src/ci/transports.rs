//! The transports of `examples/transports`, which are a workspace of their own.

use crate::tool;
use std::process::Command;

const MANIFEST: &str = "examples/transports/Cargo.toml";

/// Checks the format of the transports, lints and tests them.
pub fn check() -> Result<(), String> {
    super::step("format of the transports", cargo(&["fmt", "--all", "--check"]))?;
    // The folder of all other builds, which share most dependencies.
    let folder = tool::target_dir()?;
    let build = |arguments: &[&str]| {
        let mut cargo = cargo(arguments);
        cargo.args(["--workspace", "--locked", "--target-dir"]).arg(&folder);
        cargo
    };
    super::step("clippy of the transports", super::denying(build(&["clippy", "--all-targets"])))?;
    super::step("transports", build(&["test", "--quiet"]))
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = tool::cargo();
    cargo.args(arguments).args(["--manifest-path", MANIFEST]);
    cargo
}
