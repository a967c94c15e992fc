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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn status(code: u16, body: &Value) -> Result<JobStatus, ParseError> {
        let response = Response::builder().status(code).body(body.to_string().into()).unwrap();
        BulkJobStatus::new("j").parse(&response)
    }

    fn job(status: &str) -> Value {
        json!({"jobId": "j", "type": "RENAME_FOLDER", "status": status, "message": "m", "new": [1]})
    }

    #[test]
    fn four_states_and_none_is_taken_for_another() {
        for (code, text, last, complete) in [
            (200, "Pending", false, false),
            (200, "Completed", true, true),
            (207, "Partial success", true, false),
            (200, "Partial success", true, false),
            (207, "Completed", true, false),
            (200, "Failed", false, false),
        ] {
            let status = status(code, &job(text)).unwrap();
            assert_eq!(
                (status.is_final(), status.is_complete()),
                (last, complete),
                "{code} {text}"
            );
            assert_eq!(status.job_id(), "j");
            assert_eq!(serde_json::to_value(status).unwrap(), job(text));
        }
    }

    #[test]
    fn an_unknown_state_is_kept() {
        let JobStatus::Other(job) = status(200, &job("Failed")).unwrap() else {
            panic!("it is not known")
        };
        assert_eq!(job.status.as_str(), "Failed");
    }

    #[test]
    fn a_job_without_a_state_is_another_shape() {
        assert!(status(200, &json!({"jobId": "j"})).is_err());
        assert!(status(207, &json!({"jobId": "j"})).is_ok());
    }
}
