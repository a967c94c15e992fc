//! Update file details.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::extension_limits::check_extensions;
use super::extensions::Extension;
use super::file::{CustomMetadata, FileDetails};
use super::same_file::decode_file;
use super::tags::check_tags;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::secret::SecretUrl;
use crate::types::{Extra, Patch};
use crate::wire::Body;

/// Updates the details of a file, or publishes or unpublishes it; one request cannot do both.
///
/// `PATCH /v1/files/{fileId}/details` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/update-file-details)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// A field that is not set keeps its value. `removeAITags` is applied before `extensions`. When an
/// extension fails, the request still succeeds: see
/// [`extension_status`](FileDetails::extension_status).
///
/// With extensions it is [`NonIdempotent`](Idempotency::NonIdempotent), because each request runs
/// them.
///
/// ```
/// use imagekit_proto::api::files::UpdateFileDetails;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let update = UpdateFileDetails::new("598821f949c0a938d57563bd")
///     .tags(["cat", "grey"])
///     .clear_custom_coordinates()
///     .custom_metadata("brand", "Nike")
///     .clear_custom_metadata("season");
/// let file = client.send(update)?;
/// assert_eq!(file.tags, ["cat", "grey"]);
/// assert_eq!(
///     client.request_line(),
///     "PATCH https://api.imagekit.io/v1/files/598821f949c0a938d57563bd/details"
/// );
/// assert_eq!(
///     client.json(),
///     serde_json::json!({
///         "tags": ["cat", "grey"],
///         "customCoordinates": null,
///         "customMetadata": {"brand": "Nike", "season": null},
///     })
/// );
///
/// client.send(UpdateFileDetails::new("598821f949c0a938d57563bd").publish(true))?;
/// assert_eq!(client.json(), serde_json::json!({"publish": {"isPublished": true}}));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "update_file_details")]
#[doc(alias = "updateFileDetails")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateFileDetails {
    /// Id of the file.
    pub file_id: String,
    /// AI tags to remove; none by default.
    #[serde(rename = "removeAITags", default, skip_serializing_if = "Option::is_none")]
    pub remove_ai_tags: Option<RemoveAiTags>,
    /// URL that is notified when the extensions complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<SecretUrl>,
    /// Extensions to run on the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extensions: Option<Vec<Extension>>,
    /// Tags that replace the current ones; null removes all tags. Up to 500 characters together.
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub tags: Patch<Vec<String>>,
    /// Focus area of the image, as `x,y,width,height` in pixels.
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub custom_coordinates: Patch<String>,
    /// Values of custom metadata fields by name; null removes a value. Other fields keep theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_metadata: Option<CustomMetadata>,
    /// Description of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Publishes or unpublishes the file; excludes all other changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publish: Option<Publish>,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

/// AI tags to remove from a file: all of them, or some.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RemoveAiTags {
    /// All AI tags; the text `all` in JSON.
    All,
    /// The named AI tags.
    Some(Vec<String>),
}

impl Serialize for RemoveAiTags {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => serializer.serialize_str("all"),
            Self::Some(tags) => tags.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for RemoveAiTags {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Wire {
            Text(String),
            Tags(Vec<String>),
        }

        match Wire::deserialize(deserializer)? {
            Wire::Text(text) if text == "all" => Ok(Self::All),
            Wire::Text(_) => Err(serde::de::Error::custom("removeAITags is a list or \"all\"")),
            Wire::Tags(tags) => Ok(Self::Some(tags)),
        }
    }
}

/// A request to publish or unpublish a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Publish {
    /// Publishes the file, or unpublishes it.
    pub is_published: bool,
    /// Applies to all versions of the file; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_file_versions: Option<bool>,
}

impl Publish {
    /// Creates a request for the current version.
    pub fn new(is_published: bool) -> Self {
        Self { is_published, include_file_versions: None }
    }

    /// Applies to all versions, or to the current one only.
    pub fn include_file_versions(mut self, include: bool) -> Self {
        self.include_file_versions = Some(include);
        self
    }
}

impl From<bool> for Publish {
    fn from(is_published: bool) -> Self {
        Self::new(is_published)
    }
}

impl UpdateFileDetails {
    /// Creates an empty update of the file `file_id`.
    pub fn new(file_id: impl Into<String>) -> Self {
        Self {
            file_id: file_id.into(),
            remove_ai_tags: None,
            webhook_url: None,
            extensions: None,
            tags: Patch::Keep,
            custom_coordinates: Patch::Keep,
            custom_metadata: None,
            description: None,
            publish: None,
            extra: Extra::new(),
        }
    }

    /// Sets the tags, which replace the current ones.
    pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.tags = Patch::Set(tags.into_iter().map(Into::into).collect());
        self
    }

    /// Removes all tags.
    pub fn clear_tags(mut self) -> Self {
        self.tags = Patch::Clear;
        self
    }

    /// Removes some AI tags.
    pub fn remove_ai_tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.remove_ai_tags = Some(RemoveAiTags::Some(tags.into_iter().map(Into::into).collect()));
        self
    }

    /// Removes all AI tags.
    pub fn remove_all_ai_tags(mut self) -> Self {
        self.remove_ai_tags = Some(RemoveAiTags::All);
        self
    }

    /// Sets the focus area of the image, as `x,y,width,height` in pixels.
    pub fn custom_coordinates(mut self, coordinates: impl Into<String>) -> Self {
        self.custom_coordinates = Patch::Set(coordinates.into());
        self
    }

    /// Removes the focus area.
    pub fn clear_custom_coordinates(mut self) -> Self {
        self.custom_coordinates = Patch::Clear;
        self
    }

    /// Sets the value of one custom metadata field.
    pub fn custom_metadata(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.custom_metadata.get_or_insert_default().insert(name.into(), value.into());
        self
    }

    /// Removes the value of one custom metadata field.
    pub fn clear_custom_metadata(self, name: impl Into<String>) -> Self {
        self.custom_metadata(name, Value::Null)
    }

    /// Sets the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
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

    /// Publishes (`true`) or unpublishes the file; a [`Publish`] also sets which versions. With any
    /// other change, the request is refused.
    pub fn publish(mut self, publish: impl Into<Publish>) -> Self {
        self.publish = Some(publish.into());
        self
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }

    fn changes_details(&self) -> bool {
        self.remove_ai_tags.is_some()
            || self.webhook_url.is_some()
            || self.extensions.is_some()
            || !self.tags.is_keep()
            || !self.custom_coordinates.is_keep()
            || self.custom_metadata.is_some()
            || self.description.is_some()
    }
}

impl Endpoint for UpdateFileDetails {
    type Output = FileDetails;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn idempotency(&self) -> Idempotency {
        if self.extensions.is_some() {
            Idempotency::NonIdempotent
        } else {
            Self::OPERATION.idempotency
        }
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        if self.publish.is_some() && self.changes_details() {
            return Err(BuildError::invalid(
                "publish",
                "it cannot be mixed with other changes: send two requests",
            ));
        }
        if let Patch::Set(tags) = &self.tags {
            check_tags(cx, "tags", tags)?;
        }
        check_extensions(cx, "extensions", self.extensions.as_deref().unwrap_or_default())?;
        cx.request(Self::OPERATION).param("fileId", &self.file_id)?.json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<FileDetails, DecodeError> {
        decode_file(&self.file_id, response)
    }
}

impl Documented for UpdateFileDetails {
    const OPERATION: &'static Operation = &Operation::new(
        "update-file-details",
        Method::PATCH,
        "/v1/files/{fileId}/details",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-assets/update-file-details",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"fileId": "598821f949c0a938d57563bd", "tags": ["cat", "grey"]}"#,
        r#"{"fileId": "598821f949c0a938d57563bd", "type": "file", "name": "cat.jpg",
           "filePath": "/pets/cat.jpg", "url": "https://ik.imagekit.io/demo/pets/cat.jpg",
           "tags": ["cat", "grey"], "customMetadata": {"brand": "Nike"}, "extensionStatus": {}}"#,
    );
}
