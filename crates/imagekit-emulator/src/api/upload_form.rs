//! The form of an upload, read into types.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::folders::check_depth;
use super::{check_coordinates, check_tags, check_webhook};
use crate::checks::Checks;
use crate::library::names;
use crate::multipart::{FormError, Part};
use crate::response::Problem;

/// A form as it came: the file apart from the texts.
pub(crate) struct RawForm {
    pub(crate) file: Option<Part>,
    pub(crate) texts: BTreeMap<String, String>,
}

impl RawForm {
    pub(crate) fn read(parts: Result<Vec<Part>, FormError>) -> Result<Self, Problem> {
        let parts = parts.map_err(|error| Problem::bad_request(error.to_string()))?;
        let mut form = Self { file: None, texts: BTreeMap::new() };
        for part in parts {
            let twice = if part.name == "file" {
                form.file.replace(part).map(|part| part.name)
            } else {
                let text = std::str::from_utf8(&part.data).map_err(|_| invalid(&part.name))?;
                form.add(part.name, text)
            };
            if let Some(name) = twice {
                let message = format!("Your request contains the {name} parameter more than once.");
                return Err(Problem::bad_request(message));
            }
        }
        Ok(form)
    }

    /// Adds a text, and returns its name if it cannot be there twice. The OpenAPI file has lists, as
    /// parts of the same name; packages join their items with commas.
    fn add(&mut self, name: String, text: &str) -> Option<String> {
        match self.texts.entry(name) {
            Entry::Vacant(entry) => drop(entry.insert(text.to_owned())),
            Entry::Occupied(mut entry) if LISTS.contains(&entry.key().as_str()) => {
                entry.get_mut().extend([",", text]);
            }
            Entry::Occupied(entry) => return Some(entry.remove_entry().0),
        }
        None
    }
}

/// The parts that are lists.
const LISTS: [&str; 2] = ["tags", "responseFields"];

/// Where the bytes of a file are.
pub(crate) enum Source {
    /// In the form: the bytes, or the first of them, and how many there were.
    Bytes(Bytes, u64),
    Url(String),
}

/// What an upload asks for.
pub(crate) struct UploadForm {
    pub(crate) source: Source,
    /// Cleaned.
    pub(crate) file_name: String,
    /// Cleaned, as `/a/b`.
    pub(crate) folder: String,
    pub(crate) unique: bool,
    pub(crate) is_private: bool,
    pub(crate) is_published: bool,
    pub(crate) overwrite_file: bool,
    pub(crate) overwrite_ai_tags: bool,
    pub(crate) overwrite_tags: bool,
    pub(crate) overwrite_custom_metadata: bool,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) custom_coordinates: Option<String>,
    pub(crate) custom_metadata: Option<Map<String, Value>>,
    pub(crate) extensions: Option<Value>,
    /// `None` keeps the one of an overwritten file, an empty one is none.
    pub(crate) description: Option<String>,
    pub(crate) webhook_url: Option<String>,
    pub(crate) checks: Option<Checks>,
    pub(crate) transformation: Option<Map<String, Value>>,
    pub(crate) response_fields: Vec<String>,
}

/// What a response can be asked to hold (the OpenAPI file).
const RESPONSE_FIELDS: [&str; 8] = [
    "tags",
    "customCoordinates",
    "isPrivateFile",
    "embeddedMetadata",
    "isPublished",
    "customMetadata",
    "metadata",
    "selectedFieldsSchema",
];

impl UploadForm {
    pub(crate) fn read(raw: RawForm) -> Result<Self, Problem> {
        let RawForm { file, texts } = raw;
        let missing =
            |name: &str| Problem::bad_request(format!("Your request is missing {name} parameter."));
        let source = source(file.ok_or_else(|| missing("file"))?)?;
        let text = |name: &str| texts.get(name).map(String::as_str).filter(|text| !text.is_empty());
        let flag = |name: &str, default: bool| match text(name) {
            None => Ok(default),
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            Some(_) => Err(invalid(name)),
        };
        let list = |name: &str| text(name).map(split);
        let file_name = names::file_name(text("fileName").ok_or_else(|| missing("fileName"))?);
        if matches!(file_name.as_str(), "" | "." | "..") {
            return Err(invalid("fileName"));
        }
        let folder = text("folder").unwrap_or("/");
        if folder.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(invalid("folder"));
        }
        let tags = list("tags");
        check_tags(tags.as_deref().unwrap_or_default())?;
        let custom_coordinates = text("customCoordinates").map(str::to_owned);
        custom_coordinates.as_deref().map(check_coordinates).transpose()?;
        let response_fields = list("responseFields").unwrap_or_default();
        if response_fields.iter().any(|field| !RESPONSE_FIELDS.contains(&field.as_str())) {
            return Err(invalid("responseFields"));
        }
        let webhook_url = text("webhookUrl");
        webhook_url.map(check_webhook).transpose()?;
        let path = names::folder_path(folder);
        check_depth(&path)?;
        let bad_metadata = || Problem::bad_request("Invalid custom metadata.");
        let bad_transformation = || {
            Problem::bad_request(
                "The file could not be uploaded because the transformation field is invalid.",
            )
        };
        Ok(Self {
            source,
            file_name,
            folder: path,
            unique: flag("useUniqueFileName", true)?,
            is_private: flag("isPrivateFile", false)?,
            is_published: flag("isPublished", true)?,
            overwrite_file: flag("overwriteFile", true)?,
            overwrite_ai_tags: flag("overwriteAITags", true)?,
            overwrite_tags: flag("overwriteTags", true)?,
            overwrite_custom_metadata: flag("overwriteCustomMetadata", true)?,
            tags,
            custom_coordinates,
            custom_metadata: json(text("customMetadata")).map_err(|()| bad_metadata())?,
            extensions: json(text("extensions"))
                .map_err(|()| invalid("extensions"))?
                .map(with_documented_names),
            description: texts.get("description").cloned(),
            webhook_url: webhook_url.map(str::to_owned),
            checks: text("checks").map(Checks::parse).transpose()?,
            transformation: json(text("transformation")).map_err(|()| bad_transformation())?,
            response_fields,
        })
    }
}

/// The official Python package writes some fields of extensions in its own spelling in uploads.
fn with_documented_names(mut extensions: Value) -> Value {
    let configs = extensions.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut);
    for config in configs {
        for (own, documented) in [("max_tags", "maxTags"), ("min_confidence", "minConfidence")] {
            if let Some(value) = config.remove(own) {
                config.insert(documented.to_owned(), value);
            }
        }
    }
    extensions
}

/// Bytes; or, in a part without a file name, a URL or base64.
fn source(part: Part) -> Result<Source, Problem> {
    let Part { file_name, data, size, .. } = part;
    if file_name.is_some() {
        return Ok(Source::Bytes(data, size));
    }
    let text = std::str::from_utf8(&data).map_err(|_| invalid("file"))?.trim();
    if text.is_empty() {
        return Err(Problem::bad_request("Your request is missing file parameter."));
    }
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    if ["http://", "https://", "file://"].iter().any(|scheme| lower.starts_with(scheme)) {
        return Ok(Source::Url(text.to_owned()));
    }
    let encoded = match text.strip_prefix("data:") {
        Some(uri) => {
            let (head, data) = uri.split_once(',').ok_or_else(|| invalid("file"))?;
            head.ends_with(";base64").then_some(data).ok_or_else(|| invalid("file"))?
        }
        None => text,
    };
    let bytes = decode(encoded).ok_or_else(|| invalid("file"))?;
    let size = bytes.len() as u64;
    Ok(Source::Bytes(bytes.into(), size))
}

/// Base64 of either alphabet, with or without padding and line breaks.
fn decode(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    use base64::alphabet::STANDARD;
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

    let lenient =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let plain: String = text
        .chars()
        .filter(|c| !c.is_ascii_whitespace())
        .map(|c| match c {
            '-' => '+',
            '_' => '/',
            c => c,
        })
        .collect();
    GeneralPurpose::new(&STANDARD, lenient).decode(plain).ok()
}

fn split(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

fn json<T: serde::de::DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, ()> {
    text.map(serde_json::from_str).transpose().map_err(|_| ())
}

pub(crate) fn invalid(name: &str) -> Problem {
    Problem::bad_request(format!("Your request contains invalid {name} parameter."))
}
