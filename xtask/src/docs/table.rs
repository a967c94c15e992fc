//! The table of operations in the docs of the module `api`.

use super::source::Source;
use std::collections::BTreeSet;

const BEGIN: &str = "//! <!-- operations: written by `cargo xtask docs` -->\n";
const END: &str = "//! <!-- end of operations -->\n";

/// Brings the table up to date. Returns what was out of date.
pub fn update(source: &mut Source) -> Result<Vec<String>, String> {
    let mut rows = Vec::new();
    let mut classes = BTreeSet::new();
    for (operation, request) in &source.requests {
        let (id, method, path) = (operation.id, &operation.method, operation.path);
        let name = request.rsplit("::").next().unwrap_or_default();
        let class = format!("{:?}", operation.idempotency);
        let row = format!(
            "//! | [`{name}`]({request}) | `{id}` | `{method} {path}` | [`{class}`] | [page]({}) |\n",
            operation.docs
        );
        rows.push((id, row));
        classes.insert(class);
    }
    let mut table = String::from(
        "//! | request | operation | method and path | idempotency | documentation |\n\
         //! | --- | --- | --- | --- | --- |\n",
    );
    table.extend(rows.iter().map(|(_, row)| row.as_str()));
    for class in classes {
        table.push_str(&format!("//!\n//! [`{class}`]: crate::Idempotency::{class}\n"));
    }

    let text = source.module()?;
    let (before, old, after) =
        split(text).ok_or_else(|| format!("the docs of the module api lack the line {BEGIN}"))?;
    if old == table {
        return Ok(Vec::new());
    }
    let missing = rows.iter().filter(|(_, row)| !old.contains(row));
    let mut changes: Vec<String> = missing
        .map(|(id, _)| {
            format!(
                "operation {id}: its row in the docs of the module api is missing or out of date: \
                 run cargo xtask docs"
            )
        })
        .collect();
    if changes.is_empty() {
        changes.push(
            "the table in the docs of the module api has rows without an operation, or in another \
             order: run cargo xtask docs"
                .to_owned(),
        );
    }
    *text = format!("{before}{BEGIN}{table}{END}{after}");
    Ok(changes)
}

/// What is before, between and after the markers.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (old, after) = rest.split_once(END)?;
    Some((before, old, after))
}
