//! A row of a list before it is known what it is.

use serde::de::Error;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::assets::{Asset, AssetKind};
use super::files::{
    AiTag, CustomMetadata, EmbeddedMetadata, ExtensionStatus, FileDetails, FileKind, FileType,
    SelectedFieldsSchema, VersionInfo,
};
use super::folders::{FolderDetails, FolderKind};
use crate::types::{Extra, Number, Timestamp};

/// Every key that a file or a folder may have. The key that tells the two apart may come last,
/// so one pass reads them all, and what is not the row's kind's own moves to `extra`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<AssetKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    folder_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    folder_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_metadata: Option<CustomMetadata>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<String>>,
    #[serde(rename = "AITags", skip_serializing_if = "Option::is_none")]
    ai_tags: Option<Vec<AiTag>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_info: Option<VersionInfo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_private_file: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_published: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_coordinates: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_type: Option<FileType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mime: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bit_rate: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audio_codec: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    video_codec: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_alpha: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    selected_fields_schema: Option<SelectedFieldsSchema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    embedded_metadata: Option<EmbeddedMetadata>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension_status: Option<ExtensionStatus>,
    #[serde(flatten)]
    extra: Extra,
}

impl Row {
    pub(super) fn into_asset<E: Error>(self) -> Result<Asset, E> {
        match self.kind {
            Some(AssetKind::File) => self.into_file().map(Asset::File),
            Some(AssetKind::FileVersion) => self.into_file().map(Asset::FileVersion),
            Some(AssetKind::Folder) => self.into_folder().map(Asset::Folder),
            Some(_) => self.into_object().map(|object| Asset::Other(Box::new(object))),
            None if self.file_id.is_some() => self.into_file().map(Asset::File),
            None if self.folder_id.is_some() => self.into_folder().map(Asset::Folder),
            None => Err(E::missing_field("type")),
        }
    }

    fn into_file<E: Error>(self) -> Result<Box<FileDetails>, E> {
        let mut extra = self.extra;
        put(&mut extra, "folderId", self.folder_id);
        put(&mut extra, "folderPath", self.folder_path);
        Ok(Box::new(FileDetails {
            file_id: self.file_id.ok_or_else(|| E::missing_field("fileId"))?,
            kind: self.kind.map(|kind| FileKind::from(kind.as_str())),
            name: self.name.ok_or_else(|| E::missing_field("name"))?,
            file_path: self.file_path.ok_or_else(|| E::missing_field("filePath"))?,
            tags: self.tags.unwrap_or_default(),
            ai_tags: self.ai_tags.unwrap_or_default(),
            url: self.url.ok_or_else(|| E::missing_field("url"))?,
            version_info: self.version_info,
            is_private_file: self.is_private_file,
            is_published: self.is_published,
            custom_coordinates: self.custom_coordinates,
            thumbnail: self.thumbnail,
            file_type: self.file_type,
            mime: self.mime,
            width: self.width,
            height: self.height,
            size: self.size,
            bit_rate: self.bit_rate,
            duration: self.duration,
            audio_codec: self.audio_codec,
            video_codec: self.video_codec,
            has_alpha: self.has_alpha,
            selected_fields_schema: self.selected_fields_schema,
            embedded_metadata: self.embedded_metadata,
            description: self.description,
            extension_status: self.extension_status,
            custom_metadata: self.custom_metadata,
            created_at: self.created_at,
            updated_at: self.updated_at,
            extra,
        }))
    }

    fn into_folder<E: Error>(mut self) -> Result<Box<FolderDetails>, E> {
        let folder = FolderDetails {
            kind: self.kind.take().map(|kind| FolderKind::from(kind.as_str())),
            folder_id: self.folder_id.take().ok_or_else(|| E::missing_field("folderId"))?,
            name: self.name.take().ok_or_else(|| E::missing_field("name"))?,
            folder_path: self.folder_path.take().ok_or_else(|| E::missing_field("folderPath"))?,
            custom_metadata: self.custom_metadata.take(),
            created_at: self.created_at.take(),
            updated_at: self.updated_at.take(),
            extra: Extra::new(),
        };
        Ok(Box::new(FolderDetails { extra: self.into_object()?, ..folder }))
    }

    /// Every key that was there, under its own name.
    fn into_object<E: Error>(self) -> Result<Extra, E> {
        match serde_json::to_value(self).map_err(E::custom)? {
            Value::Object(object) => Ok(object),
            _ => Err(E::custom("a row is an object")),
        }
    }
}

fn put(extra: &mut Extra, key: &str, value: Option<String>) {
    if let Some(value) = value {
        extra.insert(key.to_owned(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(json: &str) -> serde_json::Result<Asset> {
        serde_json::from_str(json)
    }

    #[test]
    fn the_kind_may_come_last() {
        let row = asset(
            r#"{"folderId":"a","name":"n","folderPath":"/n","fileId":null,"size":3,"type":"folder"}"#,
        )
        .unwrap();
        let folder = row.as_folder().unwrap();
        assert_eq!(folder.folder_path, "/n");
        assert_eq!(folder.extra, Extra::from_iter([("size".to_owned(), 3.into())]));
    }

    #[test]
    fn a_row_is_the_same_file_as_details_are() {
        let json = r#"{"fileId":"598821f949c0a938d57563bd","type":"file-version","name":"n","filePath":"/n","url":"u",
            "tags":null,"AITags":[{"name":"t","confidence":90.5}],"versionInfo":{"id":"v"},
            "isPrivateFile":false,"isPublished":true,"customCoordinates":"1,2,3,4","thumbnail":"t",
            "fileType":"image","mime":"image/png","width":1,"height":2,"size":3,"bitRate":4,
            "duration":5.5,"audioCodec":"aac","videoCodec":"h264","hasAlpha":true,
            "customMetadata":{"a":1},"selectedFieldsSchema":{"a":{"type":"Text"}},
            "embeddedMetadata":{"b":2},"description":"d","createdAt":"c","updatedAt":"u",
            "extensionStatus":{"remove-bg":"pending"},"folderId":"x","new":[null]}"#;
        let file: FileDetails = serde_json::from_str(json).unwrap();
        assert_eq!(asset(json).unwrap(), Asset::FileVersion(Box::new(file)));
    }

    #[test]
    fn an_unknown_kind_is_kept_whole() {
        let json = r#"{"fileId":"598821f949c0a938d57563bd","name":"n","new":{"x":[1]},"type":"collection"}"#;
        let row = asset(json).unwrap();
        assert!(matches!(row, Asset::Other(_)));
        let value: Value = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_value(&row).unwrap(), value);
    }

    #[test]
    fn a_row_that_names_nothing_is_an_error() {
        for json in ["{}", r#"{"message":"m"}"#, r#"{"type":"file","name":"n"}"#, "[]", "null"] {
            assert!(asset(json).is_err(), "{json}");
        }
    }
}
