//! The crates that a user of the core compiles with it.

use super::Count;
use crate::tool;
use std::collections::BTreeSet;

const CORE: &str = "imagekit-proto";

pub fn counts() -> Result<Vec<Count>, String> {
    Ok(vec![count("without `sign`", "", 16)?, count("with `sign`", "sign", 28)?])
}

fn count(how: &str, features: &str, limit: usize) -> Result<Count, String> {
    let mut tree = tool::cargo();
    tree.args(["tree", "--package", CORE, "--edges=normal", "--prefix=none", "--format={p}"]);
    tree.args(["--no-default-features", "--features", features]);
    let count = crates(&tool::read(&mut tree)?).len();
    Ok(Count { what: format!("normal dependencies of {CORE} {how}"), count, limit })
}

/// Returns the crates of a tree, each once, without its root.
pub fn crates(tree: &str) -> BTreeSet<&str> {
    let lines = tree.lines().map(|line| line.trim_end_matches(" (*)"));
    lines.filter(|line| !line.is_empty() && !line.starts_with(CORE)).collect()
}
