//! A temporary copy of the workspace.

use super::cases::{Edit, Tests};
use crate::tool;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How long a test run may take; the first one builds.
const LIMIT: Duration = Duration::from_secs(900);

/// The folder below which a case changes files.
const CRATES: &str = "crates";

/// A copy of the files that git knows or does not ignore; removed at the end. Builds go to the
/// target folder of the workspace, so that dependencies are not built again.
pub struct Copy {
    root: PathBuf,
    target: PathBuf,
}

impl Copy {
    pub fn new(workspace: &Path) -> Result<Self, String> {
        let list = tool::in_root("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard"])
            .output()
            .map_err(|error| format!("git did not start: {error}"))?;
        let list = String::from_utf8(list.stdout).map_err(|error| error.to_string())?;
        let name = format!("imagekit-omissions-{}", std::process::id());
        let copy = Self { root: std::env::temp_dir().join(name), target: tool::target_dir()? };
        for file in list.lines() {
            let (from, to) = (workspace.join(file), copy.root.join(file));
            // A file that was removed is in git's list until that is committed.
            if from.is_file() {
                let folder = to.parent().unwrap_or(&copy.root);
                fs::create_dir_all(folder).map_err(|error| fault(folder, &error))?;
                fs::copy(&from, &to).map_err(|error| fault(&from, &error))?;
            }
        }
        Ok(copy)
    }

    pub fn write(&self, file: &str, text: &str) -> Result<(), String> {
        let path = self.root.join(file);
        fs::write(&path, text).map_err(|error| fault(&path, &error))
    }

    /// Changes a file; it is an error when there is nothing to change.
    pub fn edit(&self, file: &str, edit: Edit) -> Result<(), String> {
        let path = self.root.join(file);
        let text = fs::read_to_string(&path).map_err(|error| fault(&path, &error))?;
        let new = edit.apply(&text).ok_or_else(|| format!("{file} lacks what a case changes"))?;
        self.write(file, &new)
    }

    /// The text of every file that a case may change.
    pub fn files(&self) -> Result<BTreeMap<PathBuf, String>, String> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.root.join(CRATES)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|error| fault(&folder, &error))? {
                let path = entry.map_err(|error| fault(&folder, &error))?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = fs::read_to_string(&path).map_err(|error| fault(&path, &error))?;
                    files.insert(path, text);
                }
            }
        }
        Ok(files)
    }

    /// Undoes the changes since `files` were read.
    pub fn restore(&self, files: &BTreeMap<PathBuf, String>) -> Result<(), String> {
        for (path, text) in files {
            if fs::read_to_string(path).map_err(|error| fault(path, &error))? != *text {
                fs::write(path, text).map_err(|error| fault(path, &error))?;
            }
        }
        Ok(())
    }

    /// Runs a task of the copy.
    pub fn xtask(&self, arguments: &[&str]) -> Result<(), String> {
        let mut command = self.cargo(&["run", "--quiet", "--package", "xtask", "--"]);
        let (passed, output) = self.run(command.args(arguments))?;
        if passed { Ok(()) } else { Err(output) }
    }

    /// Runs tests of the copy: whether they pass, and what they print.
    pub fn test(&self, tests: Tests) -> Result<(bool, String), String> {
        let arguments: &[&str] = match tests {
            Tests::Core => &["imagekit-proto", "--test", "it", "api::"],
            Tests::Emulator => &["imagekit-emulator", "--test", "it", "not_implemented::"],
            Tests::Docs => &["xtask", "docs::"],
        };
        self.run(self.cargo(&["test", "--quiet", "--package"]).args(arguments))
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = tool::cargo();
        command.current_dir(&self.root).args(arguments);
        command.env("CARGO_TARGET_DIR", &self.target).env("RUST_BACKTRACE", "0");
        command
    }

    /// Runs `command`, up to the limit: whether it succeeds, and what it prints.
    fn run(&self, command: &mut Command) -> Result<(bool, String), String> {
        let path = self.root.join("output.txt");
        let out = File::create(&path).map_err(|error| fault(&path, &error))?;
        let err = out.try_clone().map_err(|error| fault(&path, &error))?;
        let mut child = command
            .stdout(out)
            .stderr(err)
            .spawn()
            .map_err(|error| format!("cargo did not start: {error}"))?;
        let begin = Instant::now();
        let status = loop {
            match child.try_wait().map_err(|error| error.to_string())? {
                Some(status) => break status,
                None if begin.elapsed() > LIMIT => {
                    child.kill().map_err(|error| error.to_string())?;
                    return Err(format!("cargo took more than {} s", LIMIT.as_secs()));
                }
                None => std::thread::sleep(Duration::from_millis(50)),
            }
        };
        let output = fs::read_to_string(&path).map_err(|error| fault(&path, &error))?;
        Ok((status.success(), output))
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.root) {
            eprintln!("{}", fault(&self.root, &error));
        }
    }
}

impl Edit {
    /// The text after the edit; nothing when there is nothing to edit.
    pub fn apply(self, text: &str) -> Option<String> {
        let new = match self {
            Self::RemoveLines(with) => {
                text.split_inclusive('\n').filter(|line| !line.contains(with)).collect()
            }
            Self::RemoveFrom(from, to) => {
                let (before, rest) = text.split_once(from)?;
                let end = rest.find(to)?;
                format!("{before}{}", rest.get(end..)?)
            }
            Self::Replace(old, new) => text.replacen(old, new, 1),
        };
        (new != text).then_some(new)
    }
}

fn fault(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}
