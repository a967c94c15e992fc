//! The lines of an adapter's core: drive loop, attempt, classifier.

use super::{Count, sources};
use crate::tool;
use std::fs;

const ADAPTERS: &[&str] = &["imagekit-reqwest", "imagekit-ureq"];
const FILES: &[&str] = &["drive.rs", "attempt.rs", "classify.rs"];
const LIMIT: usize = 200;

pub fn counts() -> Result<Vec<Count>, String> {
    let mut counts = Vec::new();
    for adapter in ADAPTERS {
        for file in FILES {
            let path = tool::root().join("crates").join(adapter).join("src").join(file);
            let text = fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            let formatted = sources::rustfmt("2024", &text)?;
            let what = format!("lines of {adapter}'s {file}, formatted");
            counts.push(Count { what, count: formatted.lines().count(), limit: LIMIT });
        }
    }
    Ok(counts)
}
