//! Update a named transformation.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::check_name;
use super::named_transformation::NamedTransformation;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::types::Extra;
use crate::wire::Body;

/// Changes a named transformation. What is not set stays as it is.
///
/// While an upload's pre- or post-transformation still uses it, ImageKit refuses to rename or
/// disable it (409).
///
/// `PATCH /v1/named-transformations/{id}` · [documentation](https://imagekit.io/docs/transformations#named-transformations)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::named_transformations::UpdateNamedTransformation;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = UpdateNamedTransformation::new("6bZ9x2ZUx").transformation("w-200,h-200");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "PATCH");
/// assert_eq!(request.uri().path(), "/v1/named-transformations/6bZ9x2ZUx");
/// assert_eq!(
///     request.body().as_bytes().unwrap(),
///     &br#"{"transformation":"w-200,h-200"}"#[..]
/// );
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"id": "6bZ9x2ZUx", "name": "small_thumbnail", "transformation": "w-200,h-200",
///         "enabled": true, "createdAt": "2026-08-15T10:30:00.000Z"}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.transformation, "w-200,h-200");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "update_named_transformation")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateNamedTransformation {
    /// The named transformation.
    pub id: String,
    /// Its name in URLs: letters, digits and underscores. No other in the account has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The transformation string, such as `w-150,h-150`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transformation: Option<String>,
    /// Whether URLs may use it; those that use a disabled one fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl UpdateNamedTransformation {
    /// Changes nothing yet of the named transformation `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), name: None, transformation: None, enabled: None, extra: Extra::new() }
    }

    /// Renames it.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Replaces the transformation string.
    pub fn transformation(mut self, transformation: impl Into<String>) -> Self {
        self.transformation = Some(transformation.into());
        self
    }

    /// Enables or disables it.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = Some(enabled);
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for UpdateNamedTransformation {
    type Output = NamedTransformation;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        if let Some(name) = &self.name {
            check_name(cx, name)?;
        }
        cx.request(Self::OPERATION).param("id", &self.id)?.json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<NamedTransformation, DecodeError> {
        decode::json(response)
    }
}

impl Documented for UpdateNamedTransformation {
    const OPERATION: &'static Operation = &Operation::new(
        "update-named-transformation",
        Method::PATCH,
        "/v1/named-transformations/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/transformations#named-transformations",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"id":"a"}"#,
        r#"{"id": "6bZ9x2ZUx", "name": "small_thumbnail", "transformation": "w-200,h-200",
        "enabled": true, "createdAt": "2026-08-15T10:30:00.000Z"}"#,
    );
}
