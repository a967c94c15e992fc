//! Origins: where ImageKit finds files that are not in the media library.
//!
//! An origin is a name, two settings for its headers, and a source of one of eight types. Its
//! credentials are [`Secret`](crate::Secret)s: they are sent and never printed, and no response
//! contains them.

mod bucket;
mod create;
mod delete;
mod details;
mod get;
mod limits;
mod list;
mod origin;
mod settings;
mod source;
mod update;
mod web;

pub use bucket::{AzureBlobSource, GcsSource, S3CompatibleSource, S3Source};
pub use create::CreateOrigin;
pub use delete::DeleteOrigin;
pub use details::{
    AkeneoPimDetails, AzureBlobDetails, GcsDetails, S3CompatibleDetails, S3Details,
    WebFolderDetails, WebProxyDetails,
};
pub use get::GetOrigin;
pub use list::ListOrigins;
pub use origin::{Origin, OriginDetails};
pub use settings::OriginSettings;
pub use source::OriginSource;
pub use update::UpdateOrigin;
pub use web::{AkeneoPimSource, WebFolderSource, WebProxySource};

/// The `type`s that this crate knows.
const TYPES: [&str; 8] = [
    "S3",
    "S3_COMPATIBLE",
    "CLOUDINARY_BACKUP",
    "WEB_FOLDER",
    "WEB_PROXY",
    "GCS",
    "AZURE_BLOB",
    "AKENEO_PIM",
];
