//! Folders: creating, deleting, copying, moving and renaming them, and the jobs that do so.

mod copy;
mod create;
mod delete;
mod folder;
mod job;
mod job_status;
mod move_folder;
mod rename;

pub use copy::CopyFolder;
pub use create::CreateFolder;
pub use delete::DeleteFolder;
pub use folder::{FolderDetails, FolderKind};
pub use job::{Job, JobKind, JobState, JobStatus, PartialJob, StartedJob};
pub use job_status::BulkJobStatus;
pub use move_folder::MoveFolder;
pub use rename::RenameFolder;
