//! Toolchains other than the one that runs this task.

use crate::tool;
use std::path::PathBuf;
use std::process::Command;

/// A compiler with its cargo: how to start it, and what its environment needs.
pub struct Toolchain {
    program: String,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    /// Whether the standard library is built along, from its source.
    builds_std: bool,
}

impl Toolchain {
    /// The cargo that runs this task.
    pub fn own() -> Self {
        let program = tool::cargo().get_program().to_string_lossy().into_owned();
        Self { program, arguments: Vec::new(), variables: Vec::new(), builds_std: false }
    }

    /// The version `version`, if rustup has it.
    pub fn installed(version: &str) -> Option<Self> {
        let arguments = ["run", version, "cargo"].map(str::to_owned).to_vec();
        let found = Self {
            program: "rustup".to_owned(),
            arguments,
            variables: Vec::new(),
            builds_std: false,
        };
        tool::read(found.cargo().arg("--version")).is_ok().then_some(found)
    }

    /// The toolchain `kind` that the script beside the workspace unpacks into the target directory,
    /// once.
    pub fn unpacked(kind: &str) -> Option<Self> {
        let script = script()?;
        let folder = tool::target_dir().ok()?.join("toolchains");
        let run = || tool::read(Command::new(&script).arg(kind).arg(&folder));
        // It unpacks in a folder that it then removes, where rustup's rustc cannot start.
        let printed = run().or_else(|_| run()).ok()?;
        let variables = exported(&printed);
        let program = variables.iter().find(|(name, _)| name == "CARGO")?.1.clone();
        Some(Self { program, arguments: Vec::new(), variables, builds_std: kind == "wasm" })
    }

    /// The arguments of a build for WebAssembly.
    pub fn std_arguments(&self) -> &'static [&'static str] {
        if self.builds_std { &["-Zbuild-std=std,panic_abort"] } else { &[] }
    }

    /// Its cargo, started in the folder of the workspace.
    pub fn cargo(&self) -> Command {
        let mut command = tool::in_root(&self.program);
        command.args(&self.arguments).envs(self.variables.iter().cloned());
        command
    }
}

/// The script beside the workspace that unpacks toolchains.
fn script() -> Option<PathBuf> {
    let script = tool::root().parent()?.join("shared/tools/toolchain.sh");
    script.is_file().then_some(script)
}

/// The variables of lines such as `export A=1 B=2`.
fn exported(printed: &str) -> Vec<(String, String)> {
    let lines = printed.lines().filter_map(|line| line.strip_prefix("export "));
    let words = lines.flat_map(str::split_whitespace);
    let pairs = words.filter_map(|word| word.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exported_variables_are_read_from_lines_with_one_or_several() {
        let pairs = exported("export A=/x/lib:/y\nnoise B=2\nexport C=3 D=4=5\n");
        let pairs: Vec<_> = pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(pairs, [("A", "/x/lib:/y"), ("C", "3"), ("D", "4=5")]);
    }
}
