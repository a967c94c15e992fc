//! Named transformations: transformation strings that URLs use by name (`tr:n-small_thumbnail`).

mod create;
mod delete;
mod get;
mod list;
mod named_transformation;
mod update;

use crate::endpoint::RequestContext;
use crate::error::BuildError;

pub use create::CreateNamedTransformation;
pub use delete::DeleteNamedTransformation;
pub use get::GetNamedTransformation;
pub use list::ListNamedTransformations;
pub use named_transformation::NamedTransformation;
pub use update::UpdateNamedTransformation;

/// Checks a name: letters, digits and underscores.
fn check_name(cx: &RequestContext<'_>, name: &str) -> Result<(), BuildError> {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    cx.ensure(plain && !name.is_empty(), "name", "it has letters, digits and underscores alone")
}
