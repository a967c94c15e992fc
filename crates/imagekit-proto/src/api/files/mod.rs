//! Files: details, versions, metadata, and what is done to them, one by one or in bulk.

mod ai_tasks;
mod bulk;
mod bulk_ai_tags;
mod bulk_tags;
mod copy;
mod details;
mod exif;
mod extensions;
mod file;
mod manage;
mod metadata;
mod rename;
mod tags;
mod versions;

pub use ai_tasks::{
    AiAction, AiTask, AiTasks, SelectMetadata, SelectTags, SetMetadata, UnsetMetadata, YesNo,
};
pub use bulk::{BulkOutcome, BulkPartial, DeleteMultipleFiles, DeletedFiles, UpdatedFiles};
pub use bulk_ai_tags::RemoveAiTagsBulk;
pub use bulk_tags::{AddTagsBulk, RemoveTagsBulk};
pub use copy::{CopyFile, MoveFile};
pub use details::{GetFileDetails, Publish, RemoveAiTags, UpdateFileDetails};
pub use exif::{
    Exif, ExifDetails, ExifGps, ExifImage, ExifInteroperability, ExifThumbnail, LocalDateTime,
    Orientation,
};
pub use extensions::{AutoTagging, Extension, RemoveBg, RemoveBgOptions, SavedExtensionReference};
pub use file::{
    AiTag, CustomMetadata, CustomMetadataFieldType, EmbeddedMetadata, ExtensionState,
    ExtensionStatus, FileDetails, FileKind, FileType, SelectedField, SelectedFieldsSchema,
    VersionInfo,
};
pub use manage::DeleteFile;
pub use metadata::{GetMetadataFromUrl, GetUploadedFileMetadata, Metadata};
pub use rename::{PurgeFailure, RenameFile, RenameOutcome, RenamedFile};
pub(crate) use tags::check_tags;
pub use versions::{
    DeleteFileVersion, GetFileVersionDetails, ListFileVersions, RestoreFileVersion,
};
