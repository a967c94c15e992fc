//! The settings of a URL endpoint, as requests send them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::rewriter::UrlRewriter;
use crate::endpoint::RequestContext;
use crate::error::BuildError;
use crate::types::Extra;

/// The settings of a URL endpoint, to [create](super::CreateUrlEndpoint) or to
/// [replace](super::UpdateUrlEndpoint) it.
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::UrlEndpointSettings;
///
/// let settings = UrlEndpointSettings::new("Product images")
///     .url_prefix("product-images")
///     .origins(["origin-id-1", "origin-id-2"]);
/// assert_eq!(settings.origins.as_ref().map(Vec::len), Some(2));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct UrlEndpointSettings {
    /// The description; 1 to 1,000 characters.
    pub description: String,
    /// The path prefix after the account's base URL: up to 100 letters, digits and hyphens. Only
    /// the default endpoint has an empty one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url_prefix: Option<String>,
    /// Ids of the origins that ImageKit tries, in this order, for a file that is not in the media
    /// library; 10 at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origins: Option<Vec<String>>,
    /// The service whose URLs the endpoint accepts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url_rewriter: Option<UrlRewriter>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl UrlEndpointSettings {
    /// Creates the settings of a URL endpoint with `description`, with defaults for the rest.
    pub fn new(description: impl Into<String>) -> Self {
        Self {
            description: description.into(),
            url_prefix: None,
            origins: None,
            url_rewriter: None,
            extra: Extra::new(),
        }
    }

    /// Sets the path prefix after the account's base URL.
    pub fn url_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.url_prefix = Some(prefix.into());
        self
    }

    /// Sets the ids of the origins, in the order in which ImageKit tries them.
    pub fn origins<T: Into<String>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        self.origins = Some(ids.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the service whose URLs the endpoint accepts.
    pub fn url_rewriter(mut self, rewriter: impl Into<UrlRewriter>) -> Self {
        self.url_rewriter = Some(rewriter.into());
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }

    /// Checks the documented limits.
    pub(super) fn check(&self, cx: &RequestContext<'_>) -> Result<(), BuildError> {
        let fits = (1..=1_000).contains(&self.description.chars().count());
        cx.ensure(fits, "description", "it has 1 to 1000 characters")?;
        let fits = self.url_prefix.as_ref().is_none_or(|prefix| prefix.chars().count() <= 100);
        cx.ensure(fits, "urlPrefix", "it has 100 characters at most")?;
        let fits = self.origins.as_ref().is_none_or(|origins| origins.len() <= 10);
        cx.ensure(fits, "origins", "a URL endpoint has 10 origins at most")
    }
}
