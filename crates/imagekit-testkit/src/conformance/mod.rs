//! Suites of reference data: each compares the project with files of recorded facts.

mod auth;
mod deviations;
mod edges;
mod normal;
mod ordered;
mod phash;
mod plain;
mod refusals;
mod report;
mod responses;
mod responsive;
mod signed;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod transformations;
mod url;
pub(crate) mod values;
mod vector;
mod webhooks;
pub(crate) mod wire;

pub use refusals::{REFUSALS, Refusal};
pub use report::{Kind, Line, Report};
pub use webhooks::other_reasons;

/// A suite: a file format, and the comparison of the project with files of that format.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Suite {
    /// The name, as `cargo xtask conformance` takes it.
    pub name: &'static str,
    /// The path of its file in a folder of reference data.
    pub file: &'static str,
    compare: Compare,
}

/// Compares the project with the text of one file.
type Compare = fn(&str, &mut Report) -> Result<(), String>;

/// Every suite.
pub const SUITES: &[Suite] = &[
    Suite::new("wire", "wire/requests.json", wire::run),
    Suite::new("edges", "wire/edges.json", edges::run),
    Suite::new("responses", "corpus/responses.json", responses::run),
    Suite::new("transformations", "vectors/transformation_strings.json", transformations::run),
    Suite::new("url", "vectors/url.json", url::run),
    Suite::new("signed", "vectors/signed.json", signed::run),
    Suite::new("auth", "vectors/auth_parameters.json", auth::run),
    Suite::new("responsive", "vectors/responsive.json", responsive::run),
    Suite::new("webhooks", "vectors/webhooks.json", webhooks::run),
    Suite::new("phash", "vectors/phash.json", phash::run),
];

impl Suite {
    const fn new(name: &'static str, file: &'static str, compare: Compare) -> Self {
        Self { name, file, compare }
    }

    /// Returns the suite called `name`.
    pub fn find(name: &str) -> Option<Self> {
        SUITES.iter().find(|suite| suite.name == name).copied()
    }

    /// Compares the project with `text`, the text of a file, and adds the results to `report`.
    ///
    /// # Errors
    ///
    /// The file does not have the format of the suite.
    pub fn run(&self, text: &str, report: &mut Report) -> Result<(), String> {
        (self.compare)(text, report)
    }
}
