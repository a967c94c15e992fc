//! The cache of the CDN: purges and their status.

mod purge;
mod status;

pub use purge::{PurgeCache, StartedPurge};
pub use status::{PurgeProgress, PurgeState, PurgeStatus};
