//! Delete a folder.

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

/// Deletes a folder and everything in it permanently; up to 100,000 items.
///
/// `DELETE /v1/folder` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/delete-folder)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// The request carries the path as JSON, in the body of a DELETE.
///
/// ```
/// use imagekit_proto::api::folders::DeleteFolder;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// client.send(DeleteFolder::new("/pets/kittens/"))?;
/// assert_eq!(client.request_line(), "DELETE https://api.imagekit.io/v1/folder");
/// assert_eq!(client.json(), serde_json::json!({"folderPath": "/pets/kittens/"}));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete_folder")]
#[doc(alias = "deleteFolder")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteFolder {
    /// Path of the folder.
    pub folder_path: String,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl DeleteFolder {
    /// Creates a request for the folder at `folder_path`.
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

    const SAMPLE: Sample = Sample::no_content(r#"{"folderPath": "/pets/kittens/"}"#);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn an_empty_path_is_refused() {
        let config = Config::new("private_key").unwrap();
        let cx = RequestContext::new(&config, 1).skip_limit_checks(true);
        let error = DeleteFolder::new("").build(&cx).unwrap_err();
        assert_eq!(error, BuildError::Empty { field: "folderPath" });
    }

    #[test]
    fn a_delete_with_a_body_announces_its_length() {
        let config = Config::new("private_key").unwrap();
        let request = DeleteFolder::new("/a").build(&RequestContext::new(&config, 1)).unwrap();
        assert_eq!(request.headers()["content-type"], "application/json");
        assert_eq!(request.headers()["content-length"], request.body().len().to_string().as_str());
    }
}
