//! Get a saved extension.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::saved_extension::SavedExtension;
use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::wire::Body;

/// Gets a saved extension.
///
/// `GET /v1/saved-extensions/{id}` ·
/// [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/get-extension)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::saved_extensions::GetSavedExtension;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetSavedExtension::new("ext_abc123");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/saved-extensions/ext_abc123");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"id": "ext_abc123", "name": "Tag cars", "description": "Tags what the photo shows",
///         "config": {"name": "google-auto-tagging", "minConfidence": 80, "maxTags": 10}}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.name, "Tag cars");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get-extension")]
#[doc(alias = "GET /v1/saved-extensions/{id}")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetSavedExtension {
    /// The saved extension.
    pub id: String,
}

impl GetSavedExtension {
    /// The saved extension `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for GetSavedExtension {
    type Output = SavedExtension;

    fn operation(&self) -> &'static str {
        "get-extension"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::GET).path("/v1/saved-extensions").segment("id", &self.id)?.empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<SavedExtension, ParseError> {
        parse::json(self.operation(), response)
    }
}
