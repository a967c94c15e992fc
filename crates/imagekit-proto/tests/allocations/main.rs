//! How often the core allocates, from values that stand ready. The limits are the project's
//! budget; a count is exact, so one that improves is written down here.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod delivery;
mod hostile;
mod requests;
