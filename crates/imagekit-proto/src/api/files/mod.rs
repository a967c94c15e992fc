//! Files: details, versions, metadata.

mod ai_tasks;
mod details;
mod exif;
mod exif_tag;
mod extensions;
mod file;
mod manage;
mod metadata;
mod tags;
mod versions;

pub use ai_tasks::{
    AiAction, AiTask, AiTasks, SelectMetadata, SelectTags, SetMetadata, UnsetMetadata, YesNo,
};
pub use details::{GetFileDetails, Publish, RemoveAiTags, UpdateFileDetails};
pub use exif::{Exif, ExifDetails, ExifGps, ExifImage, ExifInteroperability, ExifThumbnail};
pub use extensions::{AutoTagging, Extension, RemoveBg, RemoveBgOptions, SavedExtensionReference};
pub use file::{
    AiTag, CustomMetadata, CustomMetadataFieldType, EmbeddedMetadata, ExtensionState,
    ExtensionStatus, FileDetails, FileKind, FileType, SelectedField, SelectedFieldsSchema,
    VersionInfo,
};
pub use manage::DeleteFile;
pub use metadata::{GetMetadataFromUrl, GetUploadedFileMetadata, Metadata};
pub(crate) use tags::check_tags;
pub use versions::{GetFileVersionDetails, ListFileVersions};
