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

/// Updates a named transformation. A field that is not set keeps its value.
///
/// `PATCH /v1/named-transformations/{id}` · [documentation](https://imagekit.io/docs/transformations#named-transformations)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// While the pre- or post-transformation of an upload uses it, it cannot be renamed or disabled
/// (409).
///
/// ```
/// use imagekit_proto::api::named_transformations::UpdateNamedTransformation;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let update = UpdateNamedTransformation::new("6bZ9x2ZUx").transformation("w-200,h-200");
/// let named = client.send(update)?;
/// assert_eq!(named.transformation, "w-200,h-200");
/// assert_eq!(
///     client.request_line(),
///     "PATCH https://api.imagekit.io/v1/named-transformations/6bZ9x2ZUx"
/// );
/// assert_eq!(client.json(), serde_json::json!({"transformation": "w-200,h-200"}));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "update_named_transformation")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateNamedTransformation {
    /// Id of the named transformation.
    pub id: String,
    /// Name in URLs: letters, digits and underscores; unique in the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Transformation string, such as `w-150,h-150`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transformation: Option<String>,
    /// Whether URLs may use it; a URL that uses a disabled one fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl UpdateNamedTransformation {
    /// Creates an empty update of the named transformation `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), name: None, transformation: None, enabled: None, extra: Extra::new() }
    }

    /// Sets the name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the transformation string.
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
        r#"{"id": "6bZ9x2ZUx", "transformation": "w-200,h-200"}"#,
        r#"{"id": "6bZ9x2ZUx", "name": "small_thumbnail", "transformation": "w-200,h-200",
           "enabled": true, "createdAt": "2026-08-15T10:30:00.000Z"}"#,
    );
}
