//! The packages, and how their scripts are run.

use super::{install, serve};
use crate::tool;
use imagekit_emulator::Emulator;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// An official package.
pub struct Package {
    pub name: &'static str,
    install: fn() -> Result<PathBuf, String>,
    /// The command that runs the scripts, for the folder that the package was installed in.
    command: fn(PathBuf) -> Command,
}

/// The versions are in `package.json` and `requirements.txt`.
pub const PACKAGES: [Package; 2] = [
    Package { name: "@imagekit/nodejs", install: install::node, command: node },
    Package { name: "imagekitio", install: install::python, command: python },
];

impl Package {
    /// Installs the package, unless it is there. The first line of an error says why in short.
    pub fn install(&self) -> Result<PathBuf, String> {
        (self.install)()
    }

    /// Runs all checks against an emulator of their own.
    pub fn run(&self) -> Result<(), String> {
        println!("-- {}", self.name);
        let folder = self.install()?;
        let (server, begin) = (serve()?, Instant::now());
        let mut command = (self.command)(folder);
        command.args([&server.url(), Emulator::PRIVATE_KEY, Emulator::PUBLIC_KEY]);
        tool::run(&mut command).map_err(|_| format!("{}: checks failed, see above", self.name))?;
        println!("-- {}: ok after {:.1} s", self.name, begin.elapsed().as_secs_f64());
        Ok(())
    }
}

fn node(folder: PathBuf) -> Command {
    let mut command = Command::new("node");
    command.env("INTEROP_PACKAGES", folder).arg(install::scripts().join("node/main.mjs"));
    quiet(command)
}

fn python(folder: PathBuf) -> Command {
    let mut command = Command::new(install::python_of(&folder));
    // No files beside the sources.
    command.arg("-B").arg(install::scripts().join("python/main.py"));
    quiet(command)
}

/// Takes away what would send requests elsewhere, or change the packages' settings.
fn quiet(mut command: Command) -> Command {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    for name in names {
        let lower = name.to_ascii_lowercase();
        if lower.ends_with("_proxy") || lower.starts_with("image_kit") || lower.contains("imagekit")
        {
            command.env_remove(name);
        }
    }
    command
}
