//! The table of operations in the docs of the crate.

use super::findings::Findings;
use crate::tool;
use imagekit_proto::operation::{self, Entry};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the table stands.
pub const FILE: &str = "crates/imagekit-proto/src/api/mod.rs";

/// Where the operations stand with their request types.
const OPERATIONS: &str = "crates/imagekit-proto/src/operation.rs";

/// Where the request types stand.
const API: &str = "crates/imagekit-proto/src/api";

const BEGIN: &str = "//! <!-- operations: written by `cargo xtask coverage` -->\n";
const END: &str = "//! <!-- end of operations -->\n";

/// The table as it is and as it should be.
pub struct Table {
    file: PathBuf,
    text: String,
    wanted: String,
    docs: BTreeMap<String, String>,
}

impl Table {
    pub fn read() -> Result<Self, String> {
        let root = tool::root();
        let read = |path: &Path| {
            fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let file = root.join(FILE);
        let text = read(&file)?;
        let operations = read(&root.join(OPERATIONS))?;
        let mut docs = BTreeMap::new();
        let mut folders = vec![root.join(API)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|error| error.to_string())? {
                let path = entry.map_err(|error| error.to_string())?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    docs.extend(docs_by_alias(&read(&path)?));
                }
            }
        }
        let rows = rows(operation::all(), &operations, &docs)?;
        let wanted = replaced(&text, &rows).ok_or_else(|| format!("{FILE} has no markers"))?;
        Ok(Self { file, text, wanted, docs })
    }

    pub fn is_stale(&self) -> bool {
        self.text != self.wanted
    }

    pub fn write(&self) -> Result<(), String> {
        fs::write(&self.file, &self.wanted).map_err(|error| format!("{FILE}: {error}"))
    }

    /// Every request type says its method and path, its documentation page, its repeat class and
    /// has an example.
    pub fn check_docs(&self, findings: &mut Findings) {
        for operation in operation::all() {
            let Some(docs) = self.docs.get(operation.operation().id) else {
                findings.add(operation.operation().id, "its request type has no doc alias for it");
                continue;
            };
            let (method, path) =
                (operation.operation().method.as_str(), operation.operation().path);
            let place = docs.contains(&format!("`{method} {path}`"))
                || docs.contains(&format!("`{method} https://upload.imagekit.io{path}`"));
            for (there, what) in [
                (place, "its method and path"),
                (page(docs).is_some(), "its documentation page"),
                (docs.contains("repeat class"), "its repeat class"),
                (docs.contains("```"), "an example"),
            ] {
                if !there {
                    findings.add(operation.operation().id, format!("the docs do not show {what}"));
                }
            }
        }
    }
}

/// The table's rows.
fn rows(
    operations: &[Operation],
    source: &str,
    docs: &BTreeMap<String, String>,
) -> Result<String, String> {
    let mut rows = String::from(
        "//! | request | operation | method and path | repeat class | documentation |\n\
         //! | --- | --- | --- | --- | --- |\n",
    );
    for operation in operations {
        let (id, method, path) = (
            operation.operation().id,
            operation.operation().method.as_str(),
            operation.operation().path,
        );
        let request =
            request_type(source, id).ok_or_else(|| format!("{OPERATIONS} has no line for {id}"))?;
        let name = request.rsplit("::").next().unwrap_or_default();
        let page = docs.get(id).and_then(|docs| page(docs));
        let page = page.map(|page| format!("[page]({page})")).unwrap_or_default();
        let repeat = operation.idempotency();
        rows.push_str(&format!(
            "//! | [`{name}`]({request}) | `{id}` | `{method} {path}` | [`{repeat:?}`] | {page} |\n"
        ));
    }
    for class in ["Safe", "OnlyIfUnsent"] {
        rows.push_str(&format!("//!\n//! [`{class}`]: crate::Idempotency::{class}\n"));
    }
    Ok(rows)
}

/// `files::GetFileDetails` in `op::<files::GetFileDetails>("get-file-details", ...`.
fn request_type<'a>(source: &'a str, id: &str) -> Option<&'a str> {
    let (before, _) = source.split_once(&format!(">(\"{id}\","))?;
    before.rsplit_once("op::<").map(|(_, name)| name)
}

/// The text with other rows between the markers.
fn replaced(text: &str, rows: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}{rows}{END}{after}"))
}

/// The docs above every `#[doc(alias = "...")]` of a source file, by alias.
fn docs_by_alias(source: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut docs = String::new();
    for line in source.lines() {
        if let Some(line) = line.strip_prefix("///") {
            docs.push_str(line);
            docs.push('\n');
        } else if let Some(alias) = line.strip_prefix("#[doc(alias = \"") {
            found.insert(alias.trim_end_matches("\")]").to_owned(), docs.clone());
        } else if !line.starts_with('#') {
            docs.clear();
        }
    }
    found
}

/// The documentation page that docs link to.
fn page(docs: &str) -> Option<&str> {
    docs.split_once("[documentation](")?.1.split_once(')').map(|(page, _)| page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_replaced_between_the_markers() {
        let text = format!("//! A\n{BEGIN}//! old\n{END}mod b;\n");
        let new = replaced(&text, "//! new\n").unwrap();
        assert_eq!(new, format!("//! A\n{BEGIN}//! new\n{END}mod b;\n"));
        assert_eq!(replaced("//! A\n", "//! new\n"), None);
    }

    #[test]
    fn types_and_pages_are_read_from_the_source() {
        let source = "    op::<a::B>(\"b\", \"GET\"),\n    op::<c::d::E>(\"e\", \"PUT\"),\n";
        assert_eq!(request_type(source, "e"), Some("c::d::E"));
        assert_eq!(request_type(source, "f"), None);
        let docs = docs_by_alias(
            "/// Not B's.\nstruct A;\n/// `GET /b` ·\n/// [documentation](u)\n#[doc(alias = \"b\")]\nstruct B;\n",
        );
        assert_eq!(page(&docs["b"]), Some("u"));
        assert!(!docs["b"].contains("Not"));
    }

    #[test]
    fn every_operation_has_its_row() {
        let table = Table::read().unwrap();
        for operation in operation::all() {
            assert!(
                table.wanted.contains(&format!("| `{}` |", operation.operation().id)),
                "{operation:?}"
            );
        }
    }
}
