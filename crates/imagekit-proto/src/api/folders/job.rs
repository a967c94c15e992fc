//! Jobs that copy, move and rename folders.

use serde::{Deserialize, Serialize};

use crate::flow::Pollable;
use crate::types::{Extra, open_enum};

/// A job that has started. [`BulkJobStatus`](super::BulkJobStatus) returns its status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StartedJob {
    /// Id of the job.
    pub job_id: String,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Status of a job.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum JobStatus {
    /// Pending.
    Pending(Job),
    /// Completed.
    Completed(Job),
    /// 207: the folder is renamed, but the old URLs were not purged from the caches.
    PartialSuccess(PartialJob),
    /// A status that this crate does not know yet: see [`Job::status`].
    Other(Job),
}

impl JobStatus {
    /// Returns the job's id.
    pub fn job_id(&self) -> &str {
        match self {
            Self::Pending(job) | Self::Completed(job) | Self::Other(job) => &job.job_id,
            Self::PartialSuccess(job) => &job.job_id,
        }
    }

    /// Returns whether the job has completed, all of it.
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Completed(_))
    }
}

impl Pollable for JobStatus {
    fn is_final(&self) -> bool {
        matches!(self, Self::Completed(_) | Self::PartialSuccess(_))
    }

    fn is_partial(&self) -> bool {
        matches!(self, Self::PartialSuccess(_))
    }
}

/// A job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Job {
    /// Id of the job.
    pub job_id: String,
    /// What the job does.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<JobKind>,
    /// Status of the job.
    pub status: JobState,
    /// Id of the purge request, if renaming the folder started one:
    /// [`PurgeStatus`](crate::api::cache::PurgeStatus) returns its status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purge_request_id: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A job that completed in part: the folder is renamed, but the old URLs were not purged from the
/// caches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PartialJob {
    /// Id of the job.
    pub job_id: String,
    /// What it did: `RENAME_FOLDER`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<JobKind>,
    /// `Partial success`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<JobState>,
    /// Description of the error, by ImageKit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Where to get help, by ImageKit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// What a job does.
    pub enum JobKind {
        /// Copies a folder.
        CopyFolder = "COPY_FOLDER",
        /// Moves a folder.
        MoveFolder = "MOVE_FOLDER",
        /// Renames a folder.
        RenameFolder = "RENAME_FOLDER",
    }
}

open_enum! {
    /// Status of a job.
    pub enum JobState {
        /// Pending.
        Pending = "Pending",
        /// Completed.
        Completed = "Completed",
        /// Completed in part; the rest failed.
        PartialSuccess = "Partial success",
    }
}
