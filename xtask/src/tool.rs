//! Running other programs.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The cargo that runs this task, or the one in the path.
pub fn cargo() -> Command {
    in_root(&env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
}

/// A program that starts in the folder of the workspace.
pub fn in_root(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Returns the target directory of cargo.
pub fn target_dir() -> Result<PathBuf, String> {
    let metadata = read(cargo().args(["metadata", "--format-version=1", "--no-deps"]))?;
    let metadata: serde_json::Value =
        serde_json::from_str(&metadata).map_err(|error| error.to_string())?;
    let path = metadata.get("target_directory").and_then(|path| path.as_str());
    path.map(PathBuf::from).ok_or_else(|| "cargo metadata names no target directory".to_owned())
}

/// Runs `command` with its output shown.
pub fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| unstarted(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed: {status}", name(command))) }
}

/// Runs `command` and returns its standard output.
pub fn read(command: &mut Command) -> Result<String, String> {
    let Output { status, stdout, stderr } =
        command.output().map_err(|error| unstarted(command, &error))?;
    if !status.success() {
        let output = String::from_utf8_lossy(&stderr);
        return Err(format!("{} failed: {status}\n{}", name(command), output.trim_end()));
    }
    String::from_utf8(stdout).map_err(|error| error.to_string())
}

/// Installs `cargo-NAME` where it is missing.
pub fn install(name: &str) -> Result<(), String> {
    if read(cargo().args([name, "--version"])).is_ok() {
        return Ok(());
    }
    run(cargo().args(["install", "--locked"]).arg(format!("cargo-{name}")))
}

/// Returns the exit code of a task, and prints its error.
pub fn exit(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn unstarted(command: &Command, error: &std::io::Error) -> String {
    format!("{} did not start: {error}", name(command))
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
