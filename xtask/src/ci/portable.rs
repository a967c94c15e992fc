//! The oldest supported compiler, and WebAssembly.

use super::{Ci, toolchain::Toolchain};
use crate::tool;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest supported compiler: `rust-version` of the workspace.
const MSRV: &str = "1.85.0";

/// The target of WebAssembly.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Instantiates the module named by the argument, and exits with what its `main` returns.
const RUN_IN_NODE: &str = "WebAssembly.instantiate(require('fs').readFileSync(process.argv[1]))\
    .then(({instance}) => process.exit(instance.exports.main(0, 0)))\
    .catch((error) => { console.error(error); process.exit(1); })";

/// Checks the published crates with the oldest supported compiler.
pub fn msrv(ci: &mut Ci) -> Result<(), String> {
    let found = Toolchain::installed(MSRV).or_else(|| Toolchain::unpacked("msrv"));
    let Some(toolchain) = found else {
        ci.not_run(format!("msrv (rustup toolchain install {MSRV} --profile minimal)"));
        return Ok(());
    };
    let mut cargo = toolchain.cargo();
    cargo.args(["check", "--locked", "--target-dir"]).arg(folder("msrv")?);
    for package in super::PUBLISHED {
        cargo.args(["--package", package]);
    }
    super::step(&format!("Rust {MSRV}"), cargo)
}

/// Builds the core for WebAssembly, with and without signatures, and drives a call to its end.
pub fn wasm(ci: &mut Ci) -> Result<(), String> {
    let Some(toolchain) = wasm_toolchain() else {
        ci.not_run(format!("wasm (rustup target add {WASM})"));
        return Ok(());
    };
    let node = tool::read(Command::new("node").arg("--version")).is_ok();
    if !node {
        ci.not_run("the call in WebAssembly (there is no node)".to_owned());
    }
    let folder = folder("wasm")?;
    for (name, features) in [("wasm", ""), ("wasm with signatures", "sign")] {
        let mut cargo = toolchain.cargo();
        cargo.args(["build", "--package", "example-wasm-call", "--target", WASM]);
        cargo.args(["--features", features, "--target-dir"]).arg(&folder);
        cargo.args(toolchain.std_arguments());
        super::step(name, cargo)?;
        if node {
            let module = folder.join(WASM).join("debug/example-wasm-call.wasm");
            let mut run = Command::new("node");
            run.args(["--eval", RUN_IN_NODE]).arg(module);
            super::step(&format!("{name}, in Node"), run)?;
        }
    }
    Ok(())
}

/// A toolchain for WebAssembly.
pub fn wasm_toolchain() -> Option<Toolchain> {
    own_target().or_else(|| Toolchain::unpacked("wasm"))
}

/// The toolchain that runs this task, if it has the standard library of the target.
fn own_target() -> Option<Toolchain> {
    let place =
        tool::read(tool::in_root("rustc").args(["--print", "target-libdir", "--target", WASM]));
    Path::new(place.ok()?.trim()).is_dir().then(Toolchain::own)
}

/// A target folder of its own, so that the other builds stay fresh.
pub fn folder(name: &str) -> Result<PathBuf, String> {
    Ok(tool::target_dir()?.join(name))
}
