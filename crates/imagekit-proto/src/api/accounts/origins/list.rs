//! List origins.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::origin::Origin;
use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::wire::Body;

/// Lists all origins of the account. ImageKit calls this API a beta.
///
/// The answer holds no credential.
///
/// `GET /v1/accounts/origins` ·
/// [documentation](https://imagekit.io/docs/api-reference/account-management-api/origins/list-origins)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::accounts::origins::ListOrigins;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = ListOrigins::new();
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/accounts/origins");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"[{"id": "origin_1", "name": "US S3 Storage", "type": "S3", "bucket": "product-images",
///          "prefix": "raw-assets", "includeCanonicalHeader": false}]"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?[0].name, "US S3 Storage");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "list-origins")]
#[doc(alias = "GET /v1/accounts/origins")]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListOrigins {}

impl ListOrigins {
    /// All origins.
    pub fn new() -> Self {
        Self {}
    }
}

impl Endpoint for ListOrigins {
    type Output = Vec<Origin>;

    fn operation(&self) -> &'static str {
        "list-origins"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::GET).path("/v1/accounts/origins").empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Vec<Origin>, ParseError> {
        parse::json(self.operation(), response)
    }
}
