//! `cargo xtask budget`: counts dependencies, lines and allocations. (The benches measure time.)

mod dependencies;
mod lines;
mod sources;
#[cfg(test)]
mod tests;

use crate::tool;
use std::process::ExitCode;

pub const USAGE: &str = "cargo xtask budget";

/// A count and its limit.
struct Count {
    what: String,
    count: usize,
    limit: usize,
}

/// Counts, prints every count, and fails if one is over its limit.
pub fn main(arguments: &[&str]) -> ExitCode {
    if !arguments.is_empty() {
        eprintln!("usage: {USAGE}");
        return ExitCode::from(2);
    }
    tool::exit(budget())
}

fn budget() -> Result<(), String> {
    let mut counts = dependencies::counts()?;
    counts.extend(lines::counts()?);
    let mut over = 0;
    for Count { what, count, limit } in &counts {
        let verdict = if count <= limit { "ok" } else { "OVER" };
        println!("{verdict:<4} {count:>4} of {limit:<4} {what}");
        over += usize::from(count > limit);
    }
    let found = sources::findings()?;
    found.iter().for_each(|finding| println!("{finding}"));
    if over + found.len() > 0 {
        return Err(format!("{over} counts are over their limit, {} findings", found.len()));
    }
    println!("ok   no clock, socket, file, environment or randomness in the core");
    println!("ok   no let-chain, which the oldest supported compiler does not know");
    // The test counts allocations, each beside its limit.
    let mut test = tool::cargo();
    test.args(["test", "--quiet", "--package=imagekit-proto", "--test=allocations"]);
    tool::run(&mut test)?;
    println!("ok   allocations");
    Ok(())
}
