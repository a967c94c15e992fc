//! Saved extensions: extensions that are saved in the account and run by their ids.

mod create;
mod delete;
mod get;
mod list;
mod saved_extension;
mod update;

use super::files::{Extension, check_extensions};
use crate::endpoint::RequestContext;
use crate::error::BuildError;

pub use create::CreateSavedExtension;
pub use delete::DeleteSavedExtension;
pub use get::GetSavedExtension;
pub use list::ListSavedExtensions;
pub use saved_extension::SavedExtension;
pub use update::UpdateSavedExtension;

/// Checks what is set of a saved extension: texts of one character or more, and an extension of
/// its own.
fn check(
    cx: &RequestContext<'_>,
    name: Option<&str>,
    description: Option<&str>,
    config: Option<&Extension>,
) -> Result<(), BuildError> {
    const NOT_EMPTY: &str = "it has one character at least";
    cx.ensure(name != Some(""), "name", NOT_EMPTY)?;
    cx.ensure(description != Some(""), "description", NOT_EMPTY)?;
    let own = !matches!(config, Some(Extension::SavedExtension(_)));
    cx.ensure(own, "config", "a saved extension cannot name another one")?;
    check_extensions(cx, "config", config.map(std::slice::from_ref).unwrap_or_default())
}
