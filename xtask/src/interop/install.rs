//! Installs the packages below the target directory, once for each set of versions.

use crate::tool;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest Node that the package supports.
const OLDEST_NODE: u32 = 20;

/// The folder of the scripts.
pub fn scripts() -> PathBuf {
    tool::root().join("xtask/interop")
}

/// Installs the Node package, and returns the folder that holds `node_modules`.
pub fn node() -> Result<PathBuf, String> {
    let version = has("node")?;
    has("npm")?;
    let major = version.trim().trim_start_matches('v').split('.').next();
    if major.and_then(|major| major.parse::<u32>().ok()).is_none_or(|major| major < OLDEST_NODE) {
        return Err(format!("node is {}, not {OLDEST_NODE} or later", version.trim()));
    }
    let source = scripts().join("node");
    let (manifest, lock) = (source.join("package.json"), source.join("package-lock.json"));
    once("node", &[&manifest, &lock], |folder| {
        for file in [&manifest, &lock] {
            let target = folder.join(file.file_name().unwrap_or_default());
            fs::copy(file, target).map_err(|error| format!("{}: {error}", file.display()))?;
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
        // Without a network it fails soon.
        npm.args(["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=20000"]);
        loaded("npm", tool::read(npm.current_dir(folder)))
    })
}

/// Installs the Python package, and returns the folder of its environment.
pub fn python() -> Result<PathBuf, String> {
    environment("python", "python/requirements.txt")
}

/// Installs the fuzzer of OpenAPI files, and returns the folder of its environment.
pub fn fuzzer() -> Result<PathBuf, String> {
    environment("schema", "schema/requirements.txt")
}

/// The interpreter of an environment.
pub fn python_of(folder: &Path) -> PathBuf {
    folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

fn environment(name: &str, requirements: &str) -> Result<PathBuf, String> {
    has("python3")?;
    let requirements = scripts().join(requirements);
    once(name, &[&requirements], |folder| {
        tool::read(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
        let mut pip = Command::new(python_of(folder));
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        pip.args(["--only-binary=:all:", "--retries=1", "--timeout=20"]);
        loaded("pip", tool::read(pip.arg("--requirement").arg(&requirements)))
    })
}

fn loaded(program: &str, result: Result<String, String>) -> Result<(), String> {
    result.map(drop).map_err(|error| format!("{program} could not load it\n{error}"))
}

/// Returns a folder that `install` has filled, and fills it anew when a file of `versions` changes.
fn once(
    name: &str,
    versions: &[&Path],
    install: impl FnOnce(&Path) -> Result<(), String>,
) -> Result<PathBuf, String> {
    let folder = tool::target_dir()?.join("interop").join(name);
    let stamp = folder.join("installed");
    let mut wanted = String::new();
    for file in versions {
        let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        wanted.push_str(&text);
    }
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(failed)?;
    }
    fs::create_dir_all(&folder).map_err(failed)?;
    println!("   installing into {}", folder.display());
    install(&folder)?;
    fs::write(&stamp, wanted).map_err(failed)?;
    Ok(folder)
}

/// Returns what a program says its version is.
fn has(program: &str) -> Result<String, String> {
    tool::read(Command::new(program).arg("--version")).map_err(|_| format!("there is no {program}"))
}
