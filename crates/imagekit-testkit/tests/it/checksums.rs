//! The reference data is what was recorded. The suites compare what the library makes of it; a value
//! that the library only hands on, such as the size of a file in a response, is held here.

use crate::read;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[test]
fn every_file_has_its_checksum() {
    let sums = read("SHA256SUMS");
    let recorded: BTreeMap<&str, &str> = sums
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .map(|(sum, file)| (file, sum))
        .collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata");
    let mut found = BTreeMap::new();
    for path in files(&root) {
        let file = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let sum = checksum(&read(&file));
        found.insert(file, sum);
    }
    let found: BTreeMap<&str, &str> =
        found.iter().map(|(file, sum)| (file.as_str(), sum.as_str())).collect();
    assert_eq!(
        found, recorded,
        "recorded anew? testdata/README.md says how to write the checksums"
    );
}

/// The files of data below `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            all.push(path);
        }
    }
    all
}

fn checksum(text: &str) -> String {
    let mut sum = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        write!(sum, "{byte:02x}").unwrap();
    }
    sum
}
