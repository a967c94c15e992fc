//! The limits of tags.

use crate::endpoint::{BuildError, Prepare};

/// Checks the tags of one file: 500 characters together, none with a `%`.
pub(crate) fn check_tags<T: AsRef<str>>(
    with: &Prepare<'_>,
    field: &'static str,
    tags: &[T],
) -> Result<(), BuildError> {
    let characters: usize = tags.iter().map(|tag| tag.as_ref().chars().count()).sum();
    with.limit(field, characters <= 500, "all tags of a file have 500 characters at most")?;
    let plain = tags.iter().all(|tag| !tag.as_ref().contains('%'));
    with.limit(field, plain, "a tag has no percent sign")
}
