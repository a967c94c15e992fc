//! Get a URL endpoint.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::url_endpoint::UrlEndpoint;
use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::wire::Body;

/// Gets a URL endpoint. ImageKit calls this API a beta.
///
/// The id of the default one, which ImageKit made with the account, is `default`.
///
/// `GET /v1/accounts/url-endpoints/{id}` ·
/// [documentation](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/get-url-endpoint)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::GetUrlEndpoint;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetUrlEndpoint::new("endpoint_1");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/accounts/url-endpoints/endpoint_1");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"id": "endpoint_1", "description": "Product images", "urlPrefix": "product-images",
///         "origins": ["origin_1"]}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.url_prefix.as_deref(), Some("product-images"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get-url-endpoint")]
#[doc(alias = "GET /v1/accounts/url-endpoints/{id}")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetUrlEndpoint {
    /// The URL endpoint.
    pub id: String,
}

impl GetUrlEndpoint {
    /// The URL endpoint `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for GetUrlEndpoint {
    type Output = UrlEndpoint;

    fn operation(&self) -> &'static str {
        "get-url-endpoint"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::GET).path("/v1/accounts/url-endpoints").segment("id", &self.id)?.empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<UrlEndpoint, ParseError> {
        parse::json(self.operation(), response)
    }
}
