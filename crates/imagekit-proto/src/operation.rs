//! The table of all operations: build any of them from JSON, parse its response to JSON.
//!
//! For tools, bindings and tests that know an operation by its id. A program that knows it by name
//! uses the types in [`api`](crate::api).
//!
//! ```
//! use imagekit_proto::{Config, Endpoint, RequestContext, operation};
//!
//! let entry = operation::find("get-file-details").unwrap();
//! assert_eq!(entry.operation().path, "/v1/files/{fileId}/details");
//!
//! let endpoint = entry.endpoint(serde_json::json!({"fileId": "598821f949c0a938d57563bd"}))?;
//! let request = endpoint.build(&RequestContext::new(&Config::new("private_abc")?, 7))?;
//! assert_eq!(request.uri().path(), "/v1/files/598821f949c0a938d57563bd/details");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::api::{
    accounts, assets, cache, custom_metadata_fields, files, folders, named_transformations,
    saved_extensions, upload,
};
use crate::endpoint::{
    Documented, Endpoint, EndpointExt as _, Idempotency, Operation, RequestContext, Sample,
};
use crate::error::{BuildError, DecodeError, ParseError, shape};
use crate::wire::Body;

/// Any operation, its result as JSON.
pub type JsonEndpoint = Box<dyn Endpoint<Output = Value> + Send + Sync>;

/// Every operation of this version of the crate, in the order of the documentation.
static ENTRIES: &[Entry] = &[
    entry::<upload::UploadFile>(),
    entry::<upload::UploadFileV2>(),
    entry::<files::GetFileDetails>(),
    entry::<files::UpdateFileDetails>(),
    entry::<assets::ListAndSearchAssets>(),
    entry::<files::DeleteFile>(),
    entry::<files::DeleteMultipleFiles>(),
    entry::<files::CopyFile>(),
    entry::<files::MoveFile>(),
    entry::<files::RenameFile>(),
    entry::<files::ListFileVersions>(),
    entry::<files::GetFileVersionDetails>(),
    entry::<files::DeleteFileVersion>(),
    entry::<files::RestoreFileVersion>(),
    entry::<files::AddTagsBulk>(),
    entry::<files::RemoveTagsBulk>(),
    entry::<files::RemoveAiTagsBulk>(),
    entry::<folders::CreateFolder>(),
    entry::<folders::DeleteFolder>(),
    entry::<folders::CopyFolder>(),
    entry::<folders::MoveFolder>(),
    entry::<folders::RenameFolder>(),
    entry::<folders::BulkJobStatus>(),
    entry::<cache::PurgeCache>(),
    entry::<cache::PurgeStatus>(),
    entry::<files::GetUploadedFileMetadata>(),
    entry::<files::GetMetadataFromUrl>(),
    entry::<custom_metadata_fields::CreateCustomMetadataField>(),
    entry::<custom_metadata_fields::ListCustomMetadataFields>(),
    entry::<custom_metadata_fields::UpdateCustomMetadataField>(),
    entry::<custom_metadata_fields::DeleteCustomMetadataField>(),
    entry::<saved_extensions::ListSavedExtensions>(),
    entry::<saved_extensions::CreateSavedExtension>(),
    entry::<saved_extensions::GetSavedExtension>(),
    entry::<saved_extensions::UpdateSavedExtension>(),
    entry::<saved_extensions::DeleteSavedExtension>(),
    entry::<named_transformations::ListNamedTransformations>(),
    entry::<named_transformations::CreateNamedTransformation>(),
    entry::<named_transformations::GetNamedTransformation>(),
    entry::<named_transformations::UpdateNamedTransformation>(),
    entry::<named_transformations::DeleteNamedTransformation>(),
    entry::<accounts::GetAccountUsage>(),
    entry::<accounts::usage_analytics::GetUsageAnalytics>(),
    entry::<accounts::origins::ListOrigins>(),
    entry::<accounts::origins::CreateOrigin>(),
    entry::<accounts::origins::GetOrigin>(),
    entry::<accounts::origins::UpdateOrigin>(),
    entry::<accounts::origins::DeleteOrigin>(),
    entry::<accounts::url_endpoints::ListUrlEndpoints>(),
    entry::<accounts::url_endpoints::CreateUrlEndpoint>(),
    entry::<accounts::url_endpoints::GetUrlEndpoint>(),
    entry::<accounts::url_endpoints::UpdateUrlEndpoint>(),
    entry::<accounts::url_endpoints::DeleteUrlEndpoint>(),
];

const fn entry<E>() -> Entry
where
    E: Documented<Output: Serialize> + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    Entry {
        operation: E::OPERATION,
        sample: E::SAMPLE,
        endpoint: from_json::<E>,
        normalize: normalize::<E>,
    }
}

fn from_json<E>(input: Value) -> serde_json::Result<JsonEndpoint>
where
    E: Endpoint<Output: Serialize> + DeserializeOwned + Send + Sync + 'static,
{
    Ok(Box::new(Json(serde_json::from_value::<E>(input)?)))
}

fn normalize<E: Serialize + DeserializeOwned>(input: Value) -> serde_json::Result<Value> {
    serde_json::to_value(serde_json::from_value::<E>(input)?)
}

/// Returns every operation, in the order of the documentation.
pub fn all() -> &'static [Entry] {
    ENTRIES
}

/// Returns the operation with the id `id`.
pub fn find(id: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.operation.id == id)
}

/// One operation of the table.
#[derive(Clone, Copy)]
pub struct Entry {
    operation: &'static Operation,
    sample: Sample,
    endpoint: fn(Value) -> serde_json::Result<JsonEndpoint>,
    normalize: fn(Value) -> serde_json::Result<Value>,
}

impl Entry {
    /// Returns the operation's id, method, path, idempotency and documentation page.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the plainest request as JSON: an input for [`endpoint`](Self::endpoint).
    pub fn sample_request(&self) -> Value {
        serde_json::from_str(self.sample.request).unwrap_or_default()
    }

    /// Returns a response to the plainest request.
    pub fn sample_response(&self) -> Response<Bytes> {
        let mut response = Response::new(Bytes::from_static(self.sample.response.as_bytes()));
        *response.status_mut() = StatusCode::from_u16(self.sample.status).unwrap_or_default();
        response
    }

    /// Builds the request type from `input`: the API's own field names, path parameters included.
    /// An unknown key is refused; `null` is absent unless it clears a value.
    ///
    /// # Errors
    ///
    /// `input` is not the JSON of this operation's request.
    pub fn endpoint(&self, input: Value) -> Result<JsonEndpoint, InputError> {
        (self.endpoint)(input).map_err(|error| self.input_error(&error))
    }

    /// Returns `input` as the request type serialises it: without the nulls that mean absent.
    ///
    /// # Errors
    ///
    /// `input` is not the JSON of this operation's request.
    pub fn normalize(&self, input: Value) -> Result<Value, InputError> {
        (self.normalize)(input).map_err(|error| self.input_error(&error))
    }

    fn input_error(&self, error: &serde_json::Error) -> InputError {
        InputError { operation: self.operation.id, message: shape::of_input(error) }
    }

    /// Parses a response to any request of the operation as JSON.
    ///
    /// An operation on one file refuses the details of another one; here the `fileId` of the
    /// response is taken to be that of the request.
    ///
    /// # Errors
    ///
    /// As [`EndpointExt::parse`](crate::EndpointExt::parse).
    pub fn parse(&self, response: &Response<Bytes>) -> Result<Value, ParseError> {
        let mut request = self.sample_request();
        if let (Some(asked), Some(named)) = (request.get_mut("fileId"), file_id(response)) {
            *asked = named.into();
        }
        match self.endpoint(request) {
            Ok(endpoint) => endpoint.parse(response),
            Err(error) => Err(DecodeError::new(response, error.message)
                .for_operation(self.operation.id)
                .into()),
        }
    }
}

/// The `fileId` of an object, or of the first object of a list.
fn file_id(response: &Response<Bytes>) -> Option<String> {
    #[derive(Deserialize)]
    struct File {
        #[serde(rename = "fileId")]
        file_id: String,
    }

    let body = response.body();
    let file = match serde_json::from_slice(body) {
        Ok(file) => Some(file),
        Err(_) => serde_json::from_slice::<Vec<File>>(body).ok()?.into_iter().next(),
    };
    file.map(|file: File| file.file_id)
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.operation.fmt(f)
    }
}

/// An endpoint whose result becomes JSON.
struct Json<E>(E);

impl<E: Endpoint<Output: Serialize>> Endpoint for Json<E> {
    type Output = Value;

    fn operation(&self) -> &'static Operation {
        self.0.operation()
    }

    fn idempotency(&self) -> Idempotency {
        self.0.idempotency()
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        self.0.build(cx)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Value, DecodeError> {
        let value = self.0.decode(response)?;
        serde_json::to_value(value).map_err(|error| DecodeError::new(response, error.to_string()))
    }
}

/// An input that is not the JSON of an operation's request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InputError {
    /// The operation's id.
    pub operation: &'static str,
    /// What is wrong with the input; it names keys and never quotes values.
    pub message: String,
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.message)
    }
}

impl std::error::Error for InputError {}
