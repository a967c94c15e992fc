//! ImageKit's operations, one file per resource, requests and answers side by side.

pub mod assets;
pub mod cache;
pub mod files;
pub mod folders;
mod row;
pub mod upload;
