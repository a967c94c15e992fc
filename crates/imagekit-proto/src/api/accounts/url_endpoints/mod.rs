//! URL endpoints: the prefixes under which files are delivered.

mod create;
mod delete;
mod get;
mod list;
mod rewriter;
mod settings;
mod update;
mod url_endpoint;

pub use create::CreateUrlEndpoint;
pub use delete::DeleteUrlEndpoint;
pub use get::GetUrlEndpoint;
pub use list::ListUrlEndpoints;
pub use rewriter::{CloudinaryRewriter, PlainRewriter, UrlRewriter};
pub use settings::UrlEndpointSettings;
pub use update::UpdateUrlEndpoint;
pub use url_endpoint::UrlEndpoint;
