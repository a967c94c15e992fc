//! The upload request.

use std::marker::PhantomData;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::UploadOutcome;
use super::credentials::{Credentials, V1, V2, Version};
use super::form::{write_credentials, write_file};
use super::source::{FileData, FileSource};
use super::transformation::UploadTransformation;
use crate::api::files::{CustomMetadata, Extension, check_tags};
use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat, Upload};
use crate::error::ParseError;
use crate::parse;
use crate::secret::{Secret, exposed};
use crate::types::{Extra, open_enum};
use crate::wire::{Body, Multipart};

/// Uploads a file.
///
/// `POST https://upload.imagekit.io/api/v1/files/upload` ·
/// [documentation](https://imagekit.io/docs/api-reference/upload-file/upload-file)
/// · repeat class: [`OnlyIfUnsent`](Repeat::OnlyIfUnsent), with
/// [credentials](UploadRequest::credentials) [`Once`](Repeat::Once)
///
/// ```
/// use imagekit_proto::api::upload::{FileSource, UploadFile, UploadOutcome};
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = UploadFile::new("cat.jpg", FileSource::bytes(&b"\xff\xd8\xff"[..]))
///     .folder("/pets")
///     .tags(["cat", "grey"]);
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri(), "https://upload.imagekit.io/api/v1/files/upload");
/// assert_eq!(request.headers()["content-length"], request.body().len().to_string());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"fileId": "6673f88237b244ef54d60180", "name": "cat_a1b2.jpg",
///         "filePath": "/pets/cat_a1b2.jpg",
///         "url": "https://ik.imagekit.io/demo/pets/cat_a1b2.jpg", "size": 3}"#,
/// ));
/// let UploadOutcome::Uploaded(file) = endpoint.parse(&response)? else { panic!() };
/// assert_eq!(file.name, "cat_a1b2.jpg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "upload-file")]
#[doc(alias = "POST /api/v1/files/upload")]
pub type UploadFile = UploadRequest<V1>;

/// Uploads a file, by version 2 of the API (beta): its client-side token covers the whole form.
///
/// `POST https://upload.imagekit.io/api/v2/files/upload` ·
/// [documentation](https://imagekit.io/docs/api-reference/upload-file/upload-file-v2)
/// · repeat class: [`OnlyIfUnsent`](Repeat::OnlyIfUnsent), with a
/// [token](UploadRequest::credentials) [`Once`](Repeat::Once)
///
/// ```
/// use imagekit_proto::api::upload::{Credentials, FileSource, UploadFileV2, UploadOutcome};
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// // With a token the request carries no private key, so none is needed.
/// let config = Config::without_key();
/// let endpoint = UploadFileV2::new("cat.jpg", FileSource::url("https://example.com/cat.jpg"))
///     .credentials(Credentials::token("eyJhbGciOiJIUzI1NiJ9.e30.example"));
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri(), "https://upload.imagekit.io/api/v2/files/upload");
/// assert!(!request.headers().contains_key("authorization"));
///
/// let response = http::Response::builder()
///     .status(202)
///     .body(bytes::Bytes::from(r#"{"message": "The pre-transformation has been queued."}"#))?;
/// assert!(matches!(endpoint.parse(&response)?, UploadOutcome::Accepted(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "upload-file-v2")]
#[doc(alias = "POST /api/v2/files/upload")]
pub type UploadFileV2 = UploadRequest<V2>;

/// An upload, by version `V` of the API: see [`UploadFile`] and [`UploadFileV2`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, bound = "")]
#[non_exhaustive]
pub struct UploadRequest<V: Version> {
    /// What is uploaded.
    pub file: FileSource,
    /// The name in the media library. Characters other than letters, digits, `.`, `_` and `-`
    /// become `_` there.
    pub file_name: String,
    /// Adds a suffix that makes the name unique; true by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub use_unique_file_name: Option<bool>,
    /// Tags; a tag has no comma.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// The folder, made if need be; `/` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// Whether the file can be had by signed URL only; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_private_file: Option<bool>,
    /// Whether the file is published at once; true by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_published: Option<bool>,
    /// The important area of the image, as `x,y,width,height`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_coordinates: Option<String>,
    /// What the answer should say besides the usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_fields: Option<Vec<ResponseField>>,
    /// Extensions to run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extensions: Option<Vec<Extension>>,
    /// Who hears of the end of the extensions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// Whether an existing file gets a new version; true by default. With false and a name that
    /// exists the upload fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overwrite_file: Option<bool>,
    /// Whether a new version drops the AI tags; true by default.
    #[serde(rename = "overwriteAITags", default, skip_serializing_if = "Option::is_none")]
    pub overwrite_ai_tags: Option<bool>,
    /// Whether a new version without `tags` drops the tags; true by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overwrite_tags: Option<bool>,
    /// Whether a new version without `customMetadata` drops it; true by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overwrite_custom_metadata: Option<bool>,
    /// Values of custom metadata fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_metadata: Option<CustomMetadata>,
    /// What to do to the file before and after it is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transformation: Option<UploadTransformation>,
    /// Conditions that the file has to meet, in ImageKit's own language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checks: Option<String>,
    /// What the file shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    public_key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "exposed::option")]
    token: Option<Secret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expire: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "exposed::option")]
    signature: Option<Secret>,
    /// Form fields that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
    #[serde(skip)]
    version: PhantomData<V>,
}

open_enum! {
    /// What the answer to an upload should say besides the usual.
    pub enum ResponseField {
        /// The tags.
        Tags = "tags",
        /// The important area of the image.
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
    /// Uploads `file` under the name `file_name`.
    pub fn new(file_name: impl Into<String>, file: FileSource) -> Self {
        Self {
            file,
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
            public_key: None,
            token: None,
            expire: None,
            signature: None,
            extra: Extra::new(),
            version: PhantomData,
        }
    }

    /// Uploads a payload that the transport supplies: for an adapter's `upload`, which fills in
    /// the length.
    pub fn from_payload(file_name: impl Into<String>) -> Self {
        Self::new(file_name, FileSource::payload(0))
    }

    /// Adds a suffix that makes the name unique, or not. Without it an existing file of that name
    /// gets a new version.
    pub fn use_unique_file_name(mut self, unique: bool) -> Self {
        self.use_unique_file_name = Some(unique);
        self
    }

    /// Sets the tags.
    pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.tags = Some(tags.into_iter().map(Into::into).collect());
        self
    }

    /// Puts the file into `folder`, made if need be.
    pub fn folder(mut self, folder: impl Into<String>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Makes the file private, or not.
    pub fn is_private_file(mut self, yes: bool) -> Self {
        self.is_private_file = Some(yes);
        self
    }

    /// Publishes the file at once, or leaves it a draft.
    pub fn is_published(mut self, yes: bool) -> Self {
        self.is_published = Some(yes);
        self
    }

    /// Sets the important area of the image, as `x,y,width,height`.
    pub fn custom_coordinates(mut self, coordinates: impl Into<String>) -> Self {
        self.custom_coordinates = Some(coordinates.into());
        self
    }

    /// Asks for more in the answer.
    pub fn response_fields(mut self, fields: impl IntoIterator<Item = ResponseField>) -> Self {
        self.response_fields = Some(fields.into_iter().collect());
        self
    }

    /// Runs extensions.
    pub fn extensions(mut self, extensions: impl IntoIterator<Item = Extension>) -> Self {
        self.extensions = Some(extensions.into_iter().collect());
        self
    }

    /// Tells `url` of the end of the extensions.
    pub fn webhook_url(mut self, url: impl Into<String>) -> Self {
        self.webhook_url = Some(url.into());
        self
    }

    /// Allows a new version of an existing file, or not.
    pub fn overwrite_file(mut self, yes: bool) -> Self {
        self.overwrite_file = Some(yes);
        self
    }

    /// Drops the AI tags of an existing file, or not.
    pub fn overwrite_ai_tags(mut self, yes: bool) -> Self {
        self.overwrite_ai_tags = Some(yes);
        self
    }

    /// Drops the tags of an existing file when none are set here, or not.
    pub fn overwrite_tags(mut self, yes: bool) -> Self {
        self.overwrite_tags = Some(yes);
        self
    }

    /// Drops the custom metadata of an existing file when none is set here, or not.
    pub fn overwrite_custom_metadata(mut self, yes: bool) -> Self {
        self.overwrite_custom_metadata = Some(yes);
        self
    }

    /// Sets one custom metadata field.
    pub fn custom_metadata(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.custom_metadata.get_or_insert_default().insert(name.into(), value.into());
        self
    }

    /// Transforms the file before or after it is stored.
    pub fn transformation(mut self, transformation: UploadTransformation) -> Self {
        self.transformation = Some(transformation);
        self
    }

    /// Sets conditions that the file has to meet, in ImageKit's own language.
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

    /// Authorises the upload by `credentials` instead of the private key.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        let Credentials { public_key, token, expire, signature } = credentials;
        self.public_key = public_key;
        self.token = token;
        self.expire = expire;
        self.signature = signature;
        self
    }

    fn has_credentials(&self) -> bool {
        self.public_key.is_some()
            || self.token.is_some()
            || self.expire.is_some()
            || self.signature.is_some()
    }

    fn own_credentials(&self) -> Credentials {
        Credentials {
            public_key: self.public_key.clone(),
            token: self.token.clone(),
            expire: self.expire,
            signature: self.signature.clone(),
        }
    }
}

impl<V: Version> Endpoint for UploadRequest<V> {
    type Output = UploadOutcome;

    fn operation(&self) -> &'static str {
        V::OPERATION
    }

    fn repeat(&self) -> Repeat {
        if self.has_credentials() { Repeat::Once } else { Repeat::OnlyIfUnsent }
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        let credentials = self.own_credentials();
        V::check(&credentials)?;
        check_tags(with, "tags", self.tags.as_deref().unwrap_or_default())?;
        let mut form = Multipart::new(with.entropy);
        for (name, value) in self.form_fields()? {
            form.text(name, &value)?;
        }
        let mut request = with.upload(Method::POST).path(V::PATH);
        if self.has_credentials() {
            request = request.anonymous();
            write_credentials(&mut form, &credentials)?;
        }
        let (content_type, body) = match &self.file {
            FileSource::Text(text) if text.is_empty() => {
                return Err(BuildError::Empty { field: "file" });
            }
            FileSource::Text(text) => {
                form.text("file", text)?;
                form.finish()?
            }
            FileSource::Local(file) => write_file(form, file, &self.file_name)?,
        };
        request.body(content_type, body)
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<UploadOutcome, ParseError> {
        if response.status() == StatusCode::ACCEPTED {
            parse::json(self.operation(), response).map(UploadOutcome::Accepted)
        } else {
            parse::json(self.operation(), response).map(UploadOutcome::Uploaded)
        }
    }
}

impl<V: Version> Upload for UploadRequest<V> {
    fn set_payload_len(&mut self, len: u64) {
        match &mut self.file {
            FileSource::Local(file) => file.data = FileData::External(len),
            text => *text = FileSource::payload(len),
        }
    }
}
