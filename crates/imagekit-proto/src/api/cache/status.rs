//! The CDN's cache: purge it.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::flow::Pollable;
use crate::types::{Extra, open_enum};
use crate::wire::Body;

/// Gets how far a purge is.
///
/// [`flow::Wait`](crate::flow::Wait) asks until it is done. A purge that does not exist is a
/// 400, not a 404.
///
/// `GET /v1/files/purge/{requestId}` · [documentation](https://imagekit.io/docs/api-reference/caching/purge-status)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// ```
/// use imagekit_proto::api::cache::{PurgeState, PurgeStatus};
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = PurgeStatus::new("598821f949c0a938d57563bd");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/files/purge/598821f949c0a938d57563bd");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(r#"{"status": "Completed"}"#));
/// assert_eq!(endpoint.parse(&response)?.status, PurgeState::Completed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "purge_status")]
#[doc(alias = "getPurgeCacheStatus")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct PurgeStatus {
    /// The purge.
    pub request_id: String,
}

impl PurgeStatus {
    /// How far the purge `request_id` is.
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

impl Documented for PurgeStatus {
    const OPERATION: &'static Operation = &Operation::new(
        "purge-status",
        Method::GET,
        "/v1/files/purge/{requestId}",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/caching/purge-status",
    );

    const SAMPLE: Sample = Sample::new(r#"{"requestId":"a"}"#, r#"{"status": "Completed"}"#);
}

/// How far a purge is.
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
    /// Whether the purge is done.
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
    /// How far a purge is.
    pub enum PurgeState {
        /// It is not done yet.
        Pending = "Pending",
        /// It is done.
        Completed = "Completed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn only_a_known_end_is_one() {
        for (status, done) in [("Completed", true), ("Pending", false), ("Failed", false)] {
            let body = format!(r#"{{"status":"{status}","new":1}}"#);
            let progress = PurgeStatus::new("r").parse(&Response::new(body.into())).unwrap();
            assert_eq!((progress.is_complete(), progress.is_final()), (done, done), "{status}");
            assert_eq!(progress.status.as_str(), status);
        }
    }

    #[test]
    fn an_empty_url_goes_nowhere() {
        let config = Config::new("private_key").unwrap();
        let refused = PurgeCache::new("").unchecked().build(&Prepare::new(&config, 1)).err();
        assert_eq!(refused, Some(BuildError::Empty { field: "url" }));
    }
}
