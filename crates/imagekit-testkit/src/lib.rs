//! Test helpers of this workspace: with the feature `reference` the suites of reference data
//! ([`conformance`]) and the comparison with OpenAPI files ([`coverage`]); with the feature `fuzzing`
//! the bodies of the fuzz targets ([`fuzzing`]).
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

/// The examples of the workspace's README, so that they compile.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

/// The examples of the emulator's guide, so that they compile.
#[cfg(doctest)]
#[doc = include_str!("../../imagekit-emulator/src/testing.md")]
struct Testing;

#[cfg(feature = "reference")]
pub mod conformance;
#[cfg(feature = "reference")]
pub mod coverage;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
#[cfg(feature = "reference")]
mod json;
#[cfg(feature = "reference")]
mod unmodelled;
