//! The CDN's cache: purge it.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::endpoint::{BuildError, Endpoint, Prepare, Progress, Repeat, not_empty};
use crate::error::ParseError;
use crate::parse;
use crate::types::{Extra, open_enum};
use crate::wire::Body;

/// Starts to purge a URL from ImageKit's and the CDN's caches. An account has 1,000 purges a
/// month by default.
///
/// A `*` at the end purges everything that begins so; ImageKit accepts it after two levels of
/// path, after 15 characters, or after the full path of a file.
///
/// `POST /v1/files/purge` ·
/// [documentation](https://imagekit.io/docs/api-reference/caching/purge-cache)
/// · repeat class: [`OnlyIfUnsent`](Repeat::OnlyIfUnsent)
///
/// ```
/// use imagekit_proto::api::cache::PurgeCache;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = PurgeCache::new("https://ik.imagekit.io/demo/cat.jpg*");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri().path(), "/v1/files/purge");
/// let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap())?;
/// assert_eq!(body, serde_json::json!({"url": "https://ik.imagekit.io/demo/cat.jpg*"}));
///
/// let response = http::Response::builder()
///     .status(201)
///     .body(bytes::Bytes::from(r#"{"requestId": "598821f949c0a938d57563bd"}"#))?;
/// assert_eq!(endpoint.parse(&response)?.request_id, "598821f949c0a938d57563bd");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "purge-cache")]
#[doc(alias = "POST /v1/files/purge")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct PurgeCache {
    /// The full URL.
    pub url: String,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl PurgeCache {
    /// Purges `url`.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), extra: Extra::new() }
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for PurgeCache {
    type Output = StartedPurge;

    fn operation(&self) -> &'static str {
        "purge-cache"
    }

    fn repeat(&self) -> Repeat {
        Repeat::OnlyIfUnsent
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        not_empty("url", &self.url)?;
        with.api(Method::POST).path("/v1/files/purge").json(self, &[], &self.extra)
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<StartedPurge, ParseError> {
        parse::json(self.operation(), response)
    }
}

/// A purge that has started. [`PurgeStatus`] tells how far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StartedPurge {
    /// The purge's id.
    pub request_id: String,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Gets how far a purge is.
///
/// [`flow::Wait`](crate::flow::Wait) asks until it is done. A purge that does not exist is a
/// 400, not a 404.
///
/// `GET /v1/files/purge/{requestId}` ·
/// [documentation](https://imagekit.io/docs/api-reference/caching/purge-status)
/// · repeat class: [`Safe`](Repeat::Safe)
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
#[doc(alias = "purge-status")]
#[doc(alias = "GET /v1/files/purge/{requestId}")]
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

    fn operation(&self) -> &'static str {
        "purge-status"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::GET)
            .path("/v1/files/purge")
            .segment("requestId", &self.request_id)?
            .empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<PurgeProgress, ParseError> {
        parse::json(self.operation(), response)
    }
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

impl Progress for PurgeProgress {
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
