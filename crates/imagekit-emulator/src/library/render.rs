//! Files and folders as the API writes them (the examples of the OpenAPI file).

use serde_json::{Map, Value, json};

use super::file::{AiTag, File, Version};
use super::{Folder, names};

/// The details of a version, as in lists too. `base` is the URL endpoint.
pub(crate) fn details(base: &str, file: &File, version: &Version) -> Value {
    let current = file.is_current(version);
    let path = file.path();
    let url = url(base, &path, version, current);
    let inspection = &version.content.inspection;
    let fields = &version.fields;
    let mut body = json!({
        "fileId": file.id,
        "type": if current { "file" } else { "file-version" },
        "name": file.name,
        "filePath": path,
        "tags": tags(&fields.tags),
        "AITags": ai_tags(&fields.ai_tags),
        "versionInfo": version_info(version),
        "isPrivateFile": fields.is_private,
        "isPublished": fields.is_published,
        "customCoordinates": fields.custom_coordinates,
        "url": url,
        "thumbnail": format!("{url}&tr=n-ik_ml_thumbnail"),
        "fileType": version.content.file_type(),
        "mime": inspection.mime,
        "size": version.content.size,
        "hasAlpha": inspection.has_alpha.unwrap_or(false),
        "customMetadata": fields.custom_metadata,
        "description": fields.description,
        "createdAt": version.created_at.to_string(),
        "updatedAt": version.updated_at.to_string(),
    });
    if let Some(body) = body.as_object_mut() {
        dimensions(body, version);
        if inspection.is_image {
            body.insert("embeddedMetadata".to_owned(), embedded(version));
        }
    }
    body
}

/// The answer to an upload. `response_fields` are those that the request asked for.
pub(crate) fn uploaded(
    base: &str,
    file: &File,
    version: &Version,
    response_fields: &[String],
) -> Map<String, Value> {
    let path = file.path();
    let encoded = names::url_path(&path);
    let content = &version.content;
    let fields = &version.fields;
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| body.insert(key.to_owned(), value);
    put("fileId", file.id.as_str().into());
    put("name", file.name.as_str().into());
    put("size", content.size.into());
    put("versionInfo", version_info(version));
    put("filePath", path.as_str().into());
    put("url", format!("{base}{encoded}").into());
    put("fileType", content.file_type().into());
    put("AITags", ai_tags(&fields.ai_tags));
    put("description", json!(fields.description));
    if content.inspection.is_image {
        put("thumbnailUrl", format!("{base}/tr:n-ik_ml_thumbnail{encoded}").into());
    }
    if let Some(orientation) = content.inspection.orientation {
        put("orientation", orientation.into());
    }
    for field in response_fields {
        let value = match field.as_str() {
            "tags" => tags(&fields.tags),
            "customCoordinates" => json!(fields.custom_coordinates),
            "isPrivateFile" => fields.is_private.into(),
            "isPublished" => fields.is_published.into(),
            "customMetadata" => Value::Object(fields.custom_metadata.clone()),
            "embeddedMetadata" => embedded(version),
            "metadata" => content.metadata(),
            // selectedFieldsSchema comes with the Path policy feature only.
            _ => continue,
        };
        put(field, value);
    }
    dimensions(&mut body, version);
    body
}

pub(crate) fn folder(folder: &Folder) -> Value {
    json!({
        "folderId": folder.id,
        "type": "folder",
        "name": names::last(&folder.path),
        "folderPath": folder.path,
        "createdAt": folder.created_at.to_string(),
        "updatedAt": folder.updated_at.to_string(),
    })
}

fn url(base: &str, path: &str, version: &Version, current: bool) -> String {
    let path = names::url_path(path);
    let updated = version.updated_at.millis();
    if current {
        format!("{base}{path}?updatedAt={updated}")
    } else {
        format!("{base}{path}?ik-obj-version={}&updatedAt={updated}", version.object)
    }
}

fn version_info(version: &Version) -> Value {
    json!({ "id": version.id, "name": format!("Version {}", version.number) })
}

fn dimensions(body: &mut Map<String, Value>, version: &Version) {
    let metadata = &version.content.inspection.metadata;
    for (key, side) in [("height", metadata.height), ("width", metadata.width)] {
        if let Some(side) = side {
            body.insert(key.to_owned(), side.into());
        }
    }
}

/// A file that says no date of its own has the one of its upload (seen in answers).
fn embedded(version: &Version) -> Value {
    let mut embedded = version.content.inspection.embedded();
    for key in ["DateCreated", "DateTimeCreated"] {
        embedded.entry(key).or_insert_with(|| version.created_at.to_string().into());
    }
    Value::Object(embedded)
}

/// ImageKit says `null` for none.
fn tags(tags: &[String]) -> Value {
    if tags.is_empty() { Value::Null } else { tags.into() }
}

fn ai_tags(tags: &[AiTag]) -> Value {
    if tags.is_empty() {
        return Value::Null;
    }
    let tag = |tag: &AiTag| json!({ "name": tag.name, "confidence": tag.confidence, "source": tag.source });
    tags.iter().map(tag).collect()
}
