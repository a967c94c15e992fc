//! Get usage analytics.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::super::period::check_period;
use super::report::UsageAnalytics;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// Returns how the files of the account were requested between two dates in UTC, both included.
///
/// `GET /v1/accounts/usage-analytics` · [documentation](https://imagekit.io/docs/usage-analytics)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// The dates are less than 90 days apart. This API is in beta. ImageKit caches the response for 5
/// minutes. The analytics of an agency account exclude its child accounts.
///
/// ```
/// use imagekit_proto::api::accounts::usage_analytics::GetUsageAnalytics;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let january = client.send(GetUsageAnalytics::new("2026-01-01", "2026-01-31"))?;
/// assert_eq!(january.browser.by_requests[0].name, "Firefox");
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/accounts/usage-analytics?startDate=2026-01-01&endDate=2026-01-31"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_usage_analytics")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetUsageAnalytics {
    /// Start date, as `YYYY-MM-DD`.
    pub start_date: String,
    /// End date, as `YYYY-MM-DD`; included.
    pub end_date: String,
}

impl GetUsageAnalytics {
    /// Creates a request for `start_date` to `end_date`, both included (`YYYY-MM-DD`).
    pub fn new(start_date: impl Into<String>, end_date: impl Into<String>) -> Self {
        Self { start_date: start_date.into(), end_date: end_date.into() }
    }
}

impl Endpoint for GetUsageAnalytics {
    type Output = UsageAnalytics;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check_period(cx, &self.start_date, &self.end_date, true)?;
        cx.request(Self::OPERATION).query(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<UsageAnalytics, DecodeError> {
        decode::json(response)
    }
}

impl Documented for GetUsageAnalytics {
    const OPERATION: &'static Operation = &Operation::new(
        "get-usage-analytics",
        Method::GET,
        "/v1/accounts/usage-analytics",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/usage-analytics",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"startDate": "2026-01-01", "endDate": "2026-01-31"}"#,
        r#"{"startDate": "2026-01-01", "endDate": "2026-01-31", "requestCount": 160,
           "bandwidthBytes": 21991583578, "cache": {"hitCount": 120, "missCount": 39, "errorCount": 1},
           "browser": {
              "byRequests": [{"name": "Firefox", "requestCount": 148, "bandwidthBytes": 13924675}],
              "byBandwidth": [{"name": "Firefox", "requestCount": 148, "bandwidthBytes": 13924675}]}}"#,
    );
}
