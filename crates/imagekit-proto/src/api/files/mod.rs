//! Files: details, versions, metadata.

mod details;

pub use details::GetFileDetails;
