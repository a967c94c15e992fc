//! The URL endpoint as the API describes it.

use serde::{Deserialize, Serialize};

use super::rewriter::UrlRewriter;
use crate::types::{Extra, nullable};

/// A URL endpoint.
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::{UrlEndpoint, UrlRewriter};
///
/// let endpoint: UrlEndpoint = serde_json::from_str(
///     r#"{"id": "endpoint_1", "description": "Product images", "urlPrefix": "product-images",
///         "origins": ["origin_1"], "urlRewriter": {"type": "IMGIX"}}"#,
/// )?;
/// assert_eq!(endpoint.url_rewriter, Some(UrlRewriter::imgix()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UrlEndpoint {
    /// Id; `default` for the endpoint that comes with the account. The examples of the
    /// OpenAPI file leave it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Path after the account's base URL; empty for the default endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_prefix: Option<String>,
    /// Origins to try, in this order, when a file is not in the media library.
    #[serde(default, deserialize_with = "nullable")]
    pub origins: Vec<String>,
    /// Service whose URLs the endpoint understands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_rewriter: Option<UrlRewriter>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}
