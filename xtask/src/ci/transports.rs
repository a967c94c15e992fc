//! The transports of `examples/transports`, which are a workspace of their own.

use super::Ci;
use super::portable::{WASM, folder, wasm_toolchain};
use crate::tool;
use std::process::Command;

const MANIFEST: &str = "examples/transports/Cargo.toml";

/// The transport that runs in Node and Chromium.
const FETCH: &str = "transport-fetch";

/// Checks the format of the transports, lints and tests them.
pub fn check(ci: &mut Ci) -> Result<(), String> {
    super::step("format of the transports", cargo("fmt --all --check"))?;
    let clippy = build("clippy --workspace --all-targets")?;
    super::step("clippy of the transports", super::denying(clippy))?;
    super::step("transports", build(&format!("test --quiet --workspace --exclude {FETCH}"))?)?;
    fetch(ci)
}

/// Builds the page of the transport over `fetch`, and runs it where it can be run.
fn fetch(ci: &mut Ci) -> Result<(), String> {
    let Some(toolchain) = wasm_toolchain() else {
        ci.not_run(format!("the transport over fetch (rustup target add {WASM})"));
        return Ok(());
    };
    let folder = folder("wasm")?;
    let mut page = toolchain.cargo();
    page.args(["build", "--manifest-path", MANIFEST, "--locked", "--package", FETCH]);
    page.args(["--example=page", "--target", WASM, "--target-dir"]).arg(&folder);
    page.args(toolchain.std_arguments());
    super::step("page of the transport over fetch", page)?;
    for host in ["node", "chromium"] {
        if tool::read(Command::new(host).arg("--version")).is_err() {
            ci.not_run(format!("the transport over fetch in {host} (there is no {host})"));
            continue;
        }
        let mut test = build(&format!("test --quiet --package {FETCH} --test fetch"))?;
        test.args(["--", host]);
        test.env("TRANSPORT_FETCH_PAGE", folder.join(WASM).join("debug/examples/page.wasm"));
        super::step(&format!("transport over fetch, in {host}"), test)?;
    }
    Ok(())
}

fn cargo(arguments: &str) -> Command {
    let mut cargo = tool::cargo();
    cargo.args(arguments.split_whitespace()).args(["--manifest-path", MANIFEST]);
    cargo
}

/// A build in the folder of the workspace's builds, which share most dependencies.
fn build(arguments: &str) -> Result<Command, String> {
    let mut cargo = cargo(arguments);
    cargo.args(["--locked", "--target-dir"]).arg(tool::target_dir()?);
    Ok(cargo)
}
