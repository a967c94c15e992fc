//! Create a named transformation.

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

/// Creates a named transformation. An account has up to 250 of them.
///
/// `POST /v1/named-transformations` · [documentation](https://imagekit.io/docs/transformations#named-transformations)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// ```
/// use imagekit_proto::api::named_transformations::CreateNamedTransformation;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let create = CreateNamedTransformation::new("small_thumbnail", "w-150,h-150").enabled(true);
/// let named = client.send(create)?;
/// assert_eq!(named.id, "6bZ9x2ZUx");
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/named-transformations");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({
///         "name": "small_thumbnail",
///         "transformation": "w-150,h-150",
///         "enabled": true,
///     })
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "create_named_transformation")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateNamedTransformation {
    /// Name in URLs: letters, digits and underscores; unique in the account.
    pub name: String,
    /// Transformation string, such as `w-150,h-150`.
    pub transformation: String,
    /// Whether URLs may use it; a URL that uses a disabled one fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl CreateNamedTransformation {
    /// Creates a request that names `transformation`.
    pub fn new(name: impl Into<String>, transformation: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            transformation: transformation.into(),
            enabled: None,
            extra: Extra::new(),
        }
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

impl Endpoint for CreateNamedTransformation {
    type Output = NamedTransformation;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check_name(cx, &self.name)?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<NamedTransformation, DecodeError> {
        decode::json(response)
    }
}

impl Documented for CreateNamedTransformation {
    const OPERATION: &'static Operation = &Operation::new(
        "create-named-transformation",
        Method::POST,
        "/v1/named-transformations",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/transformations#named-transformations",
    );

    const SAMPLE: Sample = Sample {
        request: r#"{"name": "small_thumbnail", "transformation": "w-150,h-150"}"#,
        status: 201,
        response: r#"{"id": "6bZ9x2ZUx", "name": "small_thumbnail", "transformation": "w-150,h-150",
           "enabled": true, "createdAt": "2026-08-15T10:30:00.000Z"}"#,
    };
}
