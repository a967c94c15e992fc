//! Get the status of a folder job.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use serde::{Deserialize, Serialize};

use super::job::{Job, JobState, JobStatus, StartedJob};
use super::{CopyFolder, MoveFolder, RenameFolder};
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::flow::StartsJob;
use crate::wire::Body;

/// Returns the status of a job that copies, moves or renames a folder.
///
/// `GET /v1/bulkJobs/{jobId}` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/bulk-job-status)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// [`flow::Wait`](crate::flow::Wait), and the `wait` of a client, repeat the request until the job
/// completes.
///
/// ```
/// use imagekit_proto::api::folders::{BulkJobStatus, JobStatus};
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// match client.send(BulkJobStatus::new("5d5b1a9b4c8c4c0001f3e4a2"))?.into_value() {
///     JobStatus::Completed(job) => assert_eq!(job.job_id, "5d5b1a9b4c8c4c0001f3e4a2"),
///     JobStatus::Pending(_) => println!("try again later"),
///     JobStatus::PartialSuccess(job) => println!("renamed, not purged: {:?}", job.message),
///     other => println!("{other:?}"),
/// }
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/bulkJobs/5d5b1a9b4c8c4c0001f3e4a2"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "bulk_job_status")]
#[doc(alias = "getBulkJobStatus")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct BulkJobStatus {
    /// Id of the job.
    pub job_id: String,
}

impl BulkJobStatus {
    /// Creates a request for the job `job_id`.
    pub fn new(job_id: impl Into<String>) -> Self {
        Self { job_id: job_id.into() }
    }
}

impl Endpoint for BulkJobStatus {
    type Output = JobStatus;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("jobId", &self.job_id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<JobStatus, DecodeError> {
        let partial = || decode::json(response).map(JobStatus::PartialSuccess);
        if response.status() == StatusCode::MULTI_STATUS {
            return partial();
        }
        let job: Job = decode::json(response)?;
        match job.status {
            JobState::Pending => Ok(JobStatus::Pending(job)),
            JobState::Completed => Ok(JobStatus::Completed(job)),
            JobState::PartialSuccess => partial(),
            JobState::_Unrecognised(_) => Ok(JobStatus::Other(job)),
        }
    }
}

impl StartsJob for CopyFolder {
    type Status = BulkJobStatus;

    fn status_request(started: &StartedJob) -> BulkJobStatus {
        BulkJobStatus::new(&started.job_id)
    }
}

impl StartsJob for MoveFolder {
    type Status = BulkJobStatus;

    fn status_request(started: &StartedJob) -> BulkJobStatus {
        BulkJobStatus::new(&started.job_id)
    }
}

impl StartsJob for RenameFolder {
    type Status = BulkJobStatus;

    fn status_request(started: &StartedJob) -> BulkJobStatus {
        BulkJobStatus::new(&started.job_id)
    }
}

impl Documented for BulkJobStatus {
    const OPERATION: &'static Operation = &Operation::new(
        "bulk-job-status",
        Method::GET,
        "/v1/bulkJobs/{jobId}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/bulk-job-status",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2"}"#,
        r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2", "type": "COPY_FOLDER", "status": "Completed"}"#,
    );
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::endpoint::EndpointExt as _;
    use crate::error::ParseError;
    use crate::flow::Pollable as _;

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
