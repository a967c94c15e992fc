//! Delete an origin.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::wire::Body;

/// Deletes an origin. ImageKit calls this API a beta.
///
/// While a URL endpoint still uses it, ImageKit refuses.
///
/// `DELETE /v1/accounts/origins/{id}` ·
/// [documentation](https://imagekit.io/docs/api-reference/account-management-api/origins/delete-origin)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::accounts::origins::DeleteOrigin;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = DeleteOrigin::new("origin_1");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "DELETE");
/// assert_eq!(request.uri().path(), "/v1/accounts/origins/origin_1");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::builder().status(204).body(bytes::Bytes::new())?;
/// endpoint.parse(&response)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete-origin")]
#[doc(alias = "DELETE /v1/accounts/origins/{id}")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteOrigin {
    /// The origin.
    pub id: String,
}

impl DeleteOrigin {
    /// Deletes the origin `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for DeleteOrigin {
    type Output = ();

    fn operation(&self) -> &'static str {
        "delete-origin"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::DELETE).path("/v1/accounts/origins").segment("id", &self.id)?.empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<(), ParseError> {
        parse::empty(self.operation(), response)
    }
}
