//! Custom metadata fields: definitions of values that files and folders can have.

mod create;
mod delete;
mod field;
mod list;
mod rule_setters;
mod rules;
mod update;

use crate::endpoint::RequestContext;
use crate::error::BuildError;

pub use super::files::CustomMetadataFieldType;
pub use create::CreateCustomMetadataField;
pub use delete::DeleteCustomMetadataField;
pub use field::{CustomMetadataField, CustomMetadataFieldSchema};
pub use list::ListCustomMetadataFields;
pub use rules::CustomMetadataFieldRules;
pub use update::UpdateCustomMetadataField;

/// Checks the description of a field: 500 characters.
fn check_description(cx: &RequestContext<'_>, description: Option<&str>) -> Result<(), BuildError> {
    let fits = description.is_none_or(|text| text.chars().count() <= 500);
    cx.ensure(fits, "description", "it has 500 characters at most")
}
