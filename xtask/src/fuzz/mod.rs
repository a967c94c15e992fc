//! `cargo xtask fuzz`: builds the fuzz targets with the toolchain at hand, `cargo-fuzz` or not,
//! and runs them for a while.

mod build;
mod run;
#[cfg(test)]
mod tests;

use crate::tool;
use imagekit_testkit::fuzzing::TARGETS;
use std::process::ExitCode;

pub const USAGE: &str = "cargo xtask fuzz [TARGET]... [--seconds N]";

/// The default time of each target.
const SECONDS: u32 = 10;

/// Builds every target at once and runs those that are asked for, or all.
pub fn main(arguments: &[&str]) -> ExitCode {
    match parse(arguments) {
        Ok((targets, seconds)) => tool::exit(fuzz(&targets, seconds)),
        Err(error) => {
            eprintln!("{error}\nusage: {USAGE}");
            ExitCode::from(2)
        }
    }
}

fn parse(arguments: &[&str]) -> Result<(Vec<&'static str>, u32), String> {
    let names = || TARGETS.iter().map(|(name, _)| *name);
    let (mut targets, mut seconds) = (Vec::new(), SECONDS);
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if *argument == "--seconds" {
            let number = arguments.next().and_then(|number| number.parse().ok());
            seconds = number.filter(|seconds| *seconds > 0).ok_or("--seconds takes a number")?;
        } else {
            let target = names().find(|name| name == argument).ok_or_else(|| {
                let names: Vec<_> = names().collect();
                format!("there is no target `{argument}`, but {}", names.join(", "))
            })?;
            targets.push(target);
        }
    }
    if targets.is_empty() {
        targets = names().collect();
    }
    Ok((targets, seconds))
}

fn fuzz(targets: &[&str], seconds: u32) -> Result<(), String> {
    let folder = tool::target_dir()?.join("fuzz");
    let binaries = build::all(&folder)?;
    for target in targets {
        run::target(&binaries, &folder, target, seconds)?;
    }
    Ok(())
}
