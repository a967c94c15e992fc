//! How an account's files were requested in a period.

mod get;
mod report;

pub use get::GetUsageAnalytics;
pub use report::{
    CacheCounts, CountryTraffic, ExtensionCount, NamedCount, NamedTraffic, RankedCountryTraffic,
    RankedTraffic, UsageAnalytics, VideoProcessing,
};
