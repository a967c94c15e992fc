//! Get the status of a purge.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::purge::{PurgeCache, StartedPurge};
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::flow::{Pollable, StartsJob};
use crate::types::{Extra, open_enum};
use crate::wire::Body;

/// Returns the status of a purge request.
///
/// `GET /v1/files/purge/{requestId}` · [documentation](https://imagekit.io/docs/api-reference/caching/purge-status)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// [`flow::Wait`](crate::flow::Wait), and the `wait` of a client, repeat the request until the
/// purge completes. An unknown id is a 400, not a 404.
///
/// ```
/// use imagekit_proto::api::cache::PurgeStatus;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let progress = client.send(PurgeStatus::new("598821f949c0a938d57563bd"))?;
/// assert!(progress.is_complete());
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/files/purge/598821f949c0a938d57563bd"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "purge_status")]
#[doc(alias = "getPurgeCacheStatus")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct PurgeStatus {
    /// Id of the purge request.
    pub request_id: String,
}

impl PurgeStatus {
    /// Creates a request for the purge `request_id`.
    pub fn new(request_id: impl Into<String>) -> Self {
        Self { request_id: request_id.into() }
    }
}

impl Endpoint for PurgeStatus {
    type Output = PurgeProgress;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        cx.request(Self::OPERATION).param("requestId", &self.request_id)?.empty()
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<PurgeProgress, DecodeError> {
        decode::json(response)
    }
}

impl StartsJob for PurgeCache {
    type Status = PurgeStatus;

    fn status_request(started: &StartedPurge) -> PurgeStatus {
        PurgeStatus::new(&started.request_id)
    }
}

impl Documented for PurgeStatus {
    const OPERATION: &'static Operation = &Operation::new(
        "purge-status",
        Method::GET,
        "/v1/files/purge/{requestId}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/caching/purge-status",
    );

    const SAMPLE: Sample =
        Sample::new(r#"{"requestId": "598821f949c0a938d57563bd"}"#, r#"{"status": "Completed"}"#);
}

/// Status of a purge request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PurgeProgress {
    /// Pending or completed.
    pub status: PurgeState,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

impl PurgeProgress {
    /// Returns whether the purge has completed.
    pub fn is_complete(&self) -> bool {
        self.status == PurgeState::Completed
    }
}

impl Pollable for PurgeProgress {
    fn is_final(&self) -> bool {
        self.is_complete()
    }
}

open_enum! {
    /// Status of a purge request.
    pub enum PurgeState {
        /// Pending.
        Pending = "Pending",
        /// Completed.
        Completed = "Completed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::EndpointExt as _;

    #[test]
    fn only_a_known_end_is_one() {
        for (status, done) in [("Completed", true), ("Pending", false), ("Failed", false)] {
            let body = format!(r#"{{"status":"{status}","new":1}}"#);
            let progress = PurgeStatus::new("r").parse(&Response::new(body.into())).unwrap();
            assert_eq!((progress.is_complete(), progress.is_final()), (done, done), "{status}");
            assert_eq!(progress.status.as_str(), status);
        }
    }
}
