//! The table of all operations: build any of them from JSON, parse its answer to JSON.
//!
//! For tools, bindings and tests that know an operation by its id; a program that knows it by
//! name uses the types in [`api`](crate::api).
//!
//! ```
//! use imagekit_proto::{Config, Endpoint, Prepare, operation};
//!
//! let operation = operation::find("get-file-details").unwrap();
//! assert_eq!((operation.method(), operation.path()), ("GET", "/v1/files/{fileId}/details"));
//!
//! let endpoint = operation.endpoint(serde_json::json!({"fileId": "598821f949c0a938d57563bd"}))?;
//! let request = endpoint.build(&Prepare::new(&Config::new("private_abc")?, 7))?;
//! assert_eq!(request.uri().path(), "/v1/files/598821f949c0a938d57563bd/details");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;

use bytes::Bytes;
use http::{Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::api::{
    accounts, assets, cache, custom_metadata_fields, files, folders, named_transformations,
    saved_extensions, upload,
};
use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::{DecodeError, ParseError, shape};
use crate::wire::Body;

/// Any operation, its result as JSON.
pub type JsonEndpoint = Box<dyn Endpoint<Output = Value> + Send + Sync>;

/// One line of the table.
#[derive(Clone, Copy)]
pub struct Operation {
    id: &'static str,
    method: &'static str,
    path: &'static str,
    repeat: Repeat,
    example: &'static str,
    endpoint: fn(Value) -> serde_json::Result<JsonEndpoint>,
}

use Repeat::{OnlyIfUnsent, Safe};

const UPLOAD: &str = r#"{"file":"https://a/b","fileName":"b"}"#;
const FILE: &str = r#"{"fileId":"a"}"#;
const FILES: &str = r#"{"fileIds":["a"]}"#;
const TAGS: &str = r#"{"fileIds":["a"],"tags":["b"]}"#;
const FILE_INTO: &str = r#"{"sourceFilePath":"/a","destinationPath":"/b"}"#;
const FOLDER_INTO: &str = r#"{"sourceFolderPath":"/a","destinationPath":"/b"}"#;
const VERSION: &str = r#"{"fileId":"a","versionId":"b"}"#;
const ID: &str = r#"{"id":"a"}"#;
const PERIOD: &str = r#"{"startDate":"2024-01-01","endDate":"2024-01-31"}"#;
const CREATE_FIELD: &str = r#"{"name":"a","label":"b","schema":{"type":"Text"}}"#;
const UPDATE_FIELD: &str = r#"{"id":"a","label":"b"}"#;
const CREATE_EXTENSION: &str = r#"{"name":"a","description":"b","config":{"name":"remove-bg"}}"#;
const CREATE_NAMED: &str = r#"{"name":"a","transformation":"w-1"}"#;
const CREATE_ORIGIN: &str = r#"{"type":"WEB_PROXY","name":"a"}"#;
const UPDATE_ORIGIN: &str = r#"{"id":"a","type":"WEB_PROXY","name":"b"}"#;
const CREATE_ENDPOINT: &str = r#"{"description":"a"}"#;
const UPDATE_ENDPOINT: &str = r#"{"id":"a","description":"b"}"#;

/// Every operation of this version of the crate: id, method, path, repeat class (that of the
/// plainest request; some values change it), the plainest input.
#[rustfmt::skip]
static OPERATIONS: &[Operation] = &[
    op::<upload::UploadFile>("upload-file", "POST", "/api/v1/files/upload", OnlyIfUnsent, UPLOAD),
    op::<upload::UploadFileV2>("upload-file-v2", "POST", "/api/v2/files/upload", OnlyIfUnsent, UPLOAD),
    op::<files::GetFileDetails>("get-file-details", "GET", "/v1/files/{fileId}/details", Safe, FILE),
    op::<files::UpdateFileDetails>("update-file-details", "PATCH", "/v1/files/{fileId}/details", Safe, FILE),
    op::<assets::ListAndSearchAssets>("list-and-search-assets", "GET", "/v1/files", Safe, "{}"),
    op::<files::DeleteFile>("delete-file", "DELETE", "/v1/files/{fileId}", Safe, FILE),
    op::<files::DeleteMultipleFiles>("delete-multiple-files", "POST", "/v1/files/batch/deleteByFileIds", OnlyIfUnsent, FILES),
    op::<files::CopyFile>("copy-file", "POST", "/v1/files/copy", OnlyIfUnsent, FILE_INTO),
    op::<files::MoveFile>("move-file", "POST", "/v1/files/move", OnlyIfUnsent, FILE_INTO),
    op::<files::RenameFile>("rename-file", "PUT", "/v1/files/rename", OnlyIfUnsent, r#"{"filePath":"/a","newFileName":"b"}"#),
    op::<files::ListFileVersions>("list-file-versions", "GET", "/v1/files/{fileId}/versions", Safe, FILE),
    op::<files::GetFileVersionDetails>("get-file-version-details", "GET", "/v1/files/{fileId}/versions/{versionId}", Safe, VERSION),
    op::<files::DeleteFileVersion>("delete-file-version", "DELETE", "/v1/files/{fileId}/versions/{versionId}", Safe, VERSION),
    op::<files::RestoreFileVersion>("restore-file-version", "PUT", "/v1/files/{fileId}/versions/{versionId}/restore", Safe, VERSION),
    op::<files::AddTagsBulk>("add-tags-bulk", "POST", "/v1/files/addTags", Safe, TAGS),
    op::<files::RemoveTagsBulk>("remove-tags-bulk", "POST", "/v1/files/removeTags", Safe, TAGS),
    op::<files::RemoveAiTagsBulk>("remove-ai-tags-bulk", "POST", "/v1/files/removeAITags", Safe, r#"{"fileIds":["a"],"AITags":["b"]}"#),
    op::<folders::CreateFolder>("create-folder", "POST", "/v1/folder", OnlyIfUnsent, r#"{"folderName":"a","parentFolderPath":"/"}"#),
    op::<folders::DeleteFolder>("delete-folder", "DELETE", "/v1/folder", OnlyIfUnsent, r#"{"folderPath":"/a"}"#),
    op::<folders::CopyFolder>("copy-folder", "POST", "/v1/bulkJobs/copyFolder", OnlyIfUnsent, FOLDER_INTO),
    op::<folders::MoveFolder>("move-folder", "POST", "/v1/bulkJobs/moveFolder", OnlyIfUnsent, FOLDER_INTO),
    op::<folders::RenameFolder>("rename-folder", "POST", "/v1/bulkJobs/renameFolder", OnlyIfUnsent, r#"{"folderPath":"/a","newFolderName":"b"}"#),
    op::<folders::BulkJobStatus>("bulk-job-status", "GET", "/v1/bulkJobs/{jobId}", Safe, r#"{"jobId":"a"}"#),
    op::<cache::PurgeCache>("purge-cache", "POST", "/v1/files/purge", OnlyIfUnsent, r#"{"url":"https://a/b"}"#),
    op::<cache::PurgeStatus>("purge-status", "GET", "/v1/files/purge/{requestId}", Safe, r#"{"requestId":"a"}"#),
    op::<files::GetUploadedFileMetadata>("get-uploaded-file-metadata", "GET", "/v1/files/{fileId}/metadata", Safe, FILE),
    op::<files::GetMetadataFromUrl>("get-metadata-from-url", "GET", "/v1/metadata", Safe, r#"{"url":"https://a/b"}"#),
    op::<custom_metadata_fields::CreateCustomMetadataField>("create-new-field", "POST", "/v1/customMetadataFields", OnlyIfUnsent, CREATE_FIELD),
    op::<custom_metadata_fields::ListCustomMetadataFields>("list-all-fields", "GET", "/v1/customMetadataFields", Safe, "{}"),
    op::<custom_metadata_fields::UpdateCustomMetadataField>("update-existing-field", "PATCH", "/v1/customMetadataFields/{id}", Safe, UPDATE_FIELD),
    op::<custom_metadata_fields::DeleteCustomMetadataField>("delete-a-field", "DELETE", "/v1/customMetadataFields/{id}", Safe, ID),
    op::<saved_extensions::ListSavedExtensions>("list-extensions", "GET", "/v1/saved-extensions", Safe, "{}"),
    op::<saved_extensions::CreateSavedExtension>("create-extension", "POST", "/v1/saved-extensions", OnlyIfUnsent, CREATE_EXTENSION),
    op::<saved_extensions::GetSavedExtension>("get-extension", "GET", "/v1/saved-extensions/{id}", Safe, ID),
    op::<saved_extensions::UpdateSavedExtension>("update-extension", "PATCH", "/v1/saved-extensions/{id}", Safe, ID),
    op::<saved_extensions::DeleteSavedExtension>("delete-extension", "DELETE", "/v1/saved-extensions/{id}", Safe, ID),
    op::<named_transformations::ListNamedTransformations>("list-named-transformations", "GET", "/v1/named-transformations", Safe, "{}"),
    op::<named_transformations::CreateNamedTransformation>("create-named-transformation", "POST", "/v1/named-transformations", OnlyIfUnsent, CREATE_NAMED),
    op::<named_transformations::GetNamedTransformation>("get-named-transformation", "GET", "/v1/named-transformations/{id}", Safe, ID),
    op::<named_transformations::UpdateNamedTransformation>("update-named-transformation", "PATCH", "/v1/named-transformations/{id}", Safe, ID),
    op::<named_transformations::DeleteNamedTransformation>("delete-named-transformation", "DELETE", "/v1/named-transformations/{id}", Safe, ID),
    op::<accounts::GetAccountUsage>("get-usage", "GET", "/v1/accounts/usage", Safe, PERIOD),
    op::<accounts::usage_analytics::GetUsageAnalytics>("get-usage-analytics", "GET", "/v1/accounts/usage-analytics", Safe, PERIOD),
    op::<accounts::origins::ListOrigins>("list-origins", "GET", "/v1/accounts/origins", Safe, "{}"),
    op::<accounts::origins::CreateOrigin>("create-origin", "POST", "/v1/accounts/origins", OnlyIfUnsent, CREATE_ORIGIN),
    op::<accounts::origins::GetOrigin>("get-origin", "GET", "/v1/accounts/origins/{id}", Safe, ID),
    op::<accounts::origins::UpdateOrigin>("update-origin", "PUT", "/v1/accounts/origins/{id}", Safe, UPDATE_ORIGIN),
    op::<accounts::origins::DeleteOrigin>("delete-origin", "DELETE", "/v1/accounts/origins/{id}", Safe, ID),
    op::<accounts::url_endpoints::ListUrlEndpoints>("list-url-endpoints", "GET", "/v1/accounts/url-endpoints", Safe, "{}"),
    op::<accounts::url_endpoints::CreateUrlEndpoint>("create-url-endpoint", "POST", "/v1/accounts/url-endpoints", OnlyIfUnsent, CREATE_ENDPOINT),
    op::<accounts::url_endpoints::GetUrlEndpoint>("get-url-endpoint", "GET", "/v1/accounts/url-endpoints/{id}", Safe, ID),
    op::<accounts::url_endpoints::UpdateUrlEndpoint>("update-url-endpoint", "PUT", "/v1/accounts/url-endpoints/{id}", Safe, UPDATE_ENDPOINT),
    op::<accounts::url_endpoints::DeleteUrlEndpoint>("delete-url-endpoint", "DELETE", "/v1/accounts/url-endpoints/{id}", Safe, ID),
];

const fn op<E>(
    id: &'static str,
    method: &'static str,
    path: &'static str,
    repeat: Repeat,
    example: &'static str,
) -> Operation
where
    E: Endpoint<Output: Serialize> + DeserializeOwned + Send + Sync + 'static,
{
    Operation { id, method, path, repeat, example, endpoint: from_json::<E> }
}

fn from_json<E>(input: Value) -> serde_json::Result<JsonEndpoint>
where
    E: Endpoint<Output: Serialize> + DeserializeOwned + Send + Sync + 'static,
{
    Ok(Box::new(Json(serde_json::from_value::<E>(input)?)))
}

/// Every operation, in the order of the documentation.
pub fn all() -> &'static [Operation] {
    OPERATIONS
}

/// The operation with the id `id`.
pub fn find(id: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.id == id)
}

impl Operation {
    /// The id in ImageKit's OpenAPI description.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method.
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The path, parameters in braces.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// The repeat class of the plainest request.
    pub fn repeat(&self) -> Repeat {
        self.repeat
    }

    /// The plainest input that builds a request.
    pub fn example(&self) -> Value {
        serde_json::from_str(self.example).unwrap_or_default()
    }

    /// The operation with `input` under the API's own field names, path parameters included.
    /// An unknown key is refused; `null` is absent unless it means "unset".
    ///
    /// # Errors
    ///
    /// `input` is not this operation's.
    pub fn endpoint(&self, input: Value) -> Result<JsonEndpoint, InputError> {
        (self.endpoint)(input)
            .map_err(|error| InputError { operation: self.id, message: shape::of_input(&error) })
    }

    /// The answer of this operation as JSON.
    ///
    /// # Errors
    ///
    /// As [`Endpoint::parse`].
    pub fn parse(&self, response: &Response<Bytes>) -> Result<Value, ParseError> {
        match self.endpoint(self.example()) {
            Ok(endpoint) => endpoint.parse(response),
            Err(error) => Err(DecodeError::new(self.id, response, error.message).into()),
        }
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.id, self.method, self.path)
    }
}

/// An endpoint whose result is turned into JSON.
struct Json<E>(E);

impl<E: Endpoint<Output: Serialize>> Endpoint for Json<E> {
    type Output = Value;

    fn operation(&self) -> &'static str {
        self.0.operation()
    }

    fn repeat(&self) -> Repeat {
        self.0.repeat()
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        self.0.build(with)
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Value, ParseError> {
        let value = self.0.parse(response)?;
        serde_json::to_value(value)
            .map_err(|error| DecodeError::new(self.operation(), response, error.to_string()).into())
    }
}

/// An input that is not the operation's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InputError {
    /// The operation's id.
    pub operation: &'static str,
    /// What is wrong with the input: keys are named, values never quoted.
    pub message: String,
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.message)
    }
}

impl std::error::Error for InputError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_table_says_what_the_types_do() {
        let config = Config::new("private_key").unwrap();
        for operation in all() {
            let endpoint = operation.endpoint(operation.example()).unwrap();
            assert_eq!(endpoint.operation(), operation.id);
            assert_eq!(endpoint.repeat(), operation.repeat, "{operation:?}");
            let request = endpoint.build(&Prepare::new(&config, 1)).unwrap();
            assert_eq!(request.method(), operation.method, "{operation:?}");
            let path = request.uri().path();
            let same = |(template, segment): (&str, &str)| {
                template == segment || (template.starts_with('{') && !segment.is_empty())
            };
            assert_eq!(path.split('/').count(), operation.path.split('/').count(), "{path}");
            assert!(operation.path.split('/').zip(path.split('/')).all(same), "{path}");
        }
    }

    #[test]
    fn ids_are_unique() {
        for operation in all() {
            assert!(std::ptr::eq(find(operation.id).unwrap(), operation), "{operation:?}");
        }
    }

    #[test]
    fn unknown_keys_are_refused() {
        for operation in all() {
            let mut input = operation.example();
            input["surelyUnknown"] = 1.into();
            let error = operation.endpoint(input).err().unwrap();
            assert!(error.message.contains("surelyUnknown"), "{error}");
        }
    }
}
