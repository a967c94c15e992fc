//! The jobs that copy, move and rename folders.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use serde::{Deserialize, Serialize};

use crate::endpoint::{BuildError, Endpoint, Prepare, Progress, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::types::{Extra, open_enum};
use crate::wire::Body;

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

/// Gets how far a job is that copies, moves or renames a folder.
///
/// [`flow::Wait`](crate::flow::Wait) asks until it is done.
///
/// `GET /v1/bulkJobs/{jobId}` ·
/// [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/bulk-job-status)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::folders::{BulkJobStatus, JobStatus};
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = BulkJobStatus::new("5d5b1a9b4c8c4c0001f3e4a2");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/bulkJobs/5d5b1a9b4c8c4c0001f3e4a2");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2", "type": "COPY_FOLDER", "status": "Completed"}"#,
/// ));
/// match endpoint.parse(&response)? {
///     JobStatus::Completed(job) => assert_eq!(job.job_id, "5d5b1a9b4c8c4c0001f3e4a2"),
///     JobStatus::Pending(_) => println!("ask again later"),
///     JobStatus::PartialSuccess(job) => println!("renamed, not purged: {:?}", job.message),
///     other => println!("what is this? {other:?}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "bulk-job-status")]
#[doc(alias = "GET /v1/bulkJobs/{jobId}")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct BulkJobStatus {
    /// The job.
    pub job_id: String,
}

impl BulkJobStatus {
    /// How far the job `job_id` is.
    pub fn new(job_id: impl Into<String>) -> Self {
        Self { job_id: job_id.into() }
    }
}

impl Endpoint for BulkJobStatus {
    type Output = JobStatus;

    fn operation(&self) -> &'static str {
        "bulk-job-status"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::GET).path("/v1/bulkJobs").segment("jobId", &self.job_id)?.empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<JobStatus, ParseError> {
        let partial = || parse::json(self.operation(), response).map(JobStatus::PartialSuccess);
        if response.status() == StatusCode::MULTI_STATUS {
            return partial();
        }
        let job: Job = parse::json(self.operation(), response)?;
        match job.status {
            JobState::Pending => Ok(JobStatus::Pending(job)),
            JobState::Completed => Ok(JobStatus::Completed(job)),
            JobState::PartialSuccess => partial(),
            JobState::_Unrecognised(_) => Ok(JobStatus::Other(job)),
        }
    }
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

impl Progress for JobStatus {
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
