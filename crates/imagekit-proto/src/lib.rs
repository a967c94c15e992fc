//! ImageKit.io's API without I/O.

mod secret;

pub use secret::Secret;
