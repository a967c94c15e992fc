//! Data folders: what is in them after a restart, a crash, a failure.

mod damage;
mod failures;
mod folder;
mod property;
mod restart;

pub(crate) use folder::Folder;
