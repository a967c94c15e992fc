//! The account: usage, origins, URL endpoints.

pub mod origins;
mod period;
pub mod url_endpoints;
mod usage;
pub mod usage_analytics;

pub use usage::{AccountUsage, GetAccountUsage};
