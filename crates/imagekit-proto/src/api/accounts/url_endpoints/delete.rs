//! Delete a URL endpoint.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Deletes a URL endpoint. This API is in beta.
///
/// `DELETE /v1/accounts/url-endpoints/{id}` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/url-endpoints/delete-url-endpoint)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// The default endpoint of the account cannot be deleted (400).
///
/// ```
/// use imagekit_proto::api::accounts::url_endpoints::DeleteUrlEndpoint;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// client.send(DeleteUrlEndpoint::new("url-endpoint-id-2"))?;
/// assert_eq!(
///     client.request_line(),
///     "DELETE https://api.imagekit.io/v1/accounts/url-endpoints/url-endpoint-id-2"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete_url_endpoint")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteUrlEndpoint {
    /// Id of the URL endpoint.
    pub id: String,
}

impl DeleteUrlEndpoint {
    /// Creates a request for the URL endpoint `id`.
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

    const SAMPLE: Sample = Sample::no_content(r#"{"id": "url-endpoint-id-2"}"#);
}
