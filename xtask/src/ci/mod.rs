//! `cargo xtask ci`: everything that a change has to pass after the tests.

mod packages;
mod portable;
mod published;
mod toolchain;
mod transports;

use crate::{interop, page, tool};
use imagekit_testkit::conformance::SUITES;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

pub const USAGE: &str = "cargo xtask ci [--all]";

/// The crates that are published.
pub const PUBLISHED: [&str; 6] = [
    "imagekit-proto",
    "imagekit-loopback",
    "imagekit-conformance",
    "imagekit-ureq",
    "imagekit-reqwest",
    "imagekit-emulator",
];

/// One run of all steps.
struct Ci {
    /// Whether the steps that take long are run too.
    all: bool,
    /// What is not run, and why.
    left_out: Vec<String>,
}

impl Ci {
    fn not_run(&mut self, what: String) {
        self.left_out.push(what);
    }
}

/// The facts of the OpenAPI files, below the workspace.
const TABLE: &str = "testdata/api.json";

/// Runs all steps and stops at the first that fails.
pub fn main(arguments: &[&str]) -> ExitCode {
    let all = match arguments {
        [] => false,
        ["--all"] => true,
        _ => {
            eprintln!("usage: {USAGE}");
            return ExitCode::from(2);
        }
    };
    tool::exit(ci(Ci { all, left_out: Vec::new() }))
}

fn ci(mut ci: Ci) -> Result<(), String> {
    for component in ["fmt", "clippy"] {
        tool::read(tool::cargo().args([component, "--version"])).map_err(|error| {
            format!("{error}\ncargo {component} is missing: rustup component add rustfmt clippy")
        })?;
    }
    // Taken before anything is built, since a build may replace this program.
    let xtask = std::env::current_exe().map_err(|error| error.to_string())?;
    let begin = Instant::now();
    source_steps(&mut ci.left_out)?;
    release_steps(&mut ci)?;
    let left_out = &mut ci.left_out;
    let own = |arguments: &[&str]| {
        let mut command = Command::new(&xtask);
        command.args(arguments).current_dir(tool::root());
        command
    };
    step("docs", own(&["docs", "--check"]))?;
    step("budget", own(&["budget"]))?;
    step("fuzz", own(&["fuzz", "--seconds", "5"]))?;
    for package in interop::PACKAGES {
        match package.install() {
            Ok(_) => step("interop", own(&["interop", package.name]))?,
            Err(why) => {
                let why = why.lines().next().unwrap_or_default();
                left_out.push(format!("interop with {} ({why})", package.name));
            }
        }
    }
    if page::is_possible() {
        step("page", own(&["page"]))?;
    } else {
        left_out.push("the emulator's page (there is no chromium or chromedriver)".to_owned());
    }
    reference_steps(&tool::root().join("testdata"), left_out, own)?;
    match shared_data() {
        Some(shared) => {
            reference_steps(&shared, left_out, own)?;
            distilled(&shared, own)?;
        }
        None => left_out.push("further reference data (there is no ../shared)".to_owned()),
    }
    let seconds = begin.elapsed().as_secs();
    if left_out.is_empty() {
        println!("-- all good after {seconds} s");
    } else {
        println!("-- good after {seconds} s, not run: {}", left_out.join(", "));
    }
    Ok(())
}

fn source_steps(left_out: &mut Vec<String>) -> Result<(), String> {
    let cargo = |arguments: &str| {
        let mut command = tool::cargo();
        command.args(arguments.split_whitespace());
        command
    };
    step("format", cargo("fmt --all --check"))?;
    step("format of fuzz", cargo("fmt --manifest-path fuzz/Cargo.toml --check"))?;
    let features = all_features(left_out);
    let all = format!("clippy --workspace --all-targets {features}");
    step("clippy", denying(cargo(&all)))?;
    let bare = ["imagekit-proto", "imagekit-ureq", "imagekit-reqwest", "imagekit-emulator"];
    for package in bare {
        let bare = format!("clippy --package {package} --all-targets --no-default-features");
        step(&format!("clippy of a bare {package}"), denying(cargo(&bare)))?;
    }
    let bare = cargo("test --package imagekit-emulator --no-default-features --lib --test bare");
    step("the emulator without media and server", bare)?;
    // Any crate may turn this feature on for all; of the allocation tests only those on hostile
    // responses hold with it.
    let precise = "test --package imagekit-proto --features serde_json/arbitrary_precision";
    step("arbitrary precision", cargo(&format!("{precise} --lib --test it")))?;
    let hostile = cargo(&format!("{precise} --test allocations hostile"));
    step("hostile responses with arbitrary precision", hostile)?;
    let mut docs = cargo(&format!("doc --workspace --no-deps {features}"));
    docs.env("RUSTDOCFLAGS", "-Dwarnings");
    step("documentation", docs)
}

/// What the published crates have to pass beyond their tests.
fn release_steps(ci: &mut Ci) -> Result<(), String> {
    packages::contents()?;
    published::dependencies(ci)?;
    portable::msrv(ci)?;
    portable::wasm(ci)?;
    transports::check(ci)?;
    published::feature_sets(openssl(), ci.all)?;
    if ci.all {
        return packages::test(openssl());
    }
    ci.not_run("every set of features and the tests of the packages (--all)".to_owned());
    Ok(())
}

/// Returns the options for all features, with `native-tls` only where OpenSSL can be linked.
fn all_features(left_out: &mut Vec<String>) -> &'static str {
    if openssl() {
        return "--all-features";
    }
    left_out.push("native-tls (pkg-config finds no openssl)".to_owned());
    "--features imagekit-proto/coverage,imagekit-proto/http-body,imagekit-proto/jiff"
}

/// Whether `native-tls` can be linked.
fn openssl() -> bool {
    !cfg!(target_os = "linux")
        || tool::read(Command::new("pkg-config").args(["--exists", "openssl"])).is_ok()
}

fn denying(mut clippy: Command) -> Command {
    clippy.args(["--", "-Dwarnings"]);
    clippy
}

/// The folder beside the workspace with more reference data than the workspace holds.
fn shared_data() -> Option<PathBuf> {
    let shared = tool::root().parent()?.join("shared");
    shared.is_dir().then_some(shared)
}

/// Runs every suite and the coverage check on the files in `folder`.
fn reference_steps(
    folder: &Path,
    left_out: &mut Vec<String>,
    own: impl Fn(&[&str]) -> Command,
) -> Result<(), String> {
    let place = folder.file_name().unwrap_or_default().to_string_lossy();
    for suite in SUITES {
        let (path, name) = (folder.join(suite.file), suite.name);
        if path.is_file() {
            let file = path.to_string_lossy();
            step(&format!("conformance of {name}, {place}"), own(&["conformance", name, &file]))?;
        } else {
            left_out.push(format!("conformance of {name} (there is no {})", path.display()));
        }
    }
    let specifications = specifications(folder)?;
    if specifications.is_empty() {
        left_out.push(format!("coverage (there is no OpenAPI file in {})", folder.display()));
        return Ok(());
    }
    let mut coverage = own(&["coverage", "--check", "--spec"]);
    coverage.args(specifications);
    step(&format!("coverage, {place}"), coverage)
}

/// Checks that the table in `testdata/` is what the OpenAPI files in `shared` say.
fn distilled(shared: &Path, own: impl Fn(&[&str]) -> Command) -> Result<(), String> {
    let files = specifications(shared)?;
    if files.is_empty() {
        return Ok(());
    }
    let table = fs::read_to_string(tool::root().join(TABLE));
    if tool::read(own(&["distill", "--spec"]).args(files))? == table.unwrap_or_default() {
        return Ok(());
    }
    Err(format!("{TABLE} is out of date: write it anew with `cargo xtask distill`"))
}

/// The table of facts, or the OpenAPI files in the folder `api`.
fn specifications(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let table = folder.join("api.json");
    if table.is_file() {
        return Ok(vec![table]);
    }
    let folder = folder.join("api");
    let Ok(entries) = fs::read_dir(&folder) else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
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
