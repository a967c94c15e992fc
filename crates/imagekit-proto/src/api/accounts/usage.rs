//! Get account usage.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::period::check_period;
use crate::decode;
use crate::endpoint::{Documented, Endpoint, Idempotency, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError};
use crate::types::model;
use crate::wire::Body;

/// Returns the usage of the account from a start date to an end date, which is excluded.
///
/// `GET /v1/accounts/usage` · [documentation](https://imagekit.io/docs/api-reference/account-management-api/get-usage)
/// · [`Idempotent`](Idempotency::Idempotent)
///
/// The dates are less than 90 days apart. ImageKit caches the response for 6 hours. The usage of an
/// agency account includes its child accounts.
///
/// ```
/// use imagekit_proto::api::accounts::GetAccountUsage;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::new();
/// let january = client.send(GetAccountUsage::new("2026-01-01", "2026-02-01"))?;
/// println!("{:?} bytes delivered", january.bandwidth_bytes);
/// assert_eq!(
///     client.request_line(),
///     "GET https://api.imagekit.io/v1/accounts/usage?startDate=2026-01-01&endDate=2026-02-01"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get_usage")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetAccountUsage {
    /// Start date, as `YYYY-MM-DD`.
    pub start_date: String,
    /// End date, as `YYYY-MM-DD`; excluded.
    pub end_date: String,
}

impl GetAccountUsage {
    /// Creates a request for `start_date` up to, but not including, `end_date` (`YYYY-MM-DD`).
    pub fn new(start_date: impl Into<String>, end_date: impl Into<String>) -> Self {
        Self { start_date: start_date.into(), end_date: end_date.into() }
    }
}

impl Endpoint for GetAccountUsage {
    type Output = AccountUsage;

    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check_period(cx, &self.start_date, &self.end_date, false)?;
        cx.request(Self::OPERATION).query(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<AccountUsage, DecodeError> {
        decode::json(response)
    }
}

impl Documented for GetAccountUsage {
    const OPERATION: &'static Operation = &Operation::new(
        "get-usage",
        Method::GET,
        "/v1/accounts/usage",
        Idempotency::Idempotent,
        "https://imagekit.io/docs/api-reference/account-management-api/get-usage",
    );

    const SAMPLE: Sample = Sample::new(
        r#"{"startDate": "2026-01-01", "endDate": "2026-02-01"}"#,
        r#"{"bandwidthBytes": 21991583578, "mediaLibraryStorageBytes": 1878758298,
           "videoProcessingUnitsCount": 0, "extensionUnitsCount": 0, "originalCacheStorageBytes": 0}"#,
    );
}

model! {
    /// Usage of an account in a period.
    #[derive(Default)]
    pub struct AccountUsage {
        /// Bytes delivered.
        bandwidth_bytes: Option<u64> = Lenient "bandwidthBytes",
        /// Bytes stored in the media library.
        media_library_storage_bytes: Option<u64> = Lenient "mediaLibraryStorageBytes",
        /// Video processing units.
        video_processing_units_count: Option<u64> = Lenient "videoProcessingUnitsCount",
        /// Extension units.
        extension_units_count: Option<u64> = Lenient "extensionUnitsCount",
        /// Bytes in the cache of originals.
        original_cache_storage_bytes: Option<u64> = Lenient "originalCacheStorageBytes",
    }
}
