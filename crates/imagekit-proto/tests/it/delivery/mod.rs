//! Delivery URLs.

mod properties;
mod responsive;
#[cfg(feature = "sign")]
mod signing;
mod transformations;
mod urls;
