//! Saved extensions: extensions kept in the account, to be run by their ids.

mod create;
mod delete;
mod get;
mod list;
mod saved_extension;
mod update;

pub use create::CreateSavedExtension;
pub use delete::DeleteSavedExtension;
pub use get::GetSavedExtension;
pub use list::ListSavedExtensions;
pub use saved_extension::SavedExtension;
pub use update::UpdateSavedExtension;

use super::files::Extension;
use crate::endpoint::{BuildError, Prepare};

/// Checks what is set of a saved extension: texts of one character or more, and an extension of
/// its own.
fn check(
    with: &Prepare<'_>,
    name: Option<&str>,
    description: Option<&str>,
    config: Option<&Extension>,
) -> Result<(), BuildError> {
    const NOT_EMPTY: &str = "it has one character at least";
    with.limit("name", name != Some(""), NOT_EMPTY)?;
    with.limit("description", description != Some(""), NOT_EMPTY)?;
    let own = !matches!(config, Some(Extension::SavedExtension(_)));
    with.limit("config", own, "a saved extension cannot name another one")
}
