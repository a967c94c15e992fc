//! The coverage check: compares the operation table and the models with OpenAPI files.
//!
//! It looks at the library from outside: it makes values from the schemas, builds requests from them
//! and parses them as responses. So it needs no list of fields of its own.

mod choices;
mod distill;
mod findings;
mod inventory;
mod peel;
mod requests;
mod responses;
mod rules;
mod sample;
mod sent;
mod spec;
#[cfg(test)]
mod tests;
mod wellformed;

pub use distill::distill;
pub use inventory::inventory;

use findings::{Findings, OMISSIONS};
use imagekit_proto::operation::{self, Entry};
use spec::{Described, Spec};
use std::collections::BTreeSet;

/// What the check found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Coverage {
    /// What the files describe and the library lacks.
    pub missing: Vec<String>,
    /// What the library leaves out on purpose, with the reason.
    pub omitted: Vec<String>,
    /// Reasons for leaving out that nothing needs.
    pub unused: Vec<&'static str>,
    /// Ids in the operation table that no file describes.
    pub undescribed: Vec<&'static str>,
    /// Number of operations compared.
    pub operations: usize,
    /// Number of webhook events compared.
    pub events: usize,
}

/// Compares the library with OpenAPI files, given as name and text (YAML or JSON).
///
/// # Errors
///
/// A file cannot be read as an OpenAPI file; the text starts with its name.
pub fn check<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Coverage, String> {
    let mut findings = Findings::default();
    let (mut operations, mut events) = (0, 0);
    let mut described = BTreeSet::new();
    for (name, text) in files {
        let fault = |error| format!("{name}: {error}");
        let spec = Spec::read(text).map_err(fault)?;
        let found = spec.operations().map_err(fault)?;
        compare(&spec, &found, &mut findings).map_err(fault)?;
        operations += found.len();
        described.extend(found.into_iter().map(|operation| operation.id));
        events += responses::check_events(&spec, &mut findings).map_err(fault)?;
    }
    let ids = operation::all().iter().map(|entry| entry.operation().id);
    let undescribed = ids.filter(|id| !described.contains(*id)).collect();
    let (missing, omitted, unused) = findings.split(OMISSIONS);
    Ok(Coverage { missing, omitted, unused, undescribed, operations, events })
}

/// Compares the operations of one file.
fn compare(spec: &Spec, operations: &[Described], findings: &mut Findings) -> Result<(), String> {
    for described in operations {
        let Some(entry) = operation::find(&described.id) else {
            findings.add(&described.id, absent(described));
            continue;
        };
        let Described { method, path, .. } = described;
        if !is_at(entry, method, path) {
            let ours = entry.operation();
            let table = format!("the table has {} {}", ours.method, ours.path);
            findings.add(&described.id, format!("is {method} {path}, {table}"));
            continue;
        }
        requests::check(spec, described, entry, findings)?;
        responses::check(spec, described, entry, findings)?;
    }
    Ok(())
}

fn is_at(entry: &Entry, method: &str, path: &str) -> bool {
    entry.operation().method.as_str() == method && entry.operation().path == path
}

fn absent(described: &Described) -> String {
    let Described { method, path, .. } = described;
    match operation::all().iter().find(|entry| is_at(entry, method, path)) {
        Some(entry) => format!("the table calls {method} {path} {}", entry.operation().id),
        None => format!("{method} {path} is not in the table"),
    }
}
