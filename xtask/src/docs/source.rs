//! The source files of the operations.

use imagekit_proto::Operation;
use imagekit_proto::operation;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the request types, and the file of the table of operations.
const API: &str = "crates/imagekit-proto/src/api";
const TABLE: &str = "crates/imagekit-proto/src/operation.rs";

/// A file, as it is and as it should be.
struct File {
    old: String,
    new: String,
}

/// The files in the folder of the request types, by their path below the workspace.
pub struct Source {
    root: PathBuf,
    files: BTreeMap<String, File>,
    /// Each operation and the path of its request type below `api`, in the order of the table.
    pub requests: Vec<(&'static Operation, String)>,
}

impl Source {
    pub fn read(root: &Path) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        let mut folders = vec![root.join(API)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|error| fault(&folder, &error))? {
                let path = entry.map_err(|error| fault(&folder, &error))?.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let old = fs::read_to_string(&path).map_err(|error| fault(&path, &error))?;
                let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
                files.insert(name, File { new: old.clone(), old });
            }
        }
        let table = root.join(TABLE);
        let table = fs::read_to_string(&table).map_err(|error| fault(&table, &error))?;
        Ok(Self { root: root.to_path_buf(), files, requests: requests(&table)? })
    }

    /// The file of the module `api`.
    pub fn module(&mut self) -> Result<&mut String, String> {
        let file = self.files.get_mut(&format!("{API}/mod.rs"));
        file.map(|file| &mut file.new).ok_or_else(|| format!("{API} has no mod.rs"))
    }

    /// The file that defines the type `name`, and its path.
    pub fn definition(&mut self, name: &str) -> Result<(&str, &mut String), String> {
        let found = self.files.iter_mut().find(|(_, file)| type_line(&file.new, name).is_some());
        found
            .map(|(path, file)| (path.as_str(), &mut file.new))
            .ok_or_else(|| format!("no file in {API} defines {name}"))
    }

    /// Writes the files that have changed. Returns their paths.
    pub fn write(&self) -> Result<Vec<&str>, String> {
        let mut written = Vec::new();
        for (path, file) in &self.files {
            if file.old != file.new {
                let place = self.root.join(path);
                fs::write(&place, &file.new).map_err(|error| fault(&place, &error))?;
                written.push(path.as_str());
            }
        }
        Ok(written)
    }
}

/// The index of the line that defines the type `name`.
pub fn type_line(text: &str, name: &str) -> Option<usize> {
    text.lines().position(|line| {
        let line = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub type "));
        let rest = line.and_then(|line| line.strip_prefix(name));
        rest.is_some_and(|rest| {
            !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
        })
    })
}

/// `files::GetFileDetails` of each line `entry::<files::GetFileDetails>(),` of the table.
fn requests(table: &str) -> Result<Vec<(&'static Operation, String)>, String> {
    let line = |line: &str| {
        let name = line.trim().strip_prefix("entry::<")?.strip_suffix(">(),")?;
        Some(name.to_owned())
    };
    let names: Vec<String> = table.lines().filter_map(line).collect();
    let operations = operation::all();
    if names.len() != operations.len() {
        return Err(format!(
            "{TABLE} has {} lines `entry::<...>(),` and {} operations: write one line for each",
            names.len(),
            operations.len()
        ));
    }
    Ok(operations.iter().map(operation::Entry::operation).zip(names).collect())
}

fn fault(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
