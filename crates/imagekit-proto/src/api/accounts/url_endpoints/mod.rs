//! URL endpoints: the prefixes under which files are delivered.

mod create;
mod delete;
mod get;
mod list;
mod rewriter;
mod update;
mod url_endpoint;
use crate::endpoint::RequestContext;
use crate::error::BuildError;
pub use create::CreateUrlEndpoint;
pub use delete::DeleteUrlEndpoint;
pub use get::GetUrlEndpoint;
pub use list::ListUrlEndpoints;
pub use rewriter::{CloudinaryRewriter, PlainRewriter, UrlRewriter};
pub use update::UpdateUrlEndpoint;
pub use url_endpoint::UrlEndpoint;

/// Checks the origins of an endpoint: 10 at most.
fn check_origins(cx: &RequestContext<'_>, origins: Option<&[String]>) -> Result<(), BuildError> {
    let fits = origins.is_none_or(|origins| origins.len() <= 10);
    cx.ensure(fits, "origins", "a URL endpoint has 10 origins at most")
}
