//! Names that the published sources must not use.

use crate::tool;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Clocks, sockets, files, threads, the environment and randomness. Clippy refuses their use
/// (`crates/imagekit-proto/clippy.toml`); this refuses their names, tests included.
const FORBIDDEN: &[&str] = &[
    "std::net",
    "std::fs",
    "std::env",
    "std::process",
    "thread::sleep",
    "thread::spawn",
    "thread::scope",
    "thread::park",
    "thread::Builder",
    "Instant",
    "SystemTime",
    "RandomState",
    "getrandom",
    "rand::",
];

/// Returns each use of a forbidden name, one line each.
pub fn findings() -> Result<Vec<String>, String> {
    let crates = tool::root().join("crates");
    let mut findings = Vec::new();
    for path in rust_files(&crates)? {
        let text = fs::read_to_string(&path).map_err(|error| read_error(&path, &error))?;
        let name = path.strip_prefix(&crates).unwrap_or(&path).display().to_string();
        if path.starts_with(crates.join("imagekit-proto/src")) {
            findings.extend(forbidden(&text).map(|(line, word)| {
                format!("crates/{name}:{line}: `{word}` has no place in the core")
            }));
        }
        findings.extend(let_chain(&text)?.map(|error| format!("crates/{name}: {error}")));
    }
    Ok(findings)
}

/// Returns the forbidden names outside of comments, with their lines.
pub fn forbidden(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    text.lines().enumerate().flat_map(|(index, line)| {
        let code = if line.trim_start().starts_with("//") { "" } else { line };
        let code = code.split(" // ").next().unwrap_or_default();
        let words = FORBIDDEN.iter().filter(move |word| code.contains(**word));
        words.map(move |word| (index + 1, *word))
    })
}

/// Finds let-chains by parsing with the edition before them: this toolchain accepts them, the oldest
/// supported one does not.
pub fn let_chain(text: &str) -> Result<Option<String>, String> {
    if !text.contains("&&") {
        return Ok(None);
    }
    match rustfmt("2021", text) {
        Err(error) if error.contains("let chains") => {
            let place = error.lines().find(|line| line.contains("-->")).unwrap_or_default();
            Ok(Some(format!("a let-chain ({})", place.trim())))
        }
        Err(error) => Err(error),
        Ok(_) => Ok(None),
    }
}

/// `text`, formatted as the workspace formats, read as code of `edition`.
pub fn rustfmt(edition: &str, text: &str) -> Result<String, String> {
    let mut command = tool::in_root("rustfmt");
    command.args(["--edition", edition]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let failed = |error: std::io::Error| format!("rustfmt: {error}");
    let mut child = command.spawn().map_err(failed)?;
    // Closed at the end of the line, or rustfmt would wait for more.
    child
        .stdin
        .take()
        .map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes()))
        .map_err(failed)?;
    let output = child.wait_with_output().map_err(failed)?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| format!("rustfmt: {error}"))
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| read_error(folder, &error))? {
        let path = entry.map_err(|error| read_error(folder, &error))?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_error(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
