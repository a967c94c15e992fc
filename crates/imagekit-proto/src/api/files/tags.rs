//! The limits of tags.

use crate::endpoint::RequestContext;
use crate::error::BuildError;

/// Checks the tags of one file: 500 characters together, none with a `%`.
pub(crate) fn check_tags<T: AsRef<str>>(
    cx: &RequestContext<'_>,
    field: &'static str,
    tags: &[T],
) -> Result<(), BuildError> {
    let characters: usize = tags.iter().map(|tag| tag.as_ref().chars().count()).sum();
    cx.ensure(characters <= 500, field, "all tags of a file have 500 characters at most")?;
    let plain = tags.iter().all(|tag| !tag.as_ref().contains('%'));
    cx.ensure(plain, field, "a tag has no percent sign")
}
