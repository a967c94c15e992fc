//! Get a named transformation.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::named_transformation::NamedTransformation;
use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::wire::Body;

/// Gets a named transformation.
///
/// `GET /v1/named-transformations/{id}` ·
/// [documentation](https://imagekit.io/docs/transformations#named-transformations)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::named_transformations::GetNamedTransformation;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetNamedTransformation::new("6bZ9x2ZUx");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/named-transformations/6bZ9x2ZUx");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"id": "6bZ9x2ZUx", "name": "small_thumbnail", "transformation": "w-150,h-150",
///         "enabled": true, "createdAt": "2026-08-15T10:30:00.000Z"}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.name, "small_thumbnail");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get-named-transformation")]
#[doc(alias = "GET /v1/named-transformations/{id}")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetNamedTransformation {
    /// The named transformation.
    pub id: String,
}

impl GetNamedTransformation {
    /// The named transformation `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for GetNamedTransformation {
    type Output = NamedTransformation;

    fn operation(&self) -> &'static str {
        "get-named-transformation"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::GET).path("/v1/named-transformations").segment("id", &self.id)?.empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<NamedTransformation, ParseError> {
        parse::json(self.operation(), response)
    }
}
