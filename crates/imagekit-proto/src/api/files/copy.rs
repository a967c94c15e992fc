//! Copy and move files.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat, not_empty};
use crate::error::ParseError;
use crate::parse;
use crate::types::Extra;
use crate::wire::Body;

/// Copies a file into a folder.
///
/// If the folder holds a file of that name, the copy becomes its newest version: nothing is
/// refused, and nothing in the answer tells.
///
/// `POST /v1/files/copy` ·
/// [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/copy-file)
/// · repeat class: [`OnlyIfUnsent`](Repeat::OnlyIfUnsent)
///
/// ```
/// use imagekit_proto::api::files::CopyFile;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = CopyFile::new("/sale/cat.jpg", "/archive/").include_file_versions(true);
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri().path(), "/v1/files/copy");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(
///     body,
///     serde_json::json!({
///         "sourceFilePath": "/sale/cat.jpg",
///         "destinationPath": "/archive/",
///         "includeFileVersions": true,
///     })
/// );
///
/// let response = http::Response::builder().status(204).body(bytes::Bytes::new())?;
/// endpoint.parse(&response)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "copy-file")]
#[doc(alias = "POST /v1/files/copy")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct CopyFile {
    /// The path of the file.
    pub source_file_path: String,
    /// The folder to copy it into.
    pub destination_path: String,
    /// All versions, not the current one alone (the default).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_file_versions: Option<bool>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl CopyFile {
    /// Copies the current version of the file at `source_file_path` into the folder
    /// `destination_path`.
    pub fn new(source_file_path: impl Into<String>, destination_path: impl Into<String>) -> Self {
        Self {
            source_file_path: source_file_path.into(),
            destination_path: destination_path.into(),
            include_file_versions: None,
            extra: Extra::new(),
        }
    }

    /// Whether to copy all versions of the file.
    pub fn include_file_versions(mut self, include: bool) -> Self {
        self.include_file_versions = Some(include);
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for CopyFile {
    type Output = ();

    fn operation(&self) -> &'static str {
        "copy-file"
    }

    fn repeat(&self) -> Repeat {
        Repeat::OnlyIfUnsent
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        not_empty("sourceFilePath", &self.source_file_path)?;
        not_empty("destinationPath", &self.destination_path)?;
        with.api(Method::POST).path("/v1/files/copy").json(self, &[], &self.extra)
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<(), ParseError> {
        parse::empty(self.operation(), response)
    }
}

/// Moves a file and all its versions into a folder.
///
/// If the folder holds a file of that name, what is moved joins its version history: nothing is
/// refused, and nothing in the answer tells.
///
/// `POST /v1/files/move` ·
/// [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/move-file)
/// · repeat class: [`OnlyIfUnsent`](Repeat::OnlyIfUnsent)
///
/// ```
/// use imagekit_proto::api::files::MoveFile;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = MoveFile::new("/sale/cat.jpg", "/archive/");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri().path(), "/v1/files/move");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(
///     body,
///     serde_json::json!({"sourceFilePath": "/sale/cat.jpg", "destinationPath": "/archive/"})
/// );
///
/// let response = http::Response::builder().status(204).body(bytes::Bytes::new())?;
/// endpoint.parse(&response)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "move-file")]
#[doc(alias = "POST /v1/files/move")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct MoveFile {
    /// The path of the file.
    pub source_file_path: String,
    /// The folder to move it into.
    pub destination_path: String,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl MoveFile {
    /// Moves the file at `source_file_path` into the folder `destination_path`.
    pub fn new(source_file_path: impl Into<String>, destination_path: impl Into<String>) -> Self {
        Self {
            source_file_path: source_file_path.into(),
            destination_path: destination_path.into(),
            extra: Extra::new(),
        }
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for MoveFile {
    type Output = ();

    fn operation(&self) -> &'static str {
        "move-file"
    }

    fn repeat(&self) -> Repeat {
        Repeat::OnlyIfUnsent
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        not_empty("sourceFilePath", &self.source_file_path)?;
        not_empty("destinationPath", &self.destination_path)?;
        with.api(Method::POST).path("/v1/files/move").json(self, &[], &self.extra)
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<(), ParseError> {
        parse::empty(self.operation(), response)
    }
}
