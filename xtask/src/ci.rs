//! `cargo xtask ci`: everything that a change has to pass after the tests.

use crate::tool;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

pub const USAGE: &str = "cargo xtask ci";

/// The suites, and the files of reference data that each is held against.
const SUITES: &[(&str, &str)] = &[
    ("wire", "wire/requests.json"),
    ("edges", "wire/edges.json"),
    ("responses", "corpus/responses.json"),
    ("transformations", "vectors/transformation_strings.json"),
    ("url", "vectors/url.json"),
    ("signed", "vectors/signed.json"),
    ("auth", "vectors/auth_parameters.json"),
    ("responsive", "vectors/responsive.json"),
    ("webhooks", "vectors/webhooks.json"),
    ("phash", "vectors/phash.json"),
];

/// Runs step after step and stops at the first that fails.
pub fn main(arguments: &[&str]) -> ExitCode {
    if !arguments.is_empty() {
        eprintln!("usage: {USAGE}");
        return ExitCode::from(2);
    }
    tool::exit(ci())
}

fn ci() -> Result<(), String> {
    for component in ["fmt", "clippy"] {
        tool::read(tool::cargo().args([component, "--version"])).map_err(|error| {
            format!("{error}\ncargo {component} is missing: rustup component add rustfmt clippy")
        })?;
    }
    // Taken before anything is built, since a build may replace this program.
    let xtask = std::env::current_exe().map_err(|error| error.to_string())?;
    let begin = Instant::now();
    source_steps()?;
    let own = |arguments: &[&str]| {
        let mut command = Command::new(&xtask);
        command.args(arguments).current_dir(tool::root());
        command
    };
    step("docs", own(&["docs", "--check"]))?;
    step("budget", own(&["budget"]))?;
    step("fuzz", own(&["fuzz", "--seconds", "10"]))?;
    match reference_data() {
        Some(shared) => reference_steps(&shared, own)?,
        None => println!("-- conformance, coverage: skipped, there is no ../shared"),
    }
    println!("-- all good after {} s", begin.elapsed().as_secs());
    Ok(())
}

fn source_steps() -> Result<(), String> {
    let cargo = |arguments: &str| {
        let mut command = tool::cargo();
        command.args(arguments.split_whitespace());
        command
    };
    step("format", cargo("fmt --all --check"))?;
    step("format of fuzz", cargo("fmt --manifest-path fuzz/Cargo.toml --check"))?;
    let features = all_features();
    let all = format!("clippy --workspace --all-targets {features}");
    step("clippy", denying(cargo(&all)))?;
    for package in ["imagekit-proto", "imagekit-ureq", "imagekit-reqwest"] {
        let bare = format!("clippy --package {package} --all-targets --no-default-features");
        step(&format!("clippy of a bare {package}"), denying(cargo(&bare)))?;
    }
    // Any crate may switch this feature on for all; the size of allocations is not held to it.
    let precision = "--features serde_json/arbitrary_precision --lib --test it";
    step("arbitrary precision", cargo(&format!("test --package imagekit-proto {precision}")))?;
    let mut docs = cargo(&format!("doc --workspace --no-deps {features}"));
    docs.env("RUSTDOCFLAGS", "-Dwarnings");
    step("documentation", docs)
}

/// Every feature, but `native-tls` only where there is something to link it with.
fn all_features() -> &'static str {
    let openssl = || tool::read(Command::new("pkg-config").args(["--exists", "openssl"])).is_ok();
    if !cfg!(target_os = "linux") || openssl() {
        return "--all-features";
    }
    println!("-- without native-tls: pkg-config finds no openssl");
    "--features imagekit-proto/fuzzing,imagekit-proto/jiff"
}

fn denying(mut clippy: Command) -> Command {
    clippy.args(["--", "-Dwarnings"]);
    clippy
}

fn reference_data() -> Option<PathBuf> {
    let shared = tool::root().parent()?.join("shared");
    shared.is_dir().then_some(shared)
}

fn reference_steps(shared: &Path, own: impl Fn(&[&str]) -> Command) -> Result<(), String> {
    for (suite, file) in SUITES {
        let path = shared.join(file);
        if path.is_file() {
            let file = path.to_string_lossy();
            step(&format!("conformance of {suite}"), own(&["conformance", suite, &file]))?;
        } else {
            println!("-- conformance of {suite}: skipped, there is no {}", path.display());
        }
    }
    let mut coverage = own(&["coverage", "--check", "--spec"]);
    coverage.args(specifications(&shared.join("api"))?);
    step("coverage", coverage)
}

/// The OpenAPI files in `folder`.
fn specifications(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let paths = entries.flatten().map(|entry| entry.path());
    let mut files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    files.sort();
    Ok(files)
}

fn step(name: &str, mut command: Command) -> Result<(), String> {
    println!("-- {name}");
    let begin = Instant::now();
    tool::run(&mut command).map_err(|error| format!("-- {name} FAILED\n{error}"))?;
    println!("-- {name}: ok after {:.1} s", begin.elapsed().as_secs_f64());
    Ok(())
}
