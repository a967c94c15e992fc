//! The search language of `searchQuery`.
//!
//! `=`, `:`, `<`, `<=`, `>`, `>=`, `IN`, `HAS`, `EXISTS` and their `NOT`, `AND`, `OR`,
//! parentheses. `collections` is not emulated.

mod eval;
pub(crate) mod field;
pub(crate) mod lexer;
pub(crate) mod operator;
mod parser;
mod plan;
mod region;
pub(crate) mod tokens;

use std::fmt;

pub(crate) use plan::{Plan, Source};

use crate::api::Asset;
use crate::instant::Instant;

/// A parsed query.
#[derive(Debug)]
pub(crate) struct Query {
    root: parser::Expr,
    /// Earlier versions are found only when the query speaks of types.
    names_type: bool,
}

impl Query {
    pub(crate) fn parse(text: &str, now: Instant) -> Result<Self, SearchError> {
        let (root, names_type) = parser::parse(text, now)?;
        Ok(Self { root, names_type })
    }

    /// What the query has to look through.
    pub(crate) fn plan(&self) -> Plan<'_> {
        plan::plan(&self.root, self.names_type)
    }

    pub(crate) fn matches(&self, asset: &Asset<'_>) -> bool {
        (self.names_type || asset.kind() != "file-version") && eval::holds(&self.root, asset)
    }
}

/// What is wrong with a query.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SearchError(String);

impl SearchError {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

impl fmt::Display for SearchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
