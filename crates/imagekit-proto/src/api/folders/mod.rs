//! Folders: create and delete them, and the jobs that copy, move and rename them.

mod copy;
mod create;
mod folder;
mod jobs;
mod rename;

pub use copy::{CopyFolder, MoveFolder};
pub use create::{CreateFolder, DeleteFolder};
pub use folder::{FolderDetails, FolderKind};
pub use jobs::{BulkJobStatus, Job, JobKind, JobState, JobStatus, PartialJob, StartedJob};
pub use rename::RenameFolder;
