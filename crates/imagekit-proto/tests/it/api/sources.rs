//! Source files: none is forgotten, neither in the table nor in its module.

use std::fs;
use std::path::{Path, PathBuf};

use imagekit_proto::operation;

fn api() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api")
}

/// Every file below `folder`, as its path below the crate and its text.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
            files.push((name.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    files
}

fn report(failed: &[String]) {
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The first text in the parentheses after each `Operation::new(`.
fn operations(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("Operation::new(").skip(1);
    after.filter_map(|after| after.trim_start().strip_prefix('"')?.split('"').next())
}

#[test]
fn every_operation_of_the_sources_is_in_the_table() {
    let mut failed = Vec::new();
    let mut found = Vec::new();
    for (file, text) in files(&api()) {
        for id in operations(&text) {
            found.push(id.to_owned());
            if operation::find(id).is_none() {
                failed.push(format!(
                    "operation {id} of {file} is not in the table: add `entry::<...>(),` with its \
                     request type to ENTRIES in src/operation.rs"
                ));
            }
        }
    }
    for entry in operation::all() {
        let id = entry.operation().id;
        let count = found.iter().filter(|other| *other == id).count();
        if count != 1 {
            failed.push(format!("operation {id}: {count} files in src/api describe it, not one"));
        }
        if operation::all().iter().filter(|other| other.operation().id == id).count() > 1 {
            failed.push(format!("operation {id} is in the table twice: remove one of its lines"));
        }
    }
    report(&failed);
}

#[test]
fn every_file_belongs_to_a_module() {
    let mut failed = Vec::new();
    let files = files(&api());
    for (file, _) in &files {
        let path = Path::new(file);
        let is_mod = path.file_name().is_some_and(|name| name == "mod.rs");
        let module = if is_mod { path.parent().unwrap() } else { path };
        if module.ends_with("src/api") {
            continue;
        }
        let name = module.file_stem().unwrap().to_str().unwrap();
        let parent = module.parent().unwrap();
        // The parent's file is `mod.rs` in its folder, or a file named after the folder.
        let places = [parent.join("mod.rs"), parent.with_extension("rs")];
        let text =
            files.iter().find(|(file, _)| places.iter().any(|place| Path::new(file) == place));
        let declared = |line: &str| {
            let line = line.trim_start_matches("pub(crate) ").trim_start_matches("pub ");
            line.strip_prefix("mod ").and_then(|line| line.strip_suffix(';')) == Some(name)
        };
        if !text.is_some_and(|(_, text)| text.lines().any(declared)) {
            failed.push(format!(
                "{file} belongs to no module: add `mod {name};` to {}",
                places[0].display()
            ));
        }
    }
    report(&failed);
}

#[test]
fn search_finds_every_alias() {
    let mut failed = Vec::new();
    for (file, text) in files(&api()) {
        for alias in text.split("#[doc(alias = \"").skip(1) {
            let alias = alias.split('"').next().unwrap();
            let is_identifier = alias.starts_with(|first: char| first.is_ascii_alphabetic())
                && alias.chars().all(|char| char.is_ascii_alphanumeric() || char == '_');
            if !is_identifier {
                failed.push(format!(
                    "{file}: the search of rustdoc does not find the alias `{alias}`: make it an \
                     identifier"
                ));
            }
        }
    }
    report(&failed);
}
