//! The jobs that copy, move and rename folders.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use serde::{Deserialize, Serialize};

use super::job::{Job, JobState, JobStatus};
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Gets how far a job is that copies, moves or renames a folder.
///
/// [`flow::Wait`](crate::flow::Wait) asks until it is done.
///
/// `GET /v1/bulkJobs/{jobId}` · [documentation](https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/bulk-job-status)
/// · [`Idempotent`](Idempotency::Idempotent)
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
#[doc(alias = "bulk_job_status")]
#[doc(alias = "getBulkJobStatus")]
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

impl Documented for BulkJobStatus {
    const OPERATION: &'static Operation = &Operation::new(
        "bulk-job-status",
        Method::GET,
        "/v1/bulkJobs/{jobId}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/digital-asset-management-dam/managing-folders/bulk-job-status",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"jobId":"a"}"#,
        r#"{"jobId": "5d5b1a9b4c8c4c0001f3e4a2", "type": "COPY_FOLDER", "status": "Completed"}"#,
    );
}
