//! Delete a URL endpoint.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::wire::Body;

/// Deletes a URL endpoint. ImageKit calls this API a beta.
///
/// The default one, which ImageKit made with the account, cannot be deleted (400).
///
/// `DELETE /v1/accounts/url-endpoints/{id}` ·
/// [documentation](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/delete-url-endpoint)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::DeleteUrlEndpoint;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = DeleteUrlEndpoint::new("endpoint_1");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "DELETE");
/// assert_eq!(request.uri().path(), "/v1/accounts/url-endpoints/endpoint_1");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::builder().status(204).body(bytes::Bytes::new())?;
/// endpoint.parse(&response)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete-url-endpoint")]
#[doc(alias = "DELETE /v1/accounts/url-endpoints/{id}")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteUrlEndpoint {
    /// The URL endpoint.
    pub id: String,
}

impl DeleteUrlEndpoint {
    /// Deletes the URL endpoint `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for DeleteUrlEndpoint {
    type Output = ();

    fn operation(&self) -> &'static str {
        "delete-url-endpoint"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::DELETE).path("/v1/accounts/url-endpoints").segment("id", &self.id)?.empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<(), ParseError> {
        parse::empty(self.operation(), response)
    }
}
