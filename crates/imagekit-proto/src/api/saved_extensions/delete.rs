//! Delete a saved extension.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::wire::Body;

/// Deletes a saved extension.
///
/// `DELETE /v1/saved-extensions/{id}` ·
/// [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/saved-extensions/delete-extension)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::saved_extensions::DeleteSavedExtension;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = DeleteSavedExtension::new("ext_abc123");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "DELETE");
/// assert_eq!(request.uri().path(), "/v1/saved-extensions/ext_abc123");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::builder().status(204).body(bytes::Bytes::new())?;
/// endpoint.parse(&response)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete-extension")]
#[doc(alias = "DELETE /v1/saved-extensions/{id}")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteSavedExtension {
    /// The saved extension.
    pub id: String,
}

impl DeleteSavedExtension {
    /// Deletes the saved extension `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for DeleteSavedExtension {
    type Output = ();

    fn operation(&self) -> &'static str {
        "delete-extension"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::DELETE).path("/v1/saved-extensions").segment("id", &self.id)?.empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<(), ParseError> {
        parse::empty(self.operation(), response)
    }
}
