//! ImageKit's operations, one file per resource, requests and answers side by side.

pub mod files;
