//! The jobs that copy, move and rename folders.

use serde::{Deserialize, Serialize};

use crate::flow::Pollable;
use crate::types::{Extra, open_enum};

/// A job that has started. [`BulkJobStatus`] tells how far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StartedJob {
    /// The job's id.
    pub job_id: String,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum JobStatus {
    /// It is not done yet.
    Pending(Job),
    /// It is done.
    Completed(Job),
    /// 207: the folder is renamed, but the old URLs were not purged from the caches.
    PartialSuccess(PartialJob),
    /// A state that this crate does not know yet: see [`Job::status`].
    Other(Job),
}

impl JobStatus {
    /// The job's id.
    pub fn job_id(&self) -> &str {
        match self {
            Self::Pending(job) | Self::Completed(job) | Self::Other(job) => &job.job_id,
            Self::PartialSuccess(job) => &job.job_id,
        }
    }

    /// Whether all of it is done.
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Completed(_))
    }
}

impl Pollable for JobStatus {
    fn is_final(&self) -> bool {
        matches!(self, Self::Completed(_) | Self::PartialSuccess(_))
    }
}

/// A job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Job {
    /// The job's id.
    pub job_id: String,
    /// What it does.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<JobKind>,
    /// How far it is.
    pub status: JobState,
    /// The purge, if renaming a folder was to purge the caches:
    /// [`PurgeStatus`](crate::api::cache::PurgeStatus) follows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purge_request_id: Option<String>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A job that did a part of what was asked for: the folder is renamed, but the old URLs were not
/// purged from the caches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PartialJob {
    /// The job's id.
    pub job_id: String,
    /// What it did: `RENAME_FOLDER`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<JobKind>,
    /// `Partial success`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<JobState>,
    /// What went wrong, in ImageKit's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Where to get help, in ImageKit's words.
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
    /// How far a job is.
    pub enum JobState {
        /// It is not done yet.
        Pending = "Pending",
        /// It is done.
        Completed = "Completed",
        /// A part of it is done, and the rest will not be.
        PartialSuccess = "Partial success",
    }
}
