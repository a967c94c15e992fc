//! Sources on the web.

use serde::{Deserialize, Serialize};

use crate::secret::{AssetUrl, Secret, exposed};

/// Files below a URL.
///
/// ```
/// use imagekit_proto::api::accounts::origins::WebFolderSource;
///
/// let value = serde_json::to_value(WebFolderSource::new("https://example.com/images"))?;
/// assert_eq!(value["baseUrl"], "https://example.com/images");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct WebFolderSource {
    /// The URL.
    pub base_url: AssetUrl,
    /// Whether the request's `Host` header is forwarded; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forward_host_header_to_origin: Option<bool>,
}

impl WebFolderSource {
    /// Creates the source: files below `base_url`.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self { base_url: base_url.into().into(), forward_host_header_to_origin: None }
    }

    /// Sets whether the request's `Host` header is forwarded.
    pub fn forward_host_header_to_origin(mut self, yes: bool) -> Self {
        self.forward_host_header_to_origin = Some(yes);
        self
    }
}

/// Proxies an absolute URL appended to the endpoint.
///
/// ```
/// use imagekit_proto::api::accounts::origins::WebProxySource;
///
/// assert_eq!(serde_json::to_value(WebProxySource::new())?, serde_json::json!({}));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct WebProxySource {}

impl WebProxySource {
    /// Creates the source.
    pub fn new() -> Self {
        Self {}
    }
}

/// The product information of an Akeneo instance.
///
/// ```
/// use imagekit_proto::api::accounts::origins::AkeneoPimSource;
///
/// let value = serde_json::to_value(AkeneoPimSource::new("https://pim.example.com", "id", "secret", "user", "pass"))?;
/// assert_eq!(value["username"], "user");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct AkeneoPimSource {
    /// The instance's URL.
    pub base_url: AssetUrl,
    /// The id of the API client.
    #[serde(with = "exposed")]
    pub client_id: Secret,
    /// The secret of the API client.
    #[serde(with = "exposed")]
    pub client_secret: Secret,
    /// The user's name.
    #[serde(with = "exposed")]
    pub username: Secret,
    /// The user's password.
    #[serde(with = "exposed")]
    pub password: Secret,
}

impl AkeneoPimSource {
    /// Creates the source: the instance at `base_url`, its API client, then its user.
    pub fn new(
        base_url: impl Into<String>,
        client_id: impl Into<Secret>,
        client_secret: impl Into<Secret>,
        username: impl Into<Secret>,
        password: impl Into<Secret>,
    ) -> Self {
        Self {
            base_url: base_url.into().into(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            username: username.into(),
            password: password.into(),
        }
    }
}
