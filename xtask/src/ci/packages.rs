//! The packages of the published crates, as a registry would hand them out.

use super::PUBLISHED;
use crate::tool;
use std::fs;
use std::path::Path;

/// The licence files, the same in every package.
const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

/// Checks that every package holds its README and licences.
pub fn contents() -> Result<(), String> {
    println!("-- packages");
    for package in PUBLISHED {
        let list = ["package", "--list", "--allow-dirty", "--package", package];
        let list = tool::read(tool::cargo().args(list))?;
        for file in LICENCES.into_iter().chain(["README.md"]) {
            if !list.lines().any(|line| line == file) {
                return Err(format!("-- packages FAILED\n{package} has no {file}"));
            }
        }
        for licence in LICENCES {
            let own = format!("crates/{package}/{licence}");
            if read(&tool::root().join(&own))? != read(&tool::root().join(licence))? {
                return Err(format!("-- packages FAILED\n{own} differs from {licence}: copy it"));
            }
        }
    }
    println!("-- packages: ok");
    Ok(())
}

/// Unpacks every package outside of this workspace, tests it there with the others beside it, and
/// renders its documentation with all features.
pub fn test(openssl: bool) -> Result<(), String> {
    let mut package = tool::cargo();
    package.args(["package", "--allow-dirty", "--no-verify"]);
    for name in PUBLISHED {
        package.args(["--package", name]);
    }
    super::step("packages are made", package)?;
    let folder = tool::target_dir()?.join("unpacked");
    unpack(&folder)?;
    let cargo = |arguments: &[&str]| {
        let mut cargo = tool::cargo();
        cargo.current_dir(&folder).args(arguments).arg("--target-dir").arg(folder.join("target"));
        cargo
    };
    for name in PUBLISHED {
        super::step(&format!("tests of the package {name}"), cargo(&["test", "-p", name]))?;
        let mut docs = cargo(&["doc", "-p", name, "--no-deps"]);
        docs.env("RUSTDOCFLAGS", "-Dwarnings");
        if openssl {
            docs.arg("--all-features");
        }
        super::step(&format!("documentation of the package {name}"), docs)?;
    }
    Ok(())
}

/// Makes `folder` a workspace of the unpacked packages, which find each other there and not in a
/// registry.
fn unpack(folder: &Path) -> Result<(), String> {
    let packages = tool::target_dir()?.join("package");
    let mut members = Vec::new();
    for name in PUBLISHED {
        let id = tool::read(tool::cargo().args(["pkgid", "--package", name]))?;
        let version = id.trim().rsplit(['#', '@']).next().unwrap_or_default();
        let member = format!("{name}-{version}");
        // What an earlier version left there would be tested too.
        let _ = fs::remove_dir_all(folder.join(&member));
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut tar = tool::in_root("tar");
        tar.arg("-xzf").arg(packages.join(format!("{member}.crate"))).arg("-C").arg(folder);
        tool::run(&mut tar)?;
        members.push((name, member));
    }
    let names: Vec<String> = members.iter().map(|(_, member)| format!("{member:?}")).collect();
    let patches =
        members.iter().map(|(name, member)| format!("{name} = {{ path = {member:?} }}\n"));
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[patch.crates-io]\n{}",
        names.join(", "),
        patches.collect::<String>()
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    write(&folder.join("Cargo.lock"), &read(&tool::root().join("Cargo.lock"))?)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
