//! The upload request.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::credentials::{V1, V2, Version, from_fields};
use super::outcome::UploadOutcome;
use super::source::FileSource;
use super::transformation::UploadTransformation;
use crate::api::files::{CustomMetadata, Extension, check_extensions, check_tags};
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::secret::SecretUrl;
use crate::types::{Extra, nullable, open_enum};
use crate::wire::Body;

/// Uploads a file.
///
/// `POST /api/v1/files/upload` · [documentation](https://imagekit.io/docs/api-reference/upload-file/upload-file)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// With [credentials](UploadRequest::credentials) it is [`SingleUse`](Idempotency::SingleUse).
///
/// ```
/// use imagekit_proto::api::upload::{FileSource, UploadFile};
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// // ImageKit fetches the file. For a file of yours, see the `upload` of a client.
/// let upload = UploadFile::new("cat.jpg")
///     .file(FileSource::url("https://example.com/cat.jpg"))
///     .folder("/pets")
///     .tags(["cat", "grey"]);
/// let uploaded = client.send(upload)?;
/// let file = uploaded.file().ok_or("ImageKit transforms the video first")?;
/// assert_eq!(file.name, "cat_a1b2.jpg");
/// assert_eq!(client.request_line(), "POST https://upload.imagekit.io/api/v1/files/upload");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "upload_file")]
#[doc(alias = "upload")]
pub type UploadFile = UploadRequest<V1>;

/// Uploads a file, by version 2 of the API (beta): its token covers the whole form.
///
/// `POST /api/v2/files/upload` · [documentation](https://imagekit.io/docs/api-reference/upload-file/upload-file-v2)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// With [credentials](UploadRequest::credentials) it is [`SingleUse`](Idempotency::SingleUse).
///
/// ```
/// use imagekit_proto::api::upload::{FileSource, UploadFileV2, UploadJwt};
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// // With a token of its own the request carries no private key.
/// let upload = UploadFileV2::new("cat.jpg")
///     .file(FileSource::url("https://example.com/cat.jpg"))
///     .credentials(UploadJwt::new("eyJhbGciOiJIUzI1NiJ9.e30.example"));
/// let uploaded = client.send(upload)?;
/// assert!(uploaded.file().is_some());
/// assert_eq!(client.request_line(), "POST https://upload.imagekit.io/api/v2/files/upload");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "upload_file_v2")]
pub type UploadFileV2 = UploadRequest<V2>;

/// An upload, by version `V` of the API: see [`UploadFile`] and [`UploadFileV2`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, bound = "")]
#[non_exhaustive]
pub struct UploadRequest<V: Version> {
    /// The file: by default a payload, which the client's `upload` takes.
    #[serde(
        default,
        deserialize_with = "nullable",
        skip_serializing_if = "FileSource::is_default"
    )]
    pub file: FileSource,
    /// The name in the media library. ImageKit replaces characters other than letters, digits, `.`, `_`
    /// and `-` by `_`.
    pub file_name: String,
    /// Adds a suffix that makes the name unique; true by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub use_unique_file_name: Option<bool>,
    /// Tags: up to 500 characters together, without `%` and comma.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Path of the folder, created if it does not exist; `/` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// Makes the file private: delivered by signed URLs only; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_private_file: Option<bool>,
    /// Publishes the file; true by default. Otherwise it is a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_published: Option<bool>,
    /// Focus area of the image, as `x,y,width,height` in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_coordinates: Option<String>,
    /// Additional fields of the response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_fields: Option<Vec<ResponseField>>,
    /// Extensions to run on the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extensions: Option<Vec<Extension>>,
    /// URL that is notified when the extensions complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<SecretUrl>,
    /// Adds a version to an existing file of the same name; true by default. With false, and without a
    /// unique name, the upload of an existing name fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overwrite_file: Option<bool>,
    /// Removes the AI tags of an existing file; true by default.
    #[serde(rename = "overwriteAITags", default, skip_serializing_if = "Option::is_none")]
    pub overwrite_ai_tags: Option<bool>,
    /// Removes the tags of an existing file if `tags` is not set; true by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overwrite_tags: Option<bool>,
    /// Removes the custom metadata of an existing file if `customMetadata` is not set; true by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overwrite_custom_metadata: Option<bool>,
    /// Values of custom metadata fields by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_metadata: Option<CustomMetadata>,
    /// Transformations before and after the file is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transformation: Option<UploadTransformation>,
    /// Server-side checks that the file has to pass, in ImageKit's syntax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checks: Option<String>,
    /// Description of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Credentials that replace the private key.
    #[serde(flatten, deserialize_with = "from_fields", skip_serializing_if = "Option::is_none")]
    pub credentials: Option<V::Credentials>,
    /// Form fields that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

open_enum! {
    /// Additional field of the response to an upload.
    pub enum ResponseField {
        /// The tags.
        Tags = "tags",
        /// Focus area of the image.
        CustomCoordinates = "customCoordinates",
        /// Whether the file is private.
        IsPrivateFile = "isPrivateFile",
        /// EXIF, IPTC and XMP.
        EmbeddedMetadata = "embeddedMetadata",
        /// Whether the file is published.
        IsPublished = "isPublished",
        /// The custom metadata.
        CustomMetadata = "customMetadata",
        /// The older form of the metadata.
        Metadata = "metadata",
        /// The custom metadata fields that apply.
        SelectedFieldsSchema = "selectedFieldsSchema",
    }
}

impl<V: Version> UploadRequest<V> {
    /// Creates the upload of a payload that gets the name `file_name`.
    ///
    /// Give the payload to the client's `upload`; or replace it with [`file`](Self::file) and call
    /// `send`.
    pub fn new(file_name: impl Into<String>) -> Self {
        Self {
            file: FileSource::payload(),
            file_name: file_name.into(),
            use_unique_file_name: None,
            tags: None,
            folder: None,
            is_private_file: None,
            is_published: None,
            custom_coordinates: None,
            response_fields: None,
            extensions: None,
            webhook_url: None,
            overwrite_file: None,
            overwrite_ai_tags: None,
            overwrite_tags: None,
            overwrite_custom_metadata: None,
            custom_metadata: None,
            transformation: None,
            checks: None,
            description: None,
            credentials: None,
            extra: Extra::new(),
        }
    }

    /// Uploads `file` instead of a payload: bytes, or any [`FileSource`].
    pub fn file(mut self, file: impl Into<FileSource>) -> Self {
        self.file = file.into();
        self
    }

    /// Adds a suffix that makes the name unique, or not. Without it an existing file of that name
    /// gets a new version.
    pub fn use_unique_file_name(mut self, unique: bool) -> Self {
        self.use_unique_file_name = Some(unique);
        self
    }

    /// Keeps the name as it is, and refuses the upload when there is a file of that name, unless
    /// [`overwrite_file(true)`](Self::overwrite_file) is set: what an upload needs that must not be
    /// made twice, see [`CreateOnce`](crate::flow::CreateOnce).
    pub fn exact_name(mut self) -> Self {
        self.overwrite_file.get_or_insert(false);
        self.use_unique_file_name(false)
    }

    /// Sets the tags.
    pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.tags = Some(tags.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the path of the folder, created if it does not exist.
    pub fn folder(mut self, folder: impl Into<String>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Makes the file private, or not.
    pub fn is_private_file(mut self, yes: bool) -> Self {
        self.is_private_file = Some(yes);
        self
    }

    /// Publishes the file, or leaves it a draft.
    pub fn is_published(mut self, yes: bool) -> Self {
        self.is_published = Some(yes);
        self
    }

    /// Sets the focus area of the image, as `x,y,width,height` in pixels.
    pub fn custom_coordinates(mut self, coordinates: impl Into<String>) -> Self {
        self.custom_coordinates = Some(coordinates.into());
        self
    }

    /// Sets the additional fields of the response.
    pub fn response_fields(mut self, fields: impl IntoIterator<Item = ResponseField>) -> Self {
        self.response_fields = Some(fields.into_iter().collect());
        self
    }

    /// Sets the extensions to run on the file.
    pub fn extensions(mut self, extensions: impl IntoIterator<Item = Extension>) -> Self {
        self.extensions = Some(extensions.into_iter().collect());
        self
    }

    /// Sets the URL that is notified when the extensions complete.
    pub fn webhook_url(mut self, url: impl Into<String>) -> Self {
        self.webhook_url = Some(SecretUrl::new(url));
        self
    }

    /// Adds a version to an existing file of the same name, or not.
    pub fn overwrite_file(mut self, yes: bool) -> Self {
        self.overwrite_file = Some(yes);
        self
    }

    /// Removes the AI tags of an existing file, or not.
    pub fn overwrite_ai_tags(mut self, yes: bool) -> Self {
        self.overwrite_ai_tags = Some(yes);
        self
    }

    /// Removes the tags of an existing file if none are set here, or not.
    pub fn overwrite_tags(mut self, yes: bool) -> Self {
        self.overwrite_tags = Some(yes);
        self
    }

    /// Removes the custom metadata of an existing file if none is set here, or not.
    pub fn overwrite_custom_metadata(mut self, yes: bool) -> Self {
        self.overwrite_custom_metadata = Some(yes);
        self
    }

    /// Sets the value of one custom metadata field.
    pub fn custom_metadata(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.custom_metadata.get_or_insert_default().insert(name.into(), value.into());
        self
    }

    /// Transforms the file before or after it is stored.
    pub fn transformation(mut self, transformation: UploadTransformation) -> Self {
        self.transformation = Some(transformation);
        self
    }

    /// Sets server-side checks that the file has to pass, in ImageKit's syntax.
    pub fn checks(mut self, checks: impl Into<String>) -> Self {
        self.checks = Some(checks.into());
        self
    }

    /// Sets the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sends a form field that this crate does not know yet: text as it is, anything else as
    /// JSON text.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }

    /// Authorises the upload by `credentials` instead of the private key: an
    /// [`UploadAuth`](super::UploadAuth) for version 1, an [`UploadJwt`](super::UploadJwt) for
    /// version 2.
    pub fn credentials(mut self, credentials: impl Into<V::Credentials>) -> Self {
        self.credentials = Some(credentials.into());
        self
    }
}

impl<V: Version> Endpoint for UploadRequest<V> {
    type Output = UploadOutcome;

    fn operation(&self) -> &'static Operation {
        V::OPERATION
    }

    fn idempotency(&self) -> Idempotency {
        match self.credentials {
            Some(_) => Idempotency::SingleUse,
            None => V::OPERATION.idempotency,
        }
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check_tags(cx, "tags", self.tags.as_deref().unwrap_or_default())?;
        check_extensions(cx, "extensions", self.extensions.as_deref().unwrap_or_default())?;
        let mut request = cx.request(V::OPERATION);
        if let Some(credentials) = &self.credentials {
            V::check(credentials)?;
            request = request.anonymous();
        }
        let (content_type, body) = self.form(cx)?;
        request.body(content_type, body)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<UploadOutcome, DecodeError> {
        if response.status() == StatusCode::ACCEPTED {
            decode::json(response).map(UploadOutcome::Accepted)
        } else {
            decode::json(response).map(UploadOutcome::Uploaded)
        }
    }
}

impl<V: Version> Documented for UploadRequest<V> {
    const OPERATION: &'static Operation = V::OPERATION;

    const SAMPLE: Sample = Sample::new(
        r#"{"file": "https://example.com/cat.jpg", "fileName": "cat.jpg"}"#,
        r#"{"fileId": "6673f88237b244ef54d60180", "name": "cat_a1b2.jpg",
            "filePath": "/cat_a1b2.jpg", "url": "https://ik.imagekit.io/demo/cat_a1b2.jpg",
            "size": 3}"#,
    );
}
