//! Files: details, versions, metadata, tags; copying, moving, renaming and deleting files.

mod add_tags;
mod ai_tasks;
mod bulk_outcome;
mod copy;
mod delete;
mod delete_multiple;
mod delete_version;
mod exif;
mod extension_limits;
mod extensions;
mod file;
mod get_details;
mod get_metadata;
mod get_metadata_from_url;
mod get_version;
mod list_versions;
mod metadata;
mod move_file;
mod remove_ai_tags;
mod remove_tags;
mod rename;
mod restore_version;
mod same_file;
mod tags;
mod tags_bulk;
mod update_details;

pub use add_tags::{Add, AddTagsBulk};
pub use ai_tasks::{
    AiAction, AiTask, AiTasks, SelectMetadata, SelectTags, SetMetadata, UnsetMetadata, YesNo,
};
pub use bulk_outcome::{BulkOutcome, BulkPartial, DeletedFiles, UpdatedFiles};
pub use copy::CopyFile;
pub use delete::DeleteFile;
pub use delete_multiple::DeleteMultipleFiles;
pub use delete_version::DeleteFileVersion;
pub use exif::{
    Exif, ExifDetails, ExifGps, ExifImage, ExifInteroperability, ExifThumbnail, LocalDateTime,
    Orientation,
};
pub(crate) use extension_limits::check_extensions;
pub use extensions::{AutoTagging, Extension, RemoveBg, RemoveBgOptions, SavedExtensionReference};
pub use file::{
    AiTag, CustomMetadata, CustomMetadataFieldType, EmbeddedMetadata, ExtensionState,
    ExtensionStatus, FileDetails, FileKind, FileType, SelectedField, SelectedFieldsSchema,
    VersionInfo,
};
pub use get_details::GetFileDetails;
pub use get_metadata::GetUploadedFileMetadata;
pub use get_metadata_from_url::GetMetadataFromUrl;
pub use get_version::GetFileVersionDetails;
pub use list_versions::ListFileVersions;
pub use metadata::Metadata;
pub use move_file::MoveFile;
pub use remove_ai_tags::{RemoveAi, RemoveAiTagsBulk};
pub use remove_tags::{Remove, RemoveTagsBulk};
pub use rename::{PurgeFailure, RenameFile, RenameOutcome, RenamedFile};
pub use restore_version::RestoreFileVersion;
pub(crate) use tags::check_tags;
pub use tags_bulk::{TagsBulk, TagsChange};
pub use update_details::{Publish, RemoveAiTags, UpdateFileDetails};
