//! The report on how an account's files were requested.

use serde::{Deserialize, Serialize};

use crate::types::{Extra, Number, Timestamp, nullable};

/// How an account's files were requested in a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UsageAnalytics {
    /// The first day, as `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
    /// The last day, as `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<String>,
    /// When the report was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generated_at: Option<Timestamp>,
    /// How many requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_count: Option<Number>,
    /// Bytes delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bandwidth_bytes: Option<Number>,
    /// How requests fared in the cache.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache: Option<CacheCounts>,
    /// By browser.
    #[serde(default, deserialize_with = "nullable")]
    pub browser: RankedTraffic,
    /// By country.
    #[serde(default, deserialize_with = "nullable")]
    pub country: RankedCountryTraffic,
    /// By device.
    #[serde(default, deserialize_with = "nullable")]
    pub device: RankedTraffic,
    /// By format, such as `image/webp`.
    #[serde(default, deserialize_with = "nullable")]
    pub format: RankedTraffic,
    /// The images most asked for.
    #[serde(default, deserialize_with = "nullable")]
    pub top_images: RankedTraffic,
    /// The transformations of images most asked for.
    #[serde(default, deserialize_with = "nullable")]
    pub top_image_transforms: RankedTraffic,
    /// The videos most asked for.
    #[serde(default, deserialize_with = "nullable")]
    pub top_videos: RankedTraffic,
    /// The transformations of videos most asked for.
    #[serde(default, deserialize_with = "nullable")]
    pub top_video_transforms: RankedTraffic,
    /// Other files most asked for.
    #[serde(default, deserialize_with = "nullable")]
    pub top_other_assets: RankedTraffic,
    /// The pages that most requests come from.
    #[serde(default, deserialize_with = "nullable")]
    pub top_referrers: RankedTraffic,
    /// The user agents that most requests come from.
    #[serde(default, deserialize_with = "nullable")]
    pub top_user_agents: RankedTraffic,
    /// By URL endpoint.
    #[serde(default, deserialize_with = "nullable")]
    pub url_endpoints: RankedTraffic,
    /// By HTTP status, which is the name.
    #[serde(default, deserialize_with = "nullable")]
    pub status_codes: Vec<NamedCount>,
    /// By reason of an error.
    #[serde(default, deserialize_with = "nullable")]
    pub error_reasons: Vec<NamedCount>,
    /// What was asked for most and not found.
    #[serde(default, deserialize_with = "nullable")]
    pub top_404_assets: Vec<NamedCount>,
    /// Extensions that ran.
    #[serde(default, deserialize_with = "nullable")]
    pub extensions: Vec<ExtensionCount>,
    /// Video that was processed.
    #[serde(default, deserialize_with = "nullable")]
    pub video_processing: Vec<VideoProcessing>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How requests fared in the cache.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CacheCounts {
    /// Requests answered from the cache.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hit_count: Option<Number>,
    /// Requests that were not in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub miss_count: Option<Number>,
    /// Requests that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_count: Option<Number>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
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

/// Traffic under a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NamedTraffic {
    /// The name: a browser, a URL, a format.
    pub name: String,
    /// How many requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_count: Option<Number>,
    /// Bytes delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bandwidth_bytes: Option<Number>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Traffic of a country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CountryTraffic {
    /// The country's name.
    pub name: String,
    /// The country's ISO code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How many requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_count: Option<Number>,
    /// Bytes delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bandwidth_bytes: Option<Number>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Requests under a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NamedCount {
    /// The name: a status, a reason, a URL.
    pub name: String,
    /// How many requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_count: Option<Number>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How often an extension ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ExtensionCount {
    /// The extension.
    pub name: String,
    /// How many operations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation_count: Option<Number>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How much video was processed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct VideoProcessing {
    /// The codec, such as `h264`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
    /// The resolution, such as `4K`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
    /// Seconds of video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_seconds: Option<Number>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}
