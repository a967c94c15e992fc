//! The report on how an account's files were requested.

use serde::{Deserialize, Serialize};

use crate::types::{Extra, Timestamp, model, nullable};

model! {
    /// How an account's files were requested in a period.
    pub struct UsageAnalytics {
        /// The first day, as `YYYY-MM-DD`.
        start_date: Option<String> = Optional "startDate",
        /// The last day, as `YYYY-MM-DD`.
        end_date: Option<String> = Optional "endDate",
        /// When the report was made.
        generated_at: Option<Timestamp> = Optional "generatedAt",
        /// How many requests.
        request_count: Option<u64> = Lenient "requestCount",
        /// Bytes delivered.
        bandwidth_bytes: Option<u64> = Lenient "bandwidthBytes",
        /// How requests fared in the cache.
        cache: Option<CacheCounts> = Optional "cache",
        /// By browser.
        browser: RankedTraffic = List "browser",
        /// By country.
        country: RankedCountryTraffic = List "country",
        /// By device.
        device: RankedTraffic = List "device",
        /// By format, such as `image/webp`.
        format: RankedTraffic = List "format",
        /// The images most asked for.
        top_images: RankedTraffic = List "topImages",
        /// The transformations of images most asked for.
        top_image_transforms: RankedTraffic = List "topImageTransforms",
        /// The videos most asked for.
        top_videos: RankedTraffic = List "topVideos",
        /// The transformations of videos most asked for.
        top_video_transforms: RankedTraffic = List "topVideoTransforms",
        /// Other files most asked for.
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
        /// What was asked for most and not found.
        top_404_assets: Vec<NamedCount> = List "top404Assets",
        /// Extensions that ran.
        extensions: Vec<ExtensionCount> = List "extensions",
        /// Video that was processed.
        video_processing: Vec<VideoProcessing> = List "videoProcessing",
    }
}

model! {
    /// How requests fared in the cache.
    #[derive(Default)]
    pub struct CacheCounts {
        /// Requests answered from the cache.
        hit_count: Option<u64> = Lenient "hitCount",
        /// Requests that were not in it.
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
        /// How many requests.
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
        /// How many requests.
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
        /// How many requests.
        request_count: Option<u64> = Lenient "requestCount",
    }
}

model! {
    /// How often an extension ran.
    pub struct ExtensionCount {
        /// The extension.
        name: String = Required "name",
        /// How many operations.
        operation_count: Option<u64> = Lenient "operationCount",
    }
}

model! {
    /// How much video was processed.
    pub struct VideoProcessing {
        /// The codec, such as `h264`.
        codec: Option<String> = Optional "codec",
        /// The resolution, such as `4K`.
        resolution: Option<String> = Optional "resolution",
        /// Seconds of video.
        duration_seconds: Option<f64> = Lenient "durationSeconds",
    }
}
