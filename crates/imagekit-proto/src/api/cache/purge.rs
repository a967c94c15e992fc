//! Purge the cache.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::decode;
use crate::endpoint::{
    Documented, Endpoint, Idempotency, Operation, RequestContext, Sample, not_empty,
};
use crate::error::{BuildError, DecodeError};
use crate::secret::AssetUrl;
use crate::types::Extra;
use crate::wire::Body;

/// Starts to purge a URL from the caches of ImageKit and its CDN. An account has 1,000 purges a
/// month by default.
///
/// `POST /v1/files/purge` · [documentation](https://imagekit.io/docs/api-reference/caching/purge-cache)
/// · [`NonIdempotent`](Idempotency::NonIdempotent)
///
/// A `*` at the end purges all URLs with that prefix. ImageKit accepts it after two levels of path,
/// after 15 characters, or after the full path of a file.
///
/// ```
/// use imagekit_proto::api::cache::PurgeCache;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let purge = client.send(PurgeCache::new("https://ik.imagekit.io/demo/cat.jpg*"))?;
/// assert_eq!(purge.request_id, "598821f949c0a938d57563bd");
/// assert_eq!(client.request_line(), "POST https://api.imagekit.io/v1/files/purge");
/// assert_eq!(client.json(), serde_json::json!({"url": "https://ik.imagekit.io/demo/cat.jpg*"}));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "purge_cache")]
#[doc(alias = "purgeCache")]
#[doc(alias = "invalidate")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct PurgeCache {
    /// The full URL; a `*` at its end is a wildcard.
    pub url: AssetUrl,
    /// Keys that this crate does not know yet.
    #[serde(rename = "$extra", default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

impl PurgeCache {
    /// Creates a request for `url`.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into().into(), extra: Extra::new() }
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

impl Endpoint for PurgeCache {
    type Output = StartedPurge;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        not_empty("url", &self.url)?;
        cx.request(Self::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<StartedPurge, DecodeError> {
        decode::json(response)
    }
}

impl Documented for PurgeCache {
    const OPERATION: &'static Operation = &Operation::new(
        "purge-cache",
        Method::POST,
        "/v1/files/purge",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/caching/purge-cache",
    );

    const SAMPLE: Sample = Sample {
        request: r#"{"url": "https://ik.imagekit.io/demo/cat.jpg*"}"#,
        status: 201,
        response: r#"{"requestId": "598821f949c0a938d57563bd"}"#,
    };
}

/// A purge that has started. [`PurgeStatus`](super::PurgeStatus) returns its status.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn an_empty_url_is_refused() {
        let config = Config::new("private_key").unwrap();
        let cx = RequestContext::new(&config, 1).skip_limit_checks(true);
        assert_eq!(PurgeCache::new("").build(&cx).err(), Some(BuildError::Empty { field: "url" }));
    }
}
