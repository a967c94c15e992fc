//! One build of all targets.

use crate::tool;
use std::path::{Path, PathBuf};

/// What `cargo-fuzz` passes: counters at every edge, the operands of comparisons, and the address
/// sanitizer, since dependencies hold unsafe code.
const FLAGS: &[&str] = &[
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
    "-Zsanitizer=address",
    "-Ccodegen-units=1",
];

/// Builds every target below `folder`; returns where the programs are.
pub fn all(folder: &Path) -> Result<PathBuf, String> {
    let host = host()?;
    let mut cargo = tool::cargo();
    cargo.args(["build", "--release", "--bins", "--manifest-path", "fuzz/Cargo.toml"]);
    // With a target named, build scripts and derive macros are spared the flags.
    cargo.arg("--target").arg(&host).arg("--target-dir").arg(folder);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"));
    // A sanitizer is unstable; this lets a stable compiler have it.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    tool::run(&mut cargo).map_err(|error| {
        format!("{error}\nlibFuzzer is built from C++: is there a C++ compiler (c++, or CXX)?")
    })?;
    Ok(folder.join(host).join("release"))
}

/// The triple of this machine, as its compiler calls it.
fn host() -> Result<String, String> {
    let version = tool::read(tool::in_root("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc -vV names no host".to_owned())
}
