//! The account: what it uses, where its files come from, and under which URLs they are delivered.

pub mod origins;
mod period;
pub mod url_endpoints;
mod usage;
pub mod usage_analytics;

pub use usage::{AccountUsage, GetAccountUsage};
