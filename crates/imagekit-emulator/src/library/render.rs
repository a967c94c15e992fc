//! Files and folders as the API writes them (the examples of the OpenAPI file).

use std::fmt::{self, Display};

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Value, json};

use super::file::{AiTag, File, Version};
use super::{Folder, names};
use crate::instant::Instant;

/// The details of a version, as in lists too.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Details<'a> {
    file_id: crate::ids::Id,
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
    file_path: Shown<Path<'a>>,
    tags: Tags<'a>,
    #[serde(rename = "AITags")]
    ai_tags: AiTags<'a>,
    version_info: VersionInfo,
    is_private_file: bool,
    is_published: bool,
    custom_coordinates: Option<&'a str>,
    url: Shown<Url<'a>>,
    thumbnail: Shown<Thumbnail<'a>>,
    file_type: &'static str,
    mime: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bit_rate: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audio_codec: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    video_codec: Option<&'a str>,
    size: u64,
    has_alpha: bool,
    custom_metadata: &'a Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    embedded_metadata: Option<Embedded<'a>>,
    // Left out when there is none (every recorded response without one).
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    created_at: Shown<Instant>,
    updated_at: Shown<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) extension_status: Option<Map<String, Value>>,
}

impl<'a> Details<'a> {
    /// `base` is the URL endpoint.
    pub(crate) fn new(base: &'a str, file: &'a File, version: &'a Version) -> Self {
        let current = file.is_current(version);
        let path = Path { folder: &file.folder, name: &file.name };
        let url = Url { base, path, version, current };
        let inspection = &version.content.facts.inspection;
        let fields = &version.fields;
        Self {
            file_id: file.id,
            kind: if current { "file" } else { "file-version" },
            name: &file.name,
            file_path: Shown(path),
            tags: Tags(&fields.tags),
            ai_tags: AiTags(&fields.ai_tags),
            version_info: VersionInfo::of(version),
            is_private_file: fields.is_private,
            is_published: fields.is_published,
            custom_coordinates: fields.custom_coordinates.as_deref(),
            url: Shown(url),
            thumbnail: Shown(Thumbnail(url)),
            file_type: version.content.file_type(),
            mime: &inspection.mime,
            height: inspection.metadata.height,
            width: inspection.metadata.width,
            bit_rate: inspection.metadata.bit_rate,
            duration: inspection.metadata.duration,
            audio_codec: inspection.metadata.audio_codec.as_deref(),
            video_codec: inspection.metadata.video_codec.as_deref(),
            size: version.content.size,
            has_alpha: inspection.has_alpha.unwrap_or(false),
            custom_metadata: &fields.custom_metadata,
            embedded_metadata: inspection.is_image.then_some(Embedded(version)),
            description: fields.description.as_deref(),
            created_at: Shown(version.created_at),
            updated_at: Shown(version.updated_at),
            extension_status: None,
        }
    }
}

/// A folder in a list.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FolderDetails<'a> {
    folder_id: crate::ids::Id,
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
    custom_metadata: Map<String, Value>,
    folder_path: &'a str,
    created_at: Shown<Instant>,
    updated_at: Shown<Instant>,
}

impl<'a> FolderDetails<'a> {
    pub(crate) fn new(folder: &'a Folder) -> Self {
        Self {
            folder_id: folder.id,
            kind: "folder",
            name: names::last(&folder.path),
            // Empty when there is none (schema `FolderDetails`).
            custom_metadata: Map::new(),
            folder_path: &folder.path,
            created_at: Shown(folder.created_at),
            updated_at: Shown(folder.updated_at),
        }
    }
}

/// The response to an upload. `response_fields` are those that the request asked for.
pub(crate) fn uploaded(
    base: &str,
    file: &File,
    version: &Version,
    response_fields: &[String],
) -> Map<String, Value> {
    let path = file.path();
    let encoded = names::url_path(&path);
    let content = &version.content;
    let inspection = &content.facts.inspection;
    let fields = &version.fields;
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| body.insert(key.to_owned(), value);
    put("fileId", json!(file.id));
    put("name", json!(&*file.name));
    put("size", content.size.into());
    put("versionInfo", json!(VersionInfo::of(version)));
    put("filePath", path.as_str().into());
    put("url", format!("{base}{encoded}").into());
    put("fileType", content.file_type().into());
    put("AITags", json!(AiTags(&fields.ai_tags)));
    // Left out when there is none, as the OpenAPI file has it: some recorded responses say null.
    if let Some(description) = &fields.description {
        put("description", json!(description));
    }
    if inspection.is_image {
        put("thumbnailUrl", format!("{base}/tr:n-ik_ml_thumbnail{encoded}").into());
    }
    if let Some(orientation) = inspection.orientation {
        put("orientation", orientation.into());
    }
    for field in response_fields {
        let value = match field.as_str() {
            "tags" => json!(Tags(&fields.tags)),
            "customCoordinates" => json!(fields.custom_coordinates),
            "isPrivateFile" => fields.is_private.into(),
            "isPublished" => fields.is_published.into(),
            "customMetadata" => Value::Object(fields.custom_metadata.clone()),
            "embeddedMetadata" => json!(Embedded(version)),
            "metadata" => content.metadata(),
            // selectedFieldsSchema comes with the Path policy feature only.
            _ => continue,
        };
        put(field, value);
    }
    let metadata = &inspection.metadata;
    let measured = [
        ("height", metadata.height.map(Value::from)),
        ("width", metadata.width.map(Value::from)),
        ("bitRate", metadata.bit_rate.map(Value::from)),
        ("duration", metadata.duration.map(Value::from)),
        ("audioCodec", metadata.audio_codec.as_deref().map(Value::from)),
        ("videoCodec", metadata.video_codec.as_deref().map(Value::from)),
    ];
    for (key, value) in measured {
        if let Some(value) = value {
            put(key, value);
        }
    }
    body
}

#[derive(serde::Serialize)]
struct VersionInfo {
    id: crate::ids::Id,
    name: Shown<VersionName>,
}

impl VersionInfo {
    fn of(version: &Version) -> Self {
        Self { id: version.id, name: Shown(VersionName(version.number)) }
    }
}

/// Serialises what it holds as the text that that displays.
struct Shown<T>(T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

struct VersionName(u32);

impl Display for VersionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Version {}", self.0)
    }
}

#[derive(Clone, Copy)]
struct Path<'a> {
    folder: &'a str,
    name: &'a str,
}

impl Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.folder.trim_end_matches('/'), self.name)
    }
}

#[derive(Clone, Copy)]
struct Url<'a> {
    base: &'a str,
    path: Path<'a>,
    version: &'a Version,
    current: bool,
}

impl Display for Url<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folder = names::UrlPath(self.path.folder.trim_end_matches('/'));
        write!(f, "{}{folder}/{}?", self.base, names::UrlPath(self.path.name))?;
        if !self.current {
            write!(f, "ik-obj-version={}&", self.version.object.text())?;
        }
        write!(f, "updatedAt={}", self.version.updated_at.millis())
    }
}

struct Thumbnail<'a>(Url<'a>);

impl Display for Thumbnail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}&tr=n-ik_ml_thumbnail", self.0)
    }
}

/// A file that says no date of its own has the one of its upload (seen in responses).
struct Embedded<'a>(&'a Version);

impl Serialize for Embedded<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let embedded = &self.0.content.facts.embedded;
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in embedded {
            map.serialize_entry(key, value)?;
        }
        for key in ["DateCreated", "DateTimeCreated"] {
            if !embedded.contains_key(key) {
                map.serialize_entry(key, &Shown(self.0.created_at))?;
            }
        }
        map.end()
    }
}

/// ImageKit says `null` for none.
struct Tags<'a>(&'a [std::sync::Arc<str>]);

impl Serialize for Tags<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_empty() {
            return serializer.serialize_unit();
        }
        serializer.collect_seq(self.0.iter().map(|tag| &**tag))
    }
}

/// ImageKit says `null` for none.
struct AiTags<'a>(&'a [AiTag]);

impl Serialize for AiTags<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct One<'a> {
            name: &'a str,
            confidence: f64,
            source: &'a str,
        }
        if self.0.is_empty() {
            return serializer.serialize_unit();
        }
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for AiTag { name, confidence, source } in self.0 {
            list.serialize_element(&One { name, confidence: *confidence, source })?;
        }
        list.end()
    }
}
