//! Create and delete a folder.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::decode;
use crate::endpoint::{
    Documented, Endpoint, Idempotency, Operation, RequestContext, Sample, not_empty,
};
use crate::error::{BuildError, DecodeError};
use crate::types::Extra;
use crate::wire::Body;

/// Deletes a folder and everything in it for good; 100,000 items at most.
///
/// The path travels as JSON, in the body of the DELETE request.
///
/// `DELETE /v1/folder` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/delete-folder)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// ```
/// use imagekit_proto::api::folders::DeleteFolder;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = DeleteFolder::new("/sale/summer/");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "DELETE");
/// assert_eq!(request.uri().path(), "/v1/folder");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(body, serde_json::json!({"folderPath": "/sale/summer/"}));
///
/// let response = http::Response::builder().status(204).body(bytes::Bytes::new())?;
/// endpoint.parse(&response)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete_folder")]
#[doc(alias = "deleteFolder")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteFolder {
    /// The path of the folder.
    pub folder_path: String,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl DeleteFolder {
    /// Deletes the folder at `folder_path`.
    pub fn new(folder_path: impl Into<String>) -> Self {
        Self { folder_path: folder_path.into(), extra: Extra::new() }
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for DeleteFolder {
    type Output = ();

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        not_empty("folderPath", &self.folder_path)?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<(), DecodeError> {
        decode::empty(response)
    }
}

impl Documented for DeleteFolder {
    const OPERATION: &'static Operation = &Operation::new(
        "delete-folder",
        Method::DELETE,
        "/v1/folder",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/delete-folder",
    );

    const SAMPLE: Sample = Sample::no_content(r#"{"folderPath":"/a"}"#);
}
