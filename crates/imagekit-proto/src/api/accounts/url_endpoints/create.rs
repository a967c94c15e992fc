//! Create a URL endpoint.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::settings::UrlEndpointSettings;
use super::url_endpoint::UrlEndpoint;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Creates a URL endpoint. Its origins have to exist. This API is in beta.
///
/// `POST /v1/accounts/url-endpoints` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/create-url-endpoint)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::{
///     CreateUrlEndpoint, UrlEndpointSettings, UrlRewriter,
/// };
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let settings = UrlEndpointSettings::new("Product images")
///     .url_prefix("product-images")
///     .origins(["origin-id-1", "origin-id-2"])
///     .url_rewriter(UrlRewriter::imgix());
/// let endpoint = client.send(CreateUrlEndpoint::new(settings))?;
/// assert_eq!(endpoint.id.as_deref(), Some("url-endpoint-id-2"));
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/accounts/url-endpoints");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({
///         "description": "Product images",
///         "urlPrefix": "product-images",
///         "origins": ["origin-id-1", "origin-id-2"],
///         "urlRewriter": {"type": "IMGIX"},
///     })
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "create_url_endpoint")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct CreateUrlEndpoint {
    /// The settings.
    pub settings: UrlEndpointSettings,
}

impl CreateUrlEndpoint {
    /// Creates a request with `settings`.
    pub fn new(settings: UrlEndpointSettings) -> Self {
        Self { settings }
    }
}

impl Endpoint for CreateUrlEndpoint {
    type Output = UrlEndpoint;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        self.settings.check(cx)?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<UrlEndpoint, DecodeError> {
        decode::json(response)
    }
}

impl Documented for CreateUrlEndpoint {
    const OPERATION: &'static Operation = &Operation::new(
        "create-url-endpoint",
        Method::POST,
        "/v1/accounts/url-endpoints",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/create-url-endpoint",
    );

    const SAMPLE: Sample = Sample {
        request: r#"{"description": "Product images", "urlPrefix": "product-images",
           "origins": ["origin-id-1", "origin-id-2"], "urlRewriter": {"type": "IMGIX"}}"#,
        status: 201,
        response: r#"{"id": "url-endpoint-id-2", "description": "Product images", "urlPrefix": "product-images",
           "origins": ["origin-id-1", "origin-id-2"], "urlRewriter": {"type": "IMGIX"}}"#,
    };
}
