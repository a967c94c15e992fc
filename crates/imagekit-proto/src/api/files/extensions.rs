//! Extensions: what ImageKit runs on a file when it is uploaded or updated.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::ai_tasks::AiTasks;
use crate::secret::SecretUrl;
use crate::types::{Extra, model, tagged};

/// An extension to run on a file.
///
/// ```
/// use imagekit_proto::api::files::{AutoTagging, Extension, RemoveBg};
///
/// let extensions = [
///     Extension::from(RemoveBg::new().bg_color("#ffffff")),
///     Extension::GoogleAutoTagging(AutoTagging::new(95, 5)),
///     Extension::AiAutoDescription,
/// ];
/// assert_eq!(
///     serde_json::to_value(&extensions)?,
///     serde_json::json!([
///         {"name": "remove-bg", "options": {"bg_color": "#ffffff"}},
///         {"name": "google-auto-tagging", "minConfidence": 95, "maxTags": 5},
///         {"name": "ai-auto-description"},
///     ])
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Extension {
    /// `remove-bg`: removes the background. Always asynchronous: it makes a new version.
    RemoveBg(RemoveBg),
    /// `google-auto-tagging`.
    GoogleAutoTagging(AutoTagging),
    /// `aws-auto-tagging`.
    AwsAutoTagging(AutoTagging),
    /// `ai-auto-description`: describes the image.
    AiAutoDescription,
    /// `ai-tasks`: runs tasks of a model that looks at the image.
    AiTasks(AiTasks),
    /// `saved-extension`: an extension saved in the account.
    SavedExtension(SavedExtensionReference),
    /// An extension that this crate does not know yet: the object as sent, `name` included.
    Other(Extra),
}

/// [`Extension`] as serde derives it: a mirror, so that the public type gets no methods of serde's.
#[derive(Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", remote = "Extension")]
enum Known {
    RemoveBg(RemoveBg),
    GoogleAutoTagging(AutoTagging),
    AwsAutoTagging(AutoTagging),
    AiAutoDescription,
    AiTasks(AiTasks),
    SavedExtension(SavedExtensionReference),
    #[serde(skip)]
    Other(Extra),
}

impl Serialize for Extension {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Other(object) => object.serialize(serializer),
            known => Known::serialize(known, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Extension {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const KNOWN: [&str; 6] = [
            "remove-bg",
            "google-auto-tagging",
            "aws-auto-tagging",
            "ai-auto-description",
            "ai-tasks",
            "saved-extension",
        ];
        tagged(deserializer, "name", &KNOWN, known, Self::Other)
    }
}

/// Reads an extension of a known name. One without settings that has some all the same is kept
/// whole: its variant cannot hold them.
fn known(value: Value) -> serde_json::Result<Extension> {
    match value {
        Value::Object(object)
            if object.len() > 1
                && object.get("name").is_some_and(|name| name == "ai-auto-description") =>
        {
            Ok(Extension::Other(object))
        }
        value => Known::deserialize(value),
    }
}

impl From<RemoveBg> for Extension {
    fn from(extension: RemoveBg) -> Self {
        Self::RemoveBg(extension)
    }
}

impl From<AiTasks> for Extension {
    fn from(extension: AiTasks) -> Self {
        Self::AiTasks(extension)
    }
}

impl From<SavedExtensionReference> for Extension {
    fn from(extension: SavedExtensionReference) -> Self {
        Self::SavedExtension(extension)
    }
}

/// Removes the background of an image.
///
/// ```
/// use imagekit_proto::api::files::RemoveBg;
///
/// let extension = RemoveBg::new().semitransparency(true).bg_color("white");
/// assert_eq!(
///     serde_json::to_value(&extension)?,
///     serde_json::json!({"options": {"semitransparency": true, "bg_color": "white"}})
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RemoveBg {
    /// Options.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<RemoveBgOptions>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Options of the background removal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RemoveBgOptions {
    /// Adds an artificial shadow (cars only, says ImageKit).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add_shadow: Option<bool>,
    /// Allows half-transparent regions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub semitransparency: Option<bool>,
    /// A colour for the background: hex or a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bg_color: Option<String>,
    /// An image for the background; excludes `bg_color`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bg_image_url: Option<SecretUrl>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

impl RemoveBg {
    /// Removes the background, with ImageKit's defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an artificial shadow, or not.
    pub fn add_shadow(mut self, add: bool) -> Self {
        self.options.get_or_insert_default().add_shadow = Some(add);
        self
    }

    /// Allows half-transparent regions, or not.
    pub fn semitransparency(mut self, allow: bool) -> Self {
        self.options.get_or_insert_default().semitransparency = Some(allow);
        self
    }

    /// Puts a colour behind the image.
    pub fn bg_color(mut self, color: impl Into<String>) -> Self {
        self.options.get_or_insert_default().bg_color = Some(color.into());
        self
    }

    /// Puts an image behind the image.
    pub fn bg_image_url(mut self, url: impl Into<String>) -> Self {
        self.options.get_or_insert_default().bg_image_url = Some(SecretUrl::new(url));
        self
    }
}

model! {
    /// Settings of automatic tagging.
    ///
    /// ```
    /// use imagekit_proto::api::files::{AutoTagging, Extension};
    ///
    /// let extension = Extension::AwsAutoTagging(AutoTagging::new(87.5, 10));
    /// assert_eq!(
    ///     serde_json::to_value(&extension)?,
    ///     serde_json::json!({"name": "aws-auto-tagging", "minConfidence": 87.5, "maxTags": 10})
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AutoTagging {
        /// Smallest confidence of a tag, in percent, 0 to 100. Required in requests.
        min_confidence: Option<f64> = Lenient "minConfidence",
        /// Largest number of tags. Required in requests.
        max_tags: Option<u64> = Lenient "maxTags",
    }
}

impl AutoTagging {
    /// Creates the settings: at most `max_tags` tags of at least `min_confidence` percent.
    pub fn new(min_confidence: impl Into<f64>, max_tags: u64) -> Self {
        Self {
            min_confidence: Some(min_confidence.into()),
            max_tags: Some(max_tags),
            extra: Extra::new(),
        }
    }
}

/// Reference to an extension saved in the account.
///
/// ```
/// use imagekit_proto::api::files::{Extension, SavedExtensionReference};
///
/// let extension = Extension::from(SavedExtensionReference::new("ext_abc123"));
/// assert_eq!(
///     serde_json::to_value(&extension)?,
///     serde_json::json!({"name": "saved-extension", "id": "ext_abc123"})
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SavedExtensionReference {
    /// The id.
    pub id: String,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

impl SavedExtensionReference {
    /// Creates a reference to the saved extension `id`.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), extra: Extra::new() }
    }
}
