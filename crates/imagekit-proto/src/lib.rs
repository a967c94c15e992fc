//! ImageKit.io's API without I/O.

mod secret;
pub mod types;

pub use secret::Secret;
