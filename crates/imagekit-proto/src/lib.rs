//! ImageKit.io's API without I/O.

pub mod delivery;
mod secret;

pub use secret::Secret;
