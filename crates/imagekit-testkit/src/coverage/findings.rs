//! Findings of a comparison.

use std::collections::BTreeSet;
use std::fmt::Display;

/// What the descriptions have and the library lacks, each line once.
#[derive(Default)]
pub(crate) struct Findings {
    lines: BTreeSet<String>,
}

/// What the library leaves out on purpose: findings that contain `text`.
pub(crate) struct Omission {
    pub(crate) text: &'static str,
    pub(crate) reason: &'static str,
}

/// Everything that the library leaves out on purpose.
pub(crate) const OMISSIONS: &[Omission] = &[];

impl Findings {
    pub(crate) fn add(&mut self, place: &str, what: impl Display) {
        self.lines.insert(format!("{place}: {what}"));
    }

    /// The findings, and those left out on purpose with the reason.
    pub(crate) fn split(self, omissions: &[Omission]) -> (Vec<String>, Vec<String>) {
        let (mut missing, mut omitted) = (Vec::new(), Vec::new());
        for line in self.lines {
            match omissions.iter().find(|omission| line.contains(omission.text)) {
                Some(omission) => omitted.push(format!("{line} ({})", omission.reason)),
                None => missing.push(line),
            }
        }
        (missing, omitted)
    }
}
