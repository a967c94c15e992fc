//! ImageKit's API in memory, for tests, demos and offline work.
//!
//! What is here so far is the [`media`] room: the metadata of an uploaded file, computed from
//! its bytes.

pub mod media;
