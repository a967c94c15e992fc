//! Get metadata from a URL.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::metadata::Metadata;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::secret::AssetUrl;
use crate::wire::Body;

/// Returns the metadata of a file by its URL, which has to be a URL of the account.
///
/// `GET /v1/metadata` · [documentation](https://imagekit.io/docs/api-reference/file-metadata/get-metadata-from-url)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// If the URL has a transformation, the metadata is that of the transformed image.
///
/// ```
/// use imagekit_proto::api::files::GetMetadataFromUrl;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let metadata = client.send(GetMetadataFromUrl::new("https://ik.imagekit.io/demo/cat.jpg"))?;
/// assert_eq!(metadata.format.as_deref(), Some("jpg"));
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/metadata?url=https%3A%2F%2Fik.imagekit.io%2Fdemo%2Fcat.jpg"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_metadata_from_url")]
#[doc(alias = "getFileMetadataFromUrl")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetMetadataFromUrl {
    /// URL of the file, signed where the file is private.
    pub url: AssetUrl,
}

impl GetMetadataFromUrl {
    /// Creates a request for the file at `url`.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into().into() }
    }
}

impl Endpoint for GetMetadataFromUrl {
    type Output = Metadata;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        if self.url.is_empty() {
            return Err(BuildError::Empty { field: "url" });
        }
        cx.request(Self::OPERATION).query(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Metadata, DecodeError> {
        decode::json(response)
    }
}

impl Documented for GetMetadataFromUrl {
    const OPERATION: &'static Operation = &Operation::new(
        "get-metadata-from-url",
        Method::GET,
        "/v1/metadata",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/file-metadata/get-metadata-from-url",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"url": "https://ik.imagekit.io/demo/cat.jpg"}"#,
        r#"{"height": 68, "width": 100, "size": 7749, "format": "jpg", "hasColorProfile": true,
           "quality": 0, "density": 72, "hasTransparency": false, "pHash": "f06830ca9f1e3e90",
           "exif": {"image": {"Make": "Canon", "Model": "Canon EOS 40D", "Orientation": 1}}}"#,
    );
}
