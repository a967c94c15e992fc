//! Update an origin.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::origin::Origin;
use super::settings::OriginSettings;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Replaces the settings of an origin. This API is in beta.
///
/// `PUT /v1/accounts/origins/{id}` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/origins/update-origin)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// A setting that is not given gets its default. Give the credentials again: no response contains
/// them.
///
/// ```
/// use imagekit_proto::api::accounts::origins::{GcsSource, OriginSettings, UpdateOrigin};
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let source = GcsSource::new("gcs-media", "images@example.iam.gserviceaccount.com", "abc123");
/// let settings = OriginSettings::new("Media", source).include_canonical_header(false);
/// let origin = client.send(UpdateOrigin::new("origin-id-1", settings))?;
/// assert_eq!(origin.name, "Media");
/// assert_eq!(
///     client.request_line(),
///     "PUT https://api.imagekit.io/v1/accounts/origins/origin-id-1"
/// );
/// assert_eq!(
///     client.json(),
///     serde_json::json!({
///         "name": "Media",
///         "includeCanonicalHeader": false,
///         "type": "GCS",
///         "bucket": "gcs-media",
///         "clientEmail": "images@example.iam.gserviceaccount.com",
///         "privateKey": "abc123",
///     })
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "update_origin")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UpdateOrigin {
    /// Id of the origin.
    pub id: String,
    /// The new settings.
    #[serde(flatten)]
    pub settings: OriginSettings,
}

impl UpdateOrigin {
    /// Replaces the settings of the origin `id`.
    pub fn new(id: impl Into<String>, settings: OriginSettings) -> Self {
        Self { id: id.into(), settings }
    }
}

impl Endpoint for UpdateOrigin {
    type Output = Origin;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        self.settings.check(cx)?;
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
        r#"{"id": "origin-id-1", "name": "Media", "type": "GCS", "bucket": "gcs-media",
           "clientEmail": "images@example.iam.gserviceaccount.com", "privateKey": "abc123"}"#,
        r#"{"id": "origin-id-1", "name": "Media", "type": "GCS", "bucket": "gcs-media", "prefix": "",
           "clientEmail": "images@example.iam.gserviceaccount.com", "includeCanonicalHeader": false}"#,
    );
}
