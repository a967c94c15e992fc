//! Delete a named transformation.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::wire::Body;

/// Deletes a named transformation.
///
/// While an upload's pre- or post-transformation still uses it, ImageKit refuses with 409.
///
/// `DELETE /v1/named-transformations/{id}` ·
/// [documentation](https://imagekit.io/docs/transformations#named-transformations)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::named_transformations::DeleteNamedTransformation;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = DeleteNamedTransformation::new("6bZ9x2ZUx");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "DELETE");
/// assert_eq!(request.uri().path(), "/v1/named-transformations/6bZ9x2ZUx");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::builder().status(204).body(bytes::Bytes::new())?;
/// endpoint.parse(&response)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete-named-transformation")]
#[doc(alias = "DELETE /v1/named-transformations/{id}")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteNamedTransformation {
    /// The named transformation.
    pub id: String,
}

impl DeleteNamedTransformation {
    /// Deletes the named transformation `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for DeleteNamedTransformation {
    type Output = ();

    fn operation(&self) -> &'static str {
        "delete-named-transformation"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::DELETE).path("/v1/named-transformations").segment("id", &self.id)?.empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<(), ParseError> {
        parse::empty(self.operation(), response)
    }
}
