//! The report on how an account's files were requested.

use serde::{Deserialize, Serialize};

use crate::types::{Extra, Timestamp, model, nullable};

model! {
    /// Requests and traffic of an account's files in a period.
    pub struct UsageAnalytics {
        /// Start date, as `YYYY-MM-DD`.
        start_date: Option<String> = Optional "startDate",
        /// End date, as `YYYY-MM-DD`; included.
        end_date: Option<String> = Optional "endDate",
        /// Time when the report was made.
        generated_at: Option<Timestamp> = Optional "generatedAt",
        /// Number of requests.
        request_count: Option<u64> = Lenient "requestCount",
        /// Bytes delivered.
        bandwidth_bytes: Option<u64> = Lenient "bandwidthBytes",
        /// Cache hits, misses and errors.
        cache: Option<CacheCounts> = Optional "cache",
        /// By browser.
        browser: RankedTraffic = List "browser",
        /// By country.
        country: RankedCountryTraffic = List "country",
        /// By device.
        device: RankedTraffic = List "device",
        /// By format, such as `image/webp`.
        format: RankedTraffic = List "format",
        /// Most requested images.
        top_images: RankedTraffic = List "topImages",
        /// Most requested transformations of images.
        top_image_transforms: RankedTraffic = List "topImageTransforms",
        /// Most requested videos.
        top_videos: RankedTraffic = List "topVideos",
        /// Most requested transformations of videos.
        top_video_transforms: RankedTraffic = List "topVideoTransforms",
        /// Most requested other files.
        top_other_assets: RankedTraffic = List "topOtherAssets",
        /// The pages that most requests come from.
        top_referrers: RankedTraffic = List "topReferrers",
        /// The user agents that most requests come from.
        top_user_agents: RankedTraffic = List "topUserAgents",
        /// By URL endpoint.
        url_endpoints: RankedTraffic = List "urlEndpoints",
        /// By HTTP status, which is the name.
        status_codes: Vec<NamedCount> = List "statusCodes",
        /// By reason of an error.
        error_reasons: Vec<NamedCount> = List "errorReasons",
        /// Most requested URLs that were not found.
        top_404_assets: Vec<NamedCount> = List "top404Assets",
        /// Extensions that ran.
        extensions: Vec<ExtensionCount> = List "extensions",
        /// Video that was processed.
        video_processing: Vec<VideoProcessing> = List "videoProcessing",
    }
}

model! {
    /// Cache hits, misses and errors.
    #[derive(Default)]
    pub struct CacheCounts {
        /// Requests served from the cache.
        hit_count: Option<u64> = Lenient "hitCount",
        /// Requests not in the cache.
        miss_count: Option<u64> = Lenient "missCount",
        /// Requests that failed.
        error_count: Option<u64> = Lenient "errorCount",
    }
}

/// The same traffic in two orders.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RankedTraffic {
    /// Most requests first.
    #[serde(default, deserialize_with = "nullable")]
    pub by_requests: Vec<NamedTraffic>,
    /// Most bytes first.
    #[serde(default, deserialize_with = "nullable")]
    pub by_bandwidth: Vec<NamedTraffic>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The same traffic by country, in two orders.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RankedCountryTraffic {
    /// Most requests first.
    #[serde(default, deserialize_with = "nullable")]
    pub by_requests: Vec<CountryTraffic>,
    /// Most bytes first.
    #[serde(default, deserialize_with = "nullable")]
    pub by_bandwidth: Vec<CountryTraffic>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

model! {
    /// Traffic under a name.
    pub struct NamedTraffic {
        /// The name: a browser, a URL, a format.
        name: String = Required "name",
        /// Number of requests.
        request_count: Option<u64> = Lenient "requestCount",
        /// Bytes delivered.
        bandwidth_bytes: Option<u64> = Lenient "bandwidthBytes",
    }
}

model! {
    /// Traffic of a country.
    pub struct CountryTraffic {
        /// The country's name.
        name: String = Required "name",
        /// The country's ISO code.
        code: Option<String> = Optional "code",
        /// Number of requests.
        request_count: Option<u64> = Lenient "requestCount",
        /// Bytes delivered.
        bandwidth_bytes: Option<u64> = Lenient "bandwidthBytes",
    }
}

model! {
    /// Requests under a name.
    pub struct NamedCount {
        /// The name: a status, a reason, a URL.
        name: String = Required "name",
        /// Number of requests.
        request_count: Option<u64> = Lenient "requestCount",
    }
}

model! {
    /// Number of operations of an extension.
    pub struct ExtensionCount {
        /// The extension.
        name: String = Required "name",
        /// Number of operations.
        operation_count: Option<u64> = Lenient "operationCount",
    }
}

model! {
    /// Amount of video processed.
    pub struct VideoProcessing {
        /// The codec, such as `h264`.
        codec: Option<String> = Optional "codec",
        /// The resolution, such as `4K`.
        resolution: Option<String> = Optional "resolution",
        /// Seconds of video.
        duration_seconds: Option<f64> = Lenient "durationSeconds",
    }
}
