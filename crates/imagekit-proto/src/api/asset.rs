//! One item of a list: a file, a version of a file, or a folder.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::files::{
    AiTag, CustomMetadata, EmbeddedMetadata, ExtensionStatus, FileDetails, FileKind, FileType,
    SelectedFieldsSchema, VersionInfo,
};
use super::folders::{FolderDetails, FolderKind};
use crate::types::{Extra, Timestamp, model, open_enum};

open_enum! {
    /// Kind of the items of a list.
    pub enum AssetKind {
        /// Files in their current version.
        File = "file",
        /// Earlier versions of files.
        FileVersion = "file-version",
        /// Folders.
        Folder = "folder",
        /// Files and folders.
        All = "all",
    }
}

/// A file, a version of a file, or a folder: one item of a list.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Asset {
    /// A file in its current version.
    File(Box<FileDetails>),
    /// An earlier version of a file.
    FileVersion(Box<FileDetails>),
    /// A folder.
    Folder(Box<FolderDetails>),
    /// An item that this crate does not know yet: the object as sent.
    Other(Box<Extra>),
}

impl Asset {
    /// Returns the file or file version, if it is one.
    pub fn as_file(&self) -> Option<&FileDetails> {
        match self {
            Self::File(file) | Self::FileVersion(file) => Some(file),
            Self::Folder(_) | Self::Other(_) => None,
        }
    }

    /// Returns the folder, if it is one.
    pub fn as_folder(&self) -> Option<&FolderDetails> {
        match self {
            Self::Folder(folder) => Some(folder),
            Self::File(_) | Self::FileVersion(_) | Self::Other(_) => None,
        }
    }
}

impl Serialize for Asset {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::File(file) | Self::FileVersion(file) => file.serialize(serializer),
            Self::Folder(folder) => folder.serialize(serializer),
            Self::Other(object) => object.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Asset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Row::deserialize(deserializer)?.into_asset()
    }
}

model! {
    /// Every key that a file or a folder may have. The key that tells the two apart may come last,
    /// so one pass reads them all, and keys of the other kind move to `extra`.
    struct Row {
        kind: Option<AssetKind> = Optional "type",
        file_id: Option<String> = Optional "fileId",
        file_path: Option<String> = Optional "filePath",
        url: Option<String> = Optional "url",
        folder_id: Option<String> = Optional "folderId",
        folder_path: Option<String> = Optional "folderPath",
        name: Option<String> = Optional "name",
        custom_metadata: Option<CustomMetadata> = Optional "customMetadata",
        created_at: Option<Timestamp> = Optional "createdAt",
        updated_at: Option<Timestamp> = Optional "updatedAt",
        tags: Option<Vec<String>> = Optional "tags",
        ai_tags: Option<Vec<AiTag>> = Optional "AITags",
        version_info: Option<VersionInfo> = Optional "versionInfo",
        is_private_file: Option<bool> = Optional "isPrivateFile",
        is_published: Option<bool> = Optional "isPublished",
        custom_coordinates: Option<String> = Optional "customCoordinates",
        thumbnail: Option<String> = Optional "thumbnail",
        file_type: Option<FileType> = Optional "fileType",
        mime: Option<String> = Optional "mime",
        width: Option<u64> = Lenient "width",
        height: Option<u64> = Lenient "height",
        size: Option<u64> = Lenient "size",
        bit_rate: Option<u64> = Lenient "bitRate",
        duration: Option<f64> = Lenient "duration",
        audio_codec: Option<String> = Optional "audioCodec",
        video_codec: Option<String> = Optional "videoCodec",
        has_alpha: Option<bool> = Optional "hasAlpha",
        selected_fields_schema: Option<SelectedFieldsSchema> = Optional "selectedFieldsSchema",
        embedded_metadata: Option<EmbeddedMetadata> = Optional "embeddedMetadata",
        description: Option<String> = Optional "description",
        extension_status: Option<ExtensionStatus> = Optional "extensionStatus",
    }
}

impl Row {
    fn into_asset<E: Error>(self) -> Result<Asset, E> {
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
    fn into_object<E: Error>(mut self) -> Result<Extra, E> {
        // What has no type of its own may be large: it is moved, not copied.
        let extra = std::mem::take(&mut self.extra);
        let metadata = [
            ("customMetadata", self.custom_metadata.take()),
            ("embeddedMetadata", self.embedded_metadata.take()),
        ];
        let Value::Object(mut object) = serde_json::to_value(self).map_err(E::custom)? else {
            return Err(E::custom("a row is an object"));
        };
        for (key, metadata) in metadata {
            object.extend(metadata.map(|metadata| (key.to_owned(), metadata.into())));
        }
        object.extend(extra);
        Ok(object)
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
