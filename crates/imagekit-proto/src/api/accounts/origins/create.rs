//! Create an origin.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::check_name;
use super::origin::Origin;
use super::source::OriginSource;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::secret::SecretObject;
use crate::types::Extra;
use crate::wire::Body;

/// Creates an origin. ImageKit calls this API a beta.
///
/// `POST /v1/accounts/origins` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/origins/create-origin)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// ```
/// use imagekit_proto::api::accounts::origins::{CreateOrigin, S3Source};
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let source = S3Source::new("product-images", "AKIA0", "abc123").prefix("raw-assets");
/// let endpoint = CreateOrigin::new("US S3 Storage", source);
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri().path(), "/v1/accounts/origins");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(
///     body,
///     serde_json::json!({
///         "name": "US S3 Storage",
///         "type": "S3",
///         "bucket": "product-images",
///         "prefix": "raw-assets",
///         "accessKey": "AKIA0",
///         "secretKey": "abc123",
///     })
/// );
///
/// // Credentials are sent, but not printed.
/// assert!(!format!("{endpoint:?}").contains("abc123"));
///
/// let response = http::Response::builder().status(201).body(bytes::Bytes::from(
///     r#"{"id": "origin_1", "name": "US S3 Storage", "type": "S3", "bucket": "product-images",
///         "prefix": "raw-assets", "includeCanonicalHeader": false}"#,
/// ))?;
/// assert_eq!(endpoint.parse(&response)?.id, "origin_1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "create_origin")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreateOrigin {
    /// Its name: 1 to 100 letters, digits and spaces.
    pub name: String,
    /// Whether ImageKit sends a canonical header; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_canonical_header: Option<bool>,
    /// The URL in the canonical header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url_for_canonical_header: Option<String>,
    /// What it reads from. It refuses unknown keys of a known type.
    #[serde(flatten)]
    pub source: OriginSource,
    /// Keys that this crate does not know yet; their values are not printed.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: SecretObject,
}

impl CreateOrigin {
    /// An origin of this name that reads from `source`, and defaults otherwise.
    pub fn new(name: impl Into<String>, source: impl Into<OriginSource>) -> Self {
        Self {
            name: name.into(),
            include_canonical_header: None,
            base_url_for_canonical_header: None,
            source: source.into(),
            extra: SecretObject::default(),
        }
    }

    /// Sends a canonical header, or not.
    pub fn include_canonical_header(mut self, yes: bool) -> Self {
        self.include_canonical_header = Some(yes);
        self
    }

    /// Sets the URL in the canonical header.
    pub fn base_url_for_canonical_header(mut self, url: impl Into<String>) -> Self {
        self.base_url_for_canonical_header = Some(url.into());
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for CreateOrigin {
    type Output = Origin;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check_name(cx, &self.name)?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Origin, DecodeError> {
        decode::json(response)
    }
}

impl Documented for CreateOrigin {
    const OPERATION: &'static Operation = &Operation::new(
        "create-origin",
        Method::POST,
        "/v1/accounts/origins",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/account-management-api/origins/create-origin",
    );

    const SAMPLE: Sample = Sample {
        request: r#"{"type":"WEB_PROXY","name":"a"}"#,
        status: 201,
        response: r#"{"id": "origin_1", "name": "US S3 Storage", "type": "S3", "bucket": "product-images",
        "prefix": "raw-assets", "includeCanonicalHeader": false}"#,
    };
}
