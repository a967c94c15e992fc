//! Delete a URL endpoint.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Deletes a URL endpoint. ImageKit calls this API a beta.
///
/// The default one, which ImageKit made with the account, cannot be deleted (400).
///
/// `DELETE /v1/accounts/url-endpoints/{id}` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/delete-url-endpoint)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::DeleteUrlEndpoint;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = DeleteUrlEndpoint::new("endpoint_1");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "DELETE");
/// assert_eq!(request.uri().path(), "/v1/accounts/url-endpoints/endpoint_1");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::builder().status(204).body(bytes::Bytes::new())?;
/// endpoint.parse(&response)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete_url_endpoint")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteUrlEndpoint {
    /// The URL endpoint.
    pub id: String,
}

impl DeleteUrlEndpoint {
    /// Deletes the URL endpoint `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for DeleteUrlEndpoint {
    type Output = ();

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("id", &self.id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<(), DecodeError> {
        decode::empty(response)
    }
}

impl Documented for DeleteUrlEndpoint {
    const OPERATION: &'static Operation = &Operation::new(
        "delete-url-endpoint",
        Method::DELETE,
        "/v1/accounts/url-endpoints/{id}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/delete-url-endpoint",
    );

    const SAMPLE: Sample = Sample::no_content(r#"{"id":"a"}"#);
}
