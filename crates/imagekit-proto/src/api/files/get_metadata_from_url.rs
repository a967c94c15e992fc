//! Metadata of a file: dimensions, EXIF, perceptual hash.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::metadata::Metadata;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Gets the metadata of a file that the account delivers. With a transformation in the URL the
/// transformed image is measured.
///
/// `GET /v1/metadata` · [documentation](https://imagekit.io/docs/api-reference/file-metadata/get-metadata-from-url)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::files::GetMetadataFromUrl;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetMetadataFromUrl::new("https://ik.imagekit.io/demo/cat.jpg");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/metadata");
/// assert_eq!(request.uri().query(), Some("url=https%3A%2F%2Fik.imagekit.io%2Fdemo%2Fcat.jpg"));
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"width": 1000, "height": 500, "format": "jpg"}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.width, Some(1000.into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_metadata_from_url")]
#[doc(alias = "getFileMetadataFromUrl")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetMetadataFromUrl {
    /// The file, as a URL of the account.
    pub url: String,
}

impl GetMetadataFromUrl {
    /// The metadata of the file behind `url`.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into() }
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
        r#"{"url":"https://a/b"}"#,
        r#"{"width": 1000, "height": 500, "format": "jpg"}"#,
    );
}
