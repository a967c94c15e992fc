//! Versions of a file.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::file::FileDetails;
use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::wire::Body;

/// Lists the versions of a file: the current one is a `file`, the others are `file-version`s.
///
/// `GET /v1/files/{fileId}/versions` ·
/// [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/list-file-versions)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::files::ListFileVersions;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = ListFileVersions::new("598821f949c0a938d57563bd");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/files/598821f949c0a938d57563bd/versions");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"[{"fileId": "598821f949c0a938d57563bd", "type": "file", "name": "cat.jpg",
///          "filePath": "/cat.jpg", "url": "https://ik.imagekit.io/demo/cat.jpg"}]"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "list-file-versions")]
#[doc(alias = "GET /v1/files/{fileId}/versions")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ListFileVersions {
    /// The file.
    pub file_id: String,
}

impl ListFileVersions {
    /// Lists the versions of a file: the current one is a `file`, the others are `file-version`s.
    pub fn new(file_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into() }
    }
}

impl Endpoint for ListFileVersions {
    type Output = Vec<FileDetails>;

    fn operation(&self) -> &'static str {
        "list-file-versions"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::GET)
            .path("/v1/files")
            .segment("fileId", &self.file_id)?
            .path("/versions")
            .empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Vec<FileDetails>, ParseError> {
        parse::json(self.operation(), response)
    }
}

/// Gets everything ImageKit knows about one version of a file.
///
/// `GET /v1/files/{fileId}/versions/{versionId}` ·
/// [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/get-file-version-details)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::files::GetFileVersionDetails;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetFileVersionDetails::new("598821f949c0a938d57563bd", "697821f849c0a938d57563ce");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/files/598821f949c0a938d57563bd/versions/697821f849c0a938d57563ce");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"fileId": "598821f949c0a938d57563bd", "type": "file-version", "name": "cat.jpg",
///         "filePath": "/cat.jpg", "url": "https://ik.imagekit.io/demo/cat.jpg?ik-obj-version=x"}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.name, "cat.jpg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get-file-version-details")]
#[doc(alias = "GET /v1/files/{fileId}/versions/{versionId}")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetFileVersionDetails {
    /// The file.
    pub file_id: String,
    /// The version.
    pub version_id: String,
}

impl GetFileVersionDetails {
    /// Gets everything ImageKit knows about one version of a file.
    pub fn new(file_id: impl Into<String>, version_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into(), version_id: version_id.into() }
    }
}

impl Endpoint for GetFileVersionDetails {
    type Output = FileDetails;

    fn operation(&self) -> &'static str {
        "get-file-version-details"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::GET)
            .path("/v1/files")
            .segment("fileId", &self.file_id)?
            .path("/versions")
            .segment("versionId", &self.version_id)?
            .empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<FileDetails, ParseError> {
        parse::json(self.operation(), response)
    }
}

/// Deletes a version of a file for good. The current version cannot be deleted.
///
/// `DELETE /v1/files/{fileId}/versions/{versionId}` ·
/// [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/delete-file-version)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::files::DeleteFileVersion;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = DeleteFileVersion::new("598821f949c0a938d57563bd", "697821f849c0a938d57563ce");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "DELETE");
/// assert_eq!(request.uri().path(), "/v1/files/598821f949c0a938d57563bd/versions/697821f849c0a938d57563ce");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::builder().status(204).body(bytes::Bytes::new())?;
/// endpoint.parse(&response)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "delete-file-version")]
#[doc(alias = "DELETE /v1/files/{fileId}/versions/{versionId}")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteFileVersion {
    /// The file.
    pub file_id: String,
    /// The version.
    pub version_id: String,
}

impl DeleteFileVersion {
    /// Deletes the version `version_id` of the file `file_id`.
    pub fn new(file_id: impl Into<String>, version_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into(), version_id: version_id.into() }
    }
}

impl Endpoint for DeleteFileVersion {
    type Output = ();

    fn operation(&self) -> &'static str {
        "delete-file-version"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::DELETE)
            .path("/v1/files")
            .segment("fileId", &self.file_id)?
            .path("/versions")
            .segment("versionId", &self.version_id)?
            .empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<(), ParseError> {
        parse::empty(self.operation(), response)
    }
}

/// Makes a version of a file the current one.
///
/// `PUT /v1/files/{fileId}/versions/{versionId}/restore` ·
/// [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/restore-file-version)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::files::RestoreFileVersion;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = RestoreFileVersion::new("598821f949c0a938d57563bd", "697821f849c0a938d57563ce");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "PUT");
/// assert_eq!(
///     request.uri().path(),
///     "/v1/files/598821f949c0a938d57563bd/versions/697821f849c0a938d57563ce/restore"
/// );
/// assert!(request.body().is_empty());
/// assert_eq!(request.headers()["content-length"], "0");
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"fileId": "598821f949c0a938d57563bd", "type": "file", "name": "cat.jpg",
///         "filePath": "/cat.jpg", "url": "https://ik.imagekit.io/demo/cat.jpg",
///         "versionInfo": {"id": "697821f849c0a938d57563ce", "name": "Version 1"}}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.name, "cat.jpg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "restore-file-version")]
#[doc(alias = "PUT /v1/files/{fileId}/versions/{versionId}/restore")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct RestoreFileVersion {
    /// The file.
    pub file_id: String,
    /// The version.
    pub version_id: String,
}

impl RestoreFileVersion {
    /// Makes the version `version_id` of the file `file_id` the current one.
    pub fn new(file_id: impl Into<String>, version_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into(), version_id: version_id.into() }
    }
}

impl Endpoint for RestoreFileVersion {
    type Output = FileDetails;

    fn operation(&self) -> &'static str {
        "restore-file-version"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::PUT)
            .path("/v1/files")
            .segment("fileId", &self.file_id)?
            .path("/versions")
            .segment("versionId", &self.version_id)?
            .path("/restore")
            .empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<FileDetails, ParseError> {
        parse::json(self.operation(), response)
    }
}
