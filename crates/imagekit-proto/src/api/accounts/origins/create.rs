//! Create an origin.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::origin::Origin;
use super::settings::OriginSettings;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Creates an origin. This API is in beta.
///
/// `POST /v1/accounts/origins` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/origins/create-origin)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// ```
/// use imagekit_proto::api::accounts::origins::{CreateOrigin, OriginSettings, S3Source};
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let source = S3Source::new("product-images", "AKIA0", "abc123").prefix("raw-assets");
/// let origin = client.send(CreateOrigin::new(OriginSettings::new("US S3 Storage", source)))?;
/// assert_eq!(origin.id, "origin-id-1");
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/accounts/origins");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({
///         "name": "US S3 Storage",
///         "type": "S3",
///         "bucket": "product-images",
///         "prefix": "raw-assets",
///         "accessKey": "AKIA0",
///         "secretKey": "abc123",
///     })
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "create_origin")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct CreateOrigin {
    /// The settings.
    pub settings: OriginSettings,
}

impl CreateOrigin {
    /// Creates a request with `settings`.
    pub fn new(settings: OriginSettings) -> Self {
        Self { settings }
    }
}

impl Endpoint for CreateOrigin {
    type Output = Origin;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        self.settings.check(cx)?;
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
        request: r#"{"name": "US S3 Storage", "type": "S3", "bucket": "product-images",
           "prefix": "raw-assets", "accessKey": "AKIA0", "secretKey": "abc123"}"#,
        status: 201,
        response: r#"{"id": "origin-id-1", "name": "US S3 Storage", "type": "S3", "bucket": "product-images",
           "prefix": "raw-assets", "useIAMRole": false, "includeCanonicalHeader": false}"#,
    };
}
