//! Update an origin.

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

/// Replaces the settings of an origin. ImageKit calls this API a beta.
///
/// What is not set takes its default, and the credentials have to be given again: no answer
/// holds them.
///
/// `PUT /v1/accounts/origins/{id}` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/origins/update-origin)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::accounts::origins::{GcsSource, UpdateOrigin};
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let source = GcsSource::new("gcs-media", "images@example.iam.gserviceaccount.com", "abc123");
/// let endpoint = UpdateOrigin::new("origin_1", "Media", source).include_canonical_header(false);
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "PUT");
/// assert_eq!(request.uri().path(), "/v1/accounts/origins/origin_1");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(
///     body,
///     serde_json::json!({
///         "name": "Media",
///         "includeCanonicalHeader": false,
///         "type": "GCS",
///         "bucket": "gcs-media",
///         "clientEmail": "images@example.iam.gserviceaccount.com",
///         "privateKey": "abc123",
///     })
/// );
///
/// // Credentials are sent, but not printed.
/// assert!(!format!("{endpoint:?}").contains("abc123"));
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"id": "origin_1", "name": "Media", "type": "GCS", "bucket": "gcs-media", "prefix": "",
///         "clientEmail": "images@example.iam.gserviceaccount.com",
///         "includeCanonicalHeader": false}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.name, "Media");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "update_origin")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UpdateOrigin {
    /// The origin.
    pub id: String,
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

impl UpdateOrigin {
    /// Gives the origin `id` this name and this source, and defaults otherwise.
    pub fn new(
        id: impl Into<String>,
        name: impl Into<String>,
        source: impl Into<OriginSource>,
    ) -> Self {
        Self {
            id: id.into(),
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

impl Endpoint for UpdateOrigin {
    type Output = Origin;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check_name(cx, &self.name)?;
        cx.request(Self::OPERATION).param("id", &self.id)?.json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Origin, DecodeError> {
        decode::json(response)
    }
}

impl Documented for UpdateOrigin {
    const OPERATION: &'static Operation = &Operation::new(
        "update-origin",
        Method::PUT,
        "/v1/accounts/origins/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/account-management-api/origins/update-origin",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"id":"a","type":"WEB_PROXY","name":"b"}"#,
        r#"{"id": "origin_1", "name": "Media", "type": "GCS", "bucket": "gcs-media", "prefix": "",
        "clientEmail": "images@example.iam.gserviceaccount.com",
        "includeCanonicalHeader": false}"#,
    );
}
