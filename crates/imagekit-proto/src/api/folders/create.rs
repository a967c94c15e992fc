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

/// Creates a folder, and those above it that do not exist yet.
///
/// `POST /v1/folder` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/create-folder)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// ```
/// use imagekit_proto::api::folders::CreateFolder;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = CreateFolder::new("summer", "/product/images/");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri().path(), "/v1/folder");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(
///     body,
///     serde_json::json!({"folderName": "summer", "parentFolderPath": "/product/images/"})
/// );
///
/// let response = http::Response::builder().status(201).body(bytes::Bytes::new())?;
/// endpoint.parse(&response)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "create_folder")]
#[doc(alias = "createFolder")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateFolder {
    /// The name. Other characters than letters and digits become `_`: the answer does not tell.
    pub folder_name: String,
    /// Where to create it; `/` is the root.
    pub parent_folder_path: String,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl CreateFolder {
    /// Creates the folder `folder_name` in `parent_folder_path`.
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
        request: r#"{"folderName":"a","parentFolderPath":"/"}"#,
        status: 201,
        response: "",
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn an_empty_path_goes_nowhere() {
        let config = Config::new("private_key").unwrap();
        let with = Prepare::new(&config, 1);
        let empty = |field| Some(BuildError::Empty { field });
        assert_eq!(DeleteFolder::new("").unchecked().build(&with).err(), empty("folderPath"));
        assert_eq!(CreateFolder::new("", "/").build(&with).err(), empty("folderName"));
        assert_eq!(CreateFolder::new("a", "").build(&with).err(), empty("parentFolderPath"));
    }

    #[test]
    fn names_that_the_server_refuses_are_refused() {
        let config = Config::new("private_key").unwrap();
        let with = Prepare::new(&config, 1);
        for name in [".", ".."] {
            assert!(CreateFolder::new(name, "/").build(&with).is_err());
            assert!(CreateFolder::new(name, "/").unchecked().build(&with).is_ok());
        }
        assert!(CreateFolder::new("...", "/").build(&with).is_ok());
    }

    #[test]
    fn a_delete_with_a_body_says_how_long_it_is() {
        let config = Config::new("private_key").unwrap();
        let request = DeleteFolder::new("/a").build(&Prepare::new(&config, 1)).unwrap();
        assert_eq!(request.headers()["content-type"], "application/json");
        assert_eq!(request.headers()["content-length"], request.body().len().to_string().as_str());
    }

    #[test]
    fn a_folder_may_be_created_with_or_without_a_word() {
        for body in ["", "{}", "null"] {
            let response = Response::builder().status(201).body(Bytes::from(body)).unwrap();
            assert!(CreateFolder::new("a", "/").parse(&response).is_ok(), "{body}");
        }
        let page = Response::new(Bytes::from("<html>"));
        assert!(CreateFolder::new("a", "/").parse(&page).is_err());
    }
}
