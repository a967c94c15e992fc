//! ImageKit's operations, one file per resource, requests and answers side by side.

pub mod accounts;
pub mod assets;
pub mod cache;
pub mod custom_metadata_fields;
pub mod files;
pub mod folders;
pub mod named_transformations;
mod row;
pub mod saved_extensions;
pub mod upload;
