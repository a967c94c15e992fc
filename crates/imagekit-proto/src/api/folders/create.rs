//! Create a folder.

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

/// Creates a folder, and its parent folders if they do not exist.
///
/// `POST /v1/folder` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/create-folder)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// ```
/// use imagekit_proto::api::folders::CreateFolder;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// client.send(CreateFolder::new("kittens", "/pets/"))?;
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/folder");
/// assert_eq!(
///     client.json(),
///     serde_json::json!({"folderName": "kittens", "parentFolderPath": "/pets/"})
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "create_folder")]
#[doc(alias = "createFolder")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateFolder {
    /// The name. ImageKit replaces characters other than letters and digits by `_`.
    pub folder_name: String,
    /// Path of the parent folder; `/` is the root.
    pub parent_folder_path: String,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl CreateFolder {
    /// Creates a request for the folder `folder_name` in `parent_folder_path`.
    pub fn new(folder_name: impl Into<String>, parent_folder_path: impl Into<String>) -> Self {
        Self {
            folder_name: folder_name.into(),
            parent_folder_path: parent_folder_path.into(),
            extra: Extra::new(),
        }
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for CreateFolder {
    type Output = ();

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        not_empty("folderName", &self.folder_name)?;
        not_empty("parentFolderPath", &self.parent_folder_path)?;
        let named = !matches!(self.folder_name.as_str(), "." | "..");
        cx.ensure(named, "folderName", "a folder cannot be called `.` or `..`")?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<(), DecodeError> {
        decode::empty(response)
    }
}

impl Documented for CreateFolder {
    const OPERATION: &'static Operation = &Operation::new(
        "create-folder",
        Method::POST,
        "/v1/folder",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/create-folder",
    );

    const SAMPLE: Sample = Sample {
        request: r#"{"folderName": "kittens", "parentFolderPath": "/pets/"}"#,
        status: 201,
        response: "",
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::endpoint::EndpointExt as _;

    #[test]
    fn empty_names_and_paths_are_refused() {
        let config = Config::new("private_key").unwrap();
        let cx = RequestContext::new(&config, 1).skip_limit_checks(true);
        let empty = |field| Some(BuildError::Empty { field });
        assert_eq!(CreateFolder::new("", "/").build(&cx).err(), empty("folderName"));
        assert_eq!(CreateFolder::new("a", "").build(&cx).err(), empty("parentFolderPath"));
    }

    #[test]
    fn names_that_the_server_rejects_are_refused() {
        let config = Config::new("private_key").unwrap();
        let cx = RequestContext::new(&config, 1);
        for name in [".", ".."] {
            assert!(CreateFolder::new(name, "/").build(&cx).is_err());
            assert!(CreateFolder::new(name, "/").build(&cx.skip_limit_checks(true)).is_ok());
        }
        assert!(CreateFolder::new("...", "/").build(&cx).is_ok());
    }

    #[test]
    fn an_empty_body_and_an_object_are_success_and_a_page_is_not() {
        for body in ["", "{}", "null"] {
            let response = Response::builder().status(201).body(Bytes::from(body)).unwrap();
            assert!(CreateFolder::new("a", "/").parse(&response).is_ok(), "{body}");
        }
        let page = Response::new(Bytes::from("<html>"));
        assert!(CreateFolder::new("a", "/").parse(&page).is_err());
    }
}
