//! `cargo xtask docs [--check]`: writes the parts of the documentation that follow from the static
//! facts of the operations, or checks that they are up to date.
//!
//! That is one line in the docs of each request type, and the table in the docs of the module `api`.

mod line;
mod source;
mod table;
#[cfg(test)]
mod tests;

use crate::tool;
use source::Source;
use std::process::ExitCode;

pub const USAGE: &str = "cargo xtask docs [--check]";

/// Writes the documentation; with `--check` it fails when there is something to write.
pub fn main(options: &[&str]) -> ExitCode {
    let check = match options {
        [] => false,
        ["--check"] => true,
        _ => {
            eprintln!("usage: {USAGE}");
            return ExitCode::from(2);
        }
    };
    tool::exit(run(check))
}

fn run(check: bool) -> Result<(), String> {
    let mut source = Source::read(&tool::root())?;
    let changes = update(&mut source)?;
    for change in &changes {
        println!("{change}");
    }
    if check {
        return match changes.len() {
            0 => Ok(()),
            _ => Err("the documentation is out of date: run cargo xtask docs".to_owned()),
        };
    }
    for file in source.write()? {
        println!("wrote {file}");
    }
    Ok(())
}

/// Brings the documentation in `source` up to date. Returns what was out of date, by operation.
fn update(source: &mut Source) -> Result<Vec<String>, String> {
    let mut changes = line::update(source)?;
    changes.extend(table::update(source)?);
    Ok(changes)
}
