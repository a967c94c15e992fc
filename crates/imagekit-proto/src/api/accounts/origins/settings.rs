//! The settings of an origin, as requests send them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::limits;
use super::source::OriginSource;
use crate::endpoint::RequestContext;
use crate::error::BuildError;
use crate::secret::SecretObject;
use crate::types::Extra;

/// The settings of an origin, credentials included, to [create](super::CreateOrigin) or to
/// [replace](super::UpdateOrigin) it.
///
/// `Debug` does not print the credentials.
///
/// ```
/// use imagekit_proto::api::accounts::origins::{OriginSettings, S3Source};
///
/// let source = S3Source::new("product-images", "AKIA0", "abc123");
/// let settings = OriginSettings::new("US S3 Storage", source)
///     .include_canonical_header(true)
///     .base_url_for_canonical_header("https://cdn.example.com");
/// assert!(!format!("{settings:?}").contains("abc123"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OriginSettings {
    /// The origin's name: 1 to 100 letters, digits and spaces.
    pub name: String,
    /// Sends a canonical header; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_canonical_header: Option<bool>,
    /// The base URL in the canonical header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url_for_canonical_header: Option<String>,
    /// Where the files come from. From JSON, an unknown key of a known type is refused.
    #[serde(flatten)]
    pub source: OriginSource,
    /// Keys that this crate does not know yet; `Debug` does not print their values.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: SecretObject,
}

impl OriginSettings {
    /// Creates the settings of an origin that reads from `source`, with defaults for the rest.
    pub fn new(name: impl Into<String>, source: impl Into<OriginSource>) -> Self {
        Self {
            name: name.into(),
            include_canonical_header: None,
            base_url_for_canonical_header: None,
            source: source.into(),
            extra: SecretObject::default(),
        }
    }

    /// Sends a canonical header, or not.
    pub fn include_canonical_header(mut self, yes: bool) -> Self {
        self.include_canonical_header = Some(yes);
        self
    }

    /// Sets the base URL in the canonical header.
    pub fn base_url_for_canonical_header(mut self, url: impl Into<String>) -> Self {
        self.base_url_for_canonical_header = Some(url.into());
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }

    /// Checks the documented limits.
    pub(super) fn check(&self, cx: &RequestContext<'_>) -> Result<(), BuildError> {
        let plain = self.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ');
        let fits = plain && (1..=100).contains(&self.name.len());
        cx.ensure(fits, "name", "it has 1 to 100 letters, digits and spaces")?;
        limits::check(&self.source, cx)
    }
}
