//! The lines of an adapter's core (drive loop, attempt, classifier), and of a transport.

use super::{Count, sources};
use crate::tool;
use std::fs;
use std::path::Path;

const ADAPTERS: &[&str] = &["imagekit-reqwest", "imagekit-ureq"];
const FILES: &[&str] = &["drive.rs", "attempt.rs", "classify.rs"];
const LIMIT: usize = 200;

/// Where the transports are, each of which is one file.
const TRANSPORTS: &str = "examples/transports";
const TRANSPORT_LIMIT: usize = 120;

pub fn counts() -> Result<Vec<Count>, String> {
    let mut counts = Vec::new();
    for adapter in ADAPTERS {
        for file in FILES {
            let path = tool::root().join("crates").join(adapter).join("src").join(file);
            let what = format!("lines of {adapter}'s {file}, formatted");
            counts.push(Count { what, count: formatted_lines(&path)?, limit: LIMIT });
        }
    }
    for transport in transports()? {
        let path = tool::root().join(TRANSPORTS).join(&transport).join("src/lib.rs");
        let what = format!("lines of the transport {transport}, formatted");
        counts.push(Count { what, count: formatted_lines(&path)?, limit: TRANSPORT_LIMIT });
    }
    Ok(counts)
}

/// The folders of the transports, without the one of their tests.
fn transports() -> Result<Vec<String>, String> {
    let folder = tool::root().join(TRANSPORTS);
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name != "checks" && path.join("Cargo.toml").is_file() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn formatted_lines(path: &Path) -> Result<usize, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(sources::rustfmt("2024", &text)?.lines().count())
}
