//! Number of allocations in the core, from values that exist already. The limits are the project's
//! budget; a count is exact, so one that improves is written down here.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod delivery;
mod hostile;
mod requests;
